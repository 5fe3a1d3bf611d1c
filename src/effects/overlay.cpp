// A picture, or an animation, over the layer. All of it is decoded and brought to its size before
// the run. In the person chain it stands before the background, too: it adds to the matte.
// Tested by tests/effects/over_test.cpp.
#include <cmath>
#include <optional>
#include <utility>

#include "effects/kinds.h"
#include "effects/lines.h"
#include "effects/place.h"
#include "effects/tones.h"
#include "image/kernels.h"
#include "image/scale.h"

namespace scrim {
namespace {

void add_to_matte(ConstPlane alpha, Plane matte) {
  for (int y = 0; y < matte.height; ++y)
    for (int x = 0; x < matte.width; ++x) {
      const int left = (255 - matte.row(y)[x]) * alpha.row(y)[x];
      matte.row(y)[x] = static_cast<std::uint8_t>(matte.row(y)[x] + (left + 127) / 255);
    }
}

class Overlay : public Effect {
 public:
  Overlay(Clip clip, Rect where, Rect seen, Role role)
      : clip_(std::move(clip)), where_(where), seen_(seen), role_(role) {}

  void apply(Layer layer, const Scene& scene) override {
    if (seen_.width == 0 || seen_.height == 0) return;
    const ClipPicture& now = at(scene.now);
    const Rect own{seen_.x - where_.x, seen_.y - where_.y, seen_.width, seen_.height};
    const ImageView under = crop(layer.picture, seen_);
    blend(crop(now.picture.view(), own), under, now.alpha.view().crop(own), under);
    if (role_ == Role::kPerson) add_to_matte(now.alpha.view().crop(own), layer.matte.crop(seen_));
  }
  bool steady() const override { return clip_.size() == 1; }

 private:
  const ClipPicture& at(Clock::time_point now) {
    if (!start_) start_ = now;
    const double length = clip_.back().until;
    const double seconds = length > 0 ? std::fmod(Seconds(now - *start_).count(), length) : 0;
    const auto next =
        std::ranges::find_if(clip_, [&](const ClipPicture& p) { return seconds < p.until; });
    return next == clip_.end() ? clip_.back() : *next;
  }

  Clip clip_;
  Rect where_, seen_;  // all of it, and what is within the picture
  Role role_;
  std::optional<Clock::time_point> start_;
};

}  // namespace

MadeEffect make_overlay(const Spec& spec, const EffectRequest& request) {
  if (!request.pictures) return fail(Errc::kRequest, "overlay: no files can be read here");
  const double lines = number(spec, kOverlayHeight) * request.size.height;
  const int wanted = lines > 0 ? std::max(2, static_cast<int>(std::lround(lines))) : 0;
  auto clip = request.pictures->open(spec.argument, wanted);
  if (!clip) return fail_in("overlay", clip.error());
  Table levels;
  for (int i = 0; i < 256; ++i)
    levels[static_cast<std::size_t>(i)] = level(i * number(spec, kOverlayOpacity), 0, 255);
  for (ClipPicture& each : *clip) look_up(levels, each.alpha.view());
  const Rect where = placed(clip->front().picture.size(), request.size, text(spec, kOverlayPlace),
                            whole_at_720_lines(number(spec, kOverlayMargin), request.size));
  return std::make_unique<Overlay>(*std::move(clip), where, common(where, request.size),
                                   request.role);
}

}  // namespace scrim
