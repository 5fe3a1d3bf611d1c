// A background with a camera before it, for tests.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "backgrounds/background.h"
#include "image/convert.h"

namespace scrim {

struct Scenery {
  Image camera, out;
  std::unique_ptr<Background> background;

  Scenery(const Spec& spec, Size size, const Playback& playback = {}) : camera(size), out(size) {
    fill(camera.view(), Yuv{77, 99, 144});
    auto made = make_background(spec, size, playback);
    EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().what);
    if (made) background = *std::move(made);
  }
  bool draw(Clock::time_point now = kStart) {
    return background->draw(std::as_const(camera).view(), now, out.view()).value();
  }
  Yuv at(int x, int y) {
    return {out.view().y.row(y)[x], out.view().u.row(y / 2)[x / 2], out.view().v.row(y / 2)[x / 2]};
  }
};

/// The words of a refusal that is the request's fault; "" if there was none.
inline std::string refusal(const Spec& spec, Size size = {32, 18}) {
  const auto made = make_background(spec, size);
  if (made) return "";
  EXPECT_EQ(made.error().code, Errc::kRequest);
  EXPECT_EQ(made.error().what.find('\n'), std::string::npos);
  return made.error().what;
}

}  // namespace scrim
