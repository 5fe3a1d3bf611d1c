// Tested by tests/matte/matting_test.cpp.
#include "matte/matting.h"

#include <algorithm>
#include <cmath>

#include "image/filter.h"
#include "image/kernels.h"
#include "image/scale.h"
#include "matte/levels.h"

namespace scrim {
namespace {

// Rather a little wall than half a hand.
constexpr Levels kLevels{.low = 60, .high = 176};
// The second look at a still picture against the first, in 256ths.
constexpr int kSecondLook = 179;
constexpr Clock::duration kLongGap = std::chrono::seconds(1);

constexpr Option kRaw{"raw", "the network's answer, only scaled", Option::Type::kFlag, "off"};
constexpr Option kThreshold{"threshold",
                            "hard edge: at or above it person, below it none; 0 is off",
                            Option::Type::kNumber,
                            "0",
                            0,
                            1};
constexpr Option kSmooth{"smooth", "steadiness in time, 0 is off", Option::Type::kNumber, "0.8", 0,
                         1};
constexpr Option kEdges{"edges", "lay the edge where the picture has one", Option::Type::kFlag,
                        "on"};
constexpr Option kRoom{"room", "learn what the room looks like, and tell the person from it",
                       Option::Type::kFlag, "on"};
constexpr Option kDilate{"dilate",
                         "the edge that many pixels further out",
                         Option::Type::kInteger,
                         "0",
                         0,
                         PlaneFilter::kMaxRadius};
constexpr Option kErode{"erode",
                        "the edge that many pixels further in",
                        Option::Type::kInteger,
                        "0",
                        0,
                        PlaneFilter::kMaxRadius};
constexpr Option kBlur{"blur",
                       "the edge that many pixels softer",
                       Option::Type::kInteger,
                       "0",
                       0,
                       PlaneFilter::kMaxRadius};
constexpr Option kOptions[] = {kRaw, kThreshold, kSmooth, kEdges, kRoom, kDilate, kErode, kBlur};

/// "raw,threshold=0.7" -> "matte?raw=on&threshold=0.7": the Spec that checks the values.
std::string as_spec_text(std::string_view list) {
  std::string spec = "matte";
  char mark = '?';
  while (!list.empty()) {
    const std::string_view pair = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), pair.size() + 1));
    spec += mark + std::string(pair) + (pair.contains('=') ? "" : "=on");
    mark = '&';
  }
  return spec;
}

}  // namespace

std::span<const Option> matte_options() {
  return kOptions;
}

Expected<MatteSettings> parse_matte_settings(std::string_view text) {
  const Kind kind{"matte", Argument::kNone, "", kOptions};
  auto spec = parse_spec(as_spec_text(text));
  if (!spec) return fail_in("--matte", spec.error());
  if (auto ok = check(*spec, kind); !ok) return fail_in("--matte", ok.error());
  MatteSettings settings;
  settings.raw = flag(*spec, kRaw);
  settings.smooth = number(*spec, kSmooth);
  settings.edges = flag(*spec, kEdges);
  settings.room = flag(*spec, kRoom);
  settings.dilate = integer(*spec, kDilate);
  settings.erode = integer(*spec, kErode);
  settings.blur = integer(*spec, kBlur);
  if (const double level = number(*spec, kThreshold); level > 0) settings.threshold = level;
  return settings;
}

Matting::Matting(MatteSettings settings) : settings_(settings), smoothing_(settings.smooth) {}

void Matting::reset() {
  last_time_.reset();
  motion_.reset();
  forget_person();
}

void Matting::forget_person() {
  smoothing_.reset();
  room_.forget();
  box_.reset(current_.size());
}

void Matting::prepare(Size picture, Size answer) {
  if (picture == picture_size_ && answer == answer_.size()) return;
  picture_size_ = picture;
  answer_ = PlaneBuffer(answer);
  const int height = static_cast<int>(std::int64_t{kGridWidth} * picture.height / picture.width);
  const Size grid{std::min(kGridWidth, picture.width), std::clamp(height, 1, picture.height)};
  for (PlaneBuffer* plane : {&current_, &surveyed_, &luma_}) *plane = PlaneBuffer(grid);
  if (settings_.dilate || settings_.erode || settings_.blur) treatment_ = PlaneFilter(picture);
  reset();
}

Expected<void> Matting::make(ConstImageView picture, Clock::time_point now, Segmenter& segmenter,
                             Plane out) {
  prepare(picture.size(), segmenter.matte_size(picture.size()));
  if (settings_.raw || segmenter.exact()) {
    if (auto ok = segmenter.segment(picture, whole(picture.size()), answer_.view()); !ok) return ok;
    scale_linear(answer_.view(), out);
    if (!settings_.raw) treat(out);
    return {};
  }
  if (auto ok = look_at(picture, now, segmenter); !ok) return ok;
  lay_edges(picture, out);
  treat(out);
  return {};
}

Expected<ConstPlane> Matting::see(ConstImageView picture, Clock::time_point now,
                                  Segmenter& segmenter) {
  prepare(picture.size(), segmenter.matte_size(picture.size()));
  if (auto ok = look_at(picture, now, segmenter); !ok) return std::unexpected(ok.error());
  return std::as_const(current_).view();
}

