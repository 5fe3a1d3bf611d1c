// Tested by tests/pipeline/backdrop_test.cpp.
#include "pipeline/backdrop.h"

#include <algorithm>
#include <utility>

#include "image/convert.h"

namespace scrim {

Backdrop::Backdrop(std::unique_ptr<Background> background, EffectChain effects, Size size)
    : background_(std::move(background)),
      effects_(std::move(effects)),
      steady_(std::ranges::all_of(effects_, [](const auto& effect) { return effect->steady(); })),
      drawn_(size) {
  fill(drawn_.view(), Yuv{});  // black, should the first draw fail
  if (effects_.empty()) return;
  treated_ = Image(size);
  matte_ = Matte(size);
}

void Backdrop::adopt_background(Backdrop& old) {
  std::swap(background_, old.background_);
  std::swap(drawn_, old.drawn_);
  stale_ = old.stale_ = true;
}

ConstImageView Backdrop::draw(ConstImageView camera, ConstPlane matte, Clock::time_point now) {
  // A background that can't be drawn any more stands still: the last one is still there.
  stale_ |= background_->draw(camera, now, drawn_.view()).value_or(false);
  if (effects_.empty()) return drawn_.view();
  if (steady_ && !stale_) return treated_.view();
  copy(drawn_.view(), treated_.view());
  if (background_->shows_person())
    copy(matte, matte_.view());
  else
    fill(matte_.view(), 0);
  apply(effects_, {treated_.view(), matte_.view()},
        {camera, std::as_const(treated_).view(), matte, now});
  stale_ = false;
  return treated_.view();
}

}  // namespace scrim
