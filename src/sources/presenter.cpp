#include "sources/presenter.h"

#include "image/convert.h"
#include "sources/kinds.h"
#include "sources/metronome.h"
#include "sources/presenter_person.h"
#include "sources/presenter_pose.h"
#include "sources/presenter_room.h"

namespace scrim {
namespace {

class PresenterSource final : public Source {
 public:
  PresenterSource(Size size, PresenterOptions options, Metronome metronome)
      : presenter_(size, options), metronome_(metronome) {}
  Size size() const override { return presenter_.size(); }
  double fps() const override { return metronome_.fps(); }
  Expected<Clock::time_point> read(ImageView out) override {
    auto moment = metronome_.next();
    if (moment) presenter_.draw(metronome_.seconds(), out);
    return moment;
  }
  Expected<bool> seek(Clock::time_point moment) override { return metronome_.seek(moment); }

 private:
  Presenter presenter_;
  Metronome metronome_;
};

}  // namespace

Presenter::Presenter(Size size, PresenterOptions options)
    : size_(size),
      options_(options),
      framing_(Framing::of(size)),
      looks_(looks_of(options.seed)),
      canvas_(size),
      grain_(size.width, options.noise, options.seed),
      room_(size) {
  fill(room_.view(), Yuv{});
  canvas_.aim(room_.view());
  draw_room(canvas_, framing_, looks_, options_.seed);
}

void Presenter::draw(double seconds, ImageView picture, Plane matte) {
  copy(room_.view(), picture);
  if (matte.data) fill(matte, 0);
  if (!options_.empty) {
    canvas_.aim(picture, matte);
    draw_person(canvas_, framing_, looks_, pose_at(seconds));
  }
  grain_.add(seconds, picture);
}

OpenedSource open_presenter(const Spec& spec, const SourceRequest& request) {
  const PresenterOptions options{.seed = integer(spec, kPresenterSeed),
                                 .empty = flag(spec, kPresenterEmpty),
                                 .noise = number(spec, kPresenterNoise)};
  const Metronome metronome(request.fps, request.pacing, number(spec, kSecondsOption));
  return std::make_unique<PresenterSource>(request.size.value_or(kDrawnSize), options, metronome);
}

}  // namespace scrim