void Matting::finish(ConstImageView picture, ConstPlane seen, Plane out) {
  prepare(picture.size(), answer_.size());
  scale(picture.y, luma_.view());
  copy(seen, current_.view());
  lay_edges(picture, out);
  treat(out);
}

/// The matte on the grid, into current_.
Expected<void> Matting::look_at(ConstImageView picture, Clock::time_point now,
                                Segmenter& segmenter) {
  scale(picture.y, luma_.view());
  return settings_.still ? look_twice(picture, segmenter) : look_again(picture, now, segmenter);
}

/// From the grid to the picture's size.
void Matting::lay_edges(ConstImageView picture, Plane out) {
  if (!settings_.edges || settings_.effort == Effort::kLow) {
    apply(kLevels, current_.view());
    return scale_linear(current_.view(), out);
  }
  const bool fine =
      settings_.still || settings_.effort == Effort::kHigh || picture.y.width < 2 * kGridWidth;
  const Detail detail = fine ? Detail::kFine : Detail::kQuick;
  edges_.refine(picture, luma_.view(), current_.view(), {kLevels, detail}, out);
}

/// What the settings ask for beyond.
void Matting::treat(Plane out) {
  if (settings_.threshold)
    threshold(out, static_cast<std::uint8_t>(std::ceil(*settings_.threshold * 255)));
  treatment_.dilate(out, settings_.dilate);
  treatment_.erode(out, settings_.erode);
  treatment_.box_blur(out, settings_.blur);
}

/// The whole of a picture into surveyed_; the box is around who is there.
Expected<void> Matting::find_person(ConstImageView picture, Segmenter& segmenter) {
  if (auto ok = look(picture, whole(current_.size()), segmenter, surveyed_.view()); !ok) return ok;
  box_.follow(surveyed_.view());
  return {};
}

/// One picture of a row of them: what was seen before tells where to look and what is flicker.
Expected<void> Matting::look_again(ConstImageView picture, Clock::time_point now,
                                   Segmenter& segmenter) {
  const bool follows = last_time_ && now >= *last_time_ && now - *last_time_ < kLongGap;
  if (!follows) reset();
  last_time_ = now;
  motion_.see(luma_.view());
  if (motion_.cut()) forget_person();
  const bool elsewhere = segmenter.relay() != nullptr;  // it has been sent the whole of it
  const bool anew = (!follows || motion_.cut()) && !elsewhere;
  if (anew)
    if (auto ok = find_person(picture, segmenter); !ok) return ok;
  const Rect box = elsewhere ? whole(current_.size()) : box_.box();
  if (anew && box == whole(current_.size()))
    copy(std::as_const(surveyed_).view(), current_.view());
  else if (auto ok = look(picture, box, segmenter, current_.view()); !ok)
    return ok;
  smoothing_.apply(motion_, current_.view());
  if (settings_.room) room_.correct(picture, luma_.view(), current_.view());
  cleaning_.apply(current_.view());
  if (settings_.room) room_.learn(current_.view(), box);
  if (elsewhere) return {};
  box_.follow(current_.view());
  if (!box_.survey_due()) return {};
  if (auto ok = look(picture, whole(current_.size()), segmenter, surveyed_.view()); !ok) return ok;
  box_.include(surveyed_.view());
  return {};
}

/// A picture by itself: the whole of it, then the person that was seen there; both count.
/// Elsewhere that is done for us.
Expected<void> Matting::look_twice(ConstImageView picture, Segmenter& segmenter) {
  reset();
  if (auto ok = find_person(picture, segmenter); !ok) return ok;
  if (!segmenter.relay()) {
    const Rect box = box_.box();
    if (auto ok = look(picture, box, segmenter, current_.view()); !ok) return ok;
    mix(surveyed_.view().crop(box), current_.view().crop(box), kSecondLook);
    copy(current_.view().crop(box), surveyed_.view().crop(box));
  }
  copy(surveyed_.view(), current_.view());
  cleaning_.apply(current_.view());
  cleaning_.drop_faint(current_.view());
  return {};
}

/// Asks for the part of the picture under `box` and lays the answer there; nobody is elsewhere.
Expected<void> Matting::look(ConstImageView picture, Rect box, Segmenter& segmenter, Plane grid) {
  const auto to_picture = [](int at, int cells, int pixels) {
    return static_cast<int>(std::int64_t{at} * pixels / cells);
  };
  const int left = to_picture(box.x, grid.width, picture.y.width);
  const int top = to_picture(box.y, grid.height, picture.y.height);
  const int right = to_picture(box.x + box.width, grid.width, picture.y.width);
  const int bottom = to_picture(box.y + box.height, grid.height, picture.y.height);
  if (auto ok = segmenter.segment(picture, {left, top, right - left, bottom - top}, answer_.view());
      !ok)
    return ok;
  fill(grid, 0);
  scale_linear(answer_.view(), grid.crop(box));
  return {};
}

}  // namespace scrim
