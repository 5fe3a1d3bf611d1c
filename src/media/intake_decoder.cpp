// The confined half of intake.h: from here on the file may do what it likes.
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <new>

#include "media/confinement.h"
#include "media/intake.h"
#include "media/picture_pipe.h"
#include "media/video_reader.h"

namespace scrim {
namespace {

constexpr ConfinementLimits kLimits{.memory = std::size_t{1536} << 20,
                                    .cpu = std::chrono::seconds(300)};
constexpr double kLeastPeriod = 1 / 31.0;  // faster videos lose pictures
constexpr const char* kStandardInput = "-";

/// The same shape with no side longer than `most`, and none shorter than 2.
Size fitted(Size own, int most) {
  const double scale = std::min(1.0, static_cast<double>(most) / std::max(own.width, own.height));
  const auto side = [&](int length) {
    return std::max(2, static_cast<int>(std::lround(length * scale / 2)) * 2);
  };
  return {std::min(side(own.width), most), std::min(side(own.height), most)};
}

Expected<void> give_all(VideoReader& reader, Size size, PictureGiver& giver) {
  Image picture(size);
  double due = 0;
  for (;;) {
    const auto seconds = reader.next();
    if (!seconds && seconds.error().code == Errc::kEndOfStream) return giver.end();
    if (!seconds) return std::unexpected(seconds.error());
    if (*seconds > kMostVideoSeconds)
      return fail(Errc::kRequest, "it is longer than {} s; shorten it", kMostVideoSeconds);
    if (*seconds < due) continue;
    due = *seconds + kLeastPeriod / 2;
    if (auto ok = reader.convert(picture.view()); !ok) return ok;
    if (auto ok = giver.give(std::as_const(picture).view(), *seconds); !ok) return ok;
    if (reader.info().still) return giver.end();
  }
}

Expected<void> decode(PictureGiver& giver) {
  auto reader = VideoReader::open(kStandardInput, {.whole = true, .most_pixels = kMostPixels});
  if (!reader) return std::unexpected(reader.error());
  const VideoInfo& info = reader->info();
  if (!info.still && info.seconds > kMostVideoSeconds)
    return fail(Errc::kRequest, "it is longer than {} s; shorten it", kMostVideoSeconds);
  const Size size = fitted(info.size, info.still ? kMostPictureSide : kMostVideoSide);
  if (auto ok = giver.begin({size, info.fps, info.seconds, info.still}); !ok) return ok;
  return give_all(*reader, size, giver);
}

/// The name is told by who knows it.
std::string without_name(std::string what) {
  constexpr std::string_view kHere = "read -: ";
  return what.starts_with(kHere) ? what.substr(kHere.size()) : what;
}

}  // namespace

void decode_confined() {
  PictureGiver giver(STDOUT_FILENO);
  auto done = confine(kLimits);
  try {
    if (done) done = decode(giver);
  } catch (const std::bad_alloc&) {
    done = fail(Errc::kRequest, "it takes more than {} MB of memory to read; make it smaller",
                kLimits.memory >> 20);
  }
  if (!done) (void)giver.fail_with(without_name(done.error().what));
  ::_exit(done ? 0 : 1);
}

}  // namespace scrim
