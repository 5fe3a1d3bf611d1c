// A name plate, or a clock: words on a dark plate with round corners. The words of a name are drawn
// once; those of a clock when they change. Tested by tests/effects/over_test.cpp.
#include <chrono>
#include <ctime>
#include <optional>
#include <string>
#include <utility>

#include "effects/kinds.h"
#include "effects/lettering.h"
#include "effects/lines.h"
#include "effects/place.h"
#include "effects/underlay.h"
#include "image/canvas.h"
#include "image/kernels.h"
#include "image/scale.h"

namespace scrim {
namespace {

struct Style {
  Yuv ink;
  double plate;
  int margin;
  std::string place;
};

class Plate {
 public:
  Plate(Lettering letters, Style style, std::string_view longest, Size size)
      : letters_(std::move(letters)), style_(std::move(style)) {
    const Size words = letters_.measure(longest);
    padding_ = words.height / 3;
    const Size whole{(words.width + 3 * padding_ + 1) & ~1, (words.height + padding_ + 1) & ~1};
    where_ = placed(whole, size, style_.place, style_.margin);
    seen_ = common(where_, size);
    plate_ = Matte(whole);
    ink_ = Matte(whole);
    paint_ = Image(whole);
    scratch_ = Image(whole);
    draw_plate();
  }

  void write(std::string_view words) {
    if (words == written_) return;
    written_ = words;
    fill(ink_.view(), 0);
    const int width = letters_.measure(words).width;
    letters_.draw(words, (where_.width - width) / 2, padding_ / 2, ink_.view());
  }

  void apply(ImageView picture) {
    if (seen_.width == 0 || seen_.height == 0) return;
    const Rect own{seen_.x - where_.x, seen_.y - where_.y, seen_.width, seen_.height};
    const ImageView under = crop(picture, seen_), paint = crop(paint_.view(), own);
    fill(paint, Yuv{});
    blend(paint, under, plate_.view().crop(own), under);
    fill(paint, style_.ink);
    blend(paint, under, ink_.view().crop(own), under);
  }

 private:
  void draw_plate() {
    fill(plate_.view(), 0);
    Canvas canvas(where_size());
    canvas.aim(scratch_.view(), plate_.view());
    const double w = where_.width, h = where_.height;
    canvas.fill(canvas.shape().box({0, 0}, {w, h}, h * 0.22), {flat(rgb(0))});
    const Plane plate = plate_.view();
    for (int y = 0; y < plate.height; ++y)
      for (int x = 0; x < plate.width; ++x)
        plate.row(y)[x] = static_cast<std::uint8_t>(std::lround(plate.row(y)[x] * style_.plate));
  }
  Size where_size() const { return {where_.width, where_.height}; }

  Lettering letters_;
  Style style_;
  int padding_ = 0;
  Rect where_, seen_;  // all of it, and what is within the picture
  Matte plate_, ink_;
  Image paint_, scratch_;
  std::string written_;
};

class Text : public Effect {
 public:
  explicit Text(Plate plate) : plate_(std::move(plate)) {}
  void apply(Layer layer, const Scene&) override { plate_.apply(layer.picture); }
  bool steady() const override { return true; }

 private:
  Plate plate_;
};

class WallClock : public Effect {
 public:
  /// `of_day`: what the time of day was at the moment of the first picture, if that is to be shown.
  WallClock(Plate plate, bool of_day) : plate_(std::move(plate)), of_day_(of_day) {}

  void apply(Layer layer, const Scene& scene) override {
    if (!start_) {
      start_ = scene.now;
      offset_ = of_day_ ? second_of_day() : 0;
    }
    const auto seconds = static_cast<long>(offset_ + Seconds(scene.now - *start_).count());
    if (seconds != shown_) {
      shown_ = seconds;
      char words[32];
      const int length = std::snprintf(words, sizeof words, "%02ld:%02ld:%02ld",
                                       seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
      plate_.write({words, static_cast<std::size_t>(length)});
    }
    plate_.apply(layer.picture);
  }

 private:
  static double second_of_day() {
    const auto now = std::chrono::system_clock::now();
    const std::time_t whole = std::chrono::system_clock::to_time_t(now);
    std::tm local{};
    ::localtime_r(&whole, &local);
    const double part = Seconds(now - std::chrono::system_clock::from_time_t(whole)).count();
    return local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec + part;
  }

  Plate plate_;
  bool of_day_;
  double offset_ = 0;
  long shown_ = -1;
  std::optional<Clock::time_point> start_;
};

/// Text and clock share their options, but for where they stand when nobody says.
Expected<Plate> make_plate(const Spec& spec, const Option& place, std::string_view longest,
                           Size size) {
  const int height = whole_at_720_lines(number(spec, kTextSize), size);
  auto letters = Lettering::make(text(spec, kTextFont), height);
  if (!letters) return fail_in(spec.kind, letters.error());
  auto ink = colour(spec, kTextColour);
  if (!ink) return std::unexpected(ink.error());
  const Size needed = letters->measure(longest);
  if (needed.width > 4 * size.width + 1000)
    return fail(Errc::kRequest, "{}: these words are far too long for the picture; write fewer",
                spec.kind);
  return Plate(*std::move(letters),
               {*ink, number(spec, kTextPlate), whole_at_720_lines(number(spec, kTextMargin), size),
                text(spec, place)},
               longest, size);
}

}  // namespace

MadeEffect make_text(const Spec& spec, const EffectRequest& request) {
  auto plate = make_plate(spec, kTextPlace, spec.argument, request.size);
  if (!plate) return std::unexpected(plate.error());
  plate->write(spec.argument);
  return std::make_unique<Text>(*std::move(plate));
}

MadeEffect make_clock(const Spec& spec, const EffectRequest& request) {
  auto plate = make_plate(spec, kClockPlace, "00:00:00", request.size);
  if (!plate) return std::unexpected(plate.error());
  return std::make_unique<WallClock>(*std::move(plate), text(spec, kClockShow) == "time");
}

}  // namespace scrim
