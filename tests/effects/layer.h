// A layer for tests: picture and matte that an effect may change, with what was before beside it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "effects/effect.h"
#include "image/convert.h"
#include "image/scale.h"
#include "sources/presenter.h"
#include "support/planes.h"

namespace scrim {

inline std::unique_ptr<Effect> made(const std::string& text, Size size, Role role = Role::kPicture,
                                    const PictureLibrary* pictures = nullptr) {
  auto effect = make_effect(*parse_spec(text), {size, role, pictures});
  EXPECT_TRUE(effect.has_value()) << text << ": " << (effect ? "" : effect.error().what);
  return *std::move(effect);
}

inline std::string error_of(const std::string& text, Size size) {
  auto effect = make_effect(*parse_spec(text), {size});
  return effect ? "" : effect.error().what;
}

struct TestLayer {
  Image before, picture;
  Matte matte_before, matte;

  explicit TestLayer(Size size) : before(size), picture(size), matte_before(size), matte(size) {
    fill(before.view(), Yuv{128, 128, 128});
    fill(matte_before.view(), 0);
  }
  /// The presenter, with the true matte.
  static TestLayer presenter(Size size, double seconds = 3) {
    TestLayer layer(size);
    Presenter(size, {}).draw(seconds, layer.before.view(), layer.matte_before.view());
    return layer;
  }
  /// A person of one colour, a rectangle, before a grey room.
  static TestLayer block(Size size, Rect person, Yuv colour) {
    TestLayer layer(size);
    fill(crop(layer.before.view(), person), colour);
    fill(layer.matte_before.view().crop(person), 255);
    return layer;
  }

  Size size() const { return before.size(); }
  void apply(Effect& effect, double seconds = 0) {
    copy(std::as_const(before).view(), picture.view());
    copy(std::as_const(matte_before).view(), matte.view());
    effect.apply({picture.view(), matte.view()}, scene(seconds));
  }
  void apply(const std::string& text, Role role = Role::kPicture) {
    apply(*made(text, size(), role));
  }
  Scene scene(double seconds) const {
    return {before.view(), before.view(), matte_before.view(), at_seconds(seconds)};
  }
  int luma(int x, int y) { return picture.view().y.row(y)[x]; }
  int changed() { return largest_difference(before.view(), picture.view()); }
  int matte_changed() { return largest_difference(matte_before.view(), matte.view()); }
};

}  // namespace scrim
