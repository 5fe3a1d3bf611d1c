// The pictures of a folder, in the order of their names, round and round. A thread of its own loads
// the next one while one is seen. Tested by tests/backgrounds/slides_test.cpp.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <utility>
#include <vector>

#include "backgrounds/kinds.h"
#include "backgrounds/timeline.h"
#include "base/producer.h"
#include "image/kernels.h"
#include "media/picture.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;
using Files = std::vector<std::string>;

Files files_in(const std::string& folder) {
  Files files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const bool hidden = at->path().filename().native().starts_with('.');
    std::error_code ignored;
    if (!hidden && at->is_regular_file(ignored)) files.push_back(at->path());
  }
  std::ranges::sort(files);
  return files;
}

struct Pace {
  double seconds, fade;
};

class Slides : public Background {
 public:
  Slides(const Spec& spec, Size size, const Playback& playback, Pace pace)
      : folder_(spec.argument),
        framing_(framing_of(spec)),
        playback_(playback),
        pace_(pace),
        files_(files_in(folder_)),
        timeline_(playback.pacing),
        share_(size),
        ahead_(slots(size), [this](Slot& slot) { return fill(slot); }) {}

  /// Whether there is a picture; waits for the first one.
  bool ready() { return ahead_.peek(0, Pacing::kOffline) != nullptr; }

  Expected<bool> draw(ConstImageView, Clock::time_point now, ImageView out) override {
    const double moment = timeline_.at(now);
    wanted_ = std::floor(moment / pace_.seconds);
    const Slot* slot = ahead_.peek(0, playback_.pacing);
    if (!slot) return false;
    const Slot* next = nullptr;
    while ((next = ahead_.peek(1, playback_.pacing)) && next->index * pace_.seconds <= moment) {
      ahead_.pop();
      slot = ahead_.peek(0, playback_.pacing);
    }
    const double until_next = (slot->index + 1) * pace_.seconds - moment;
    if (next && until_next < pace_.fade) {
      cross_fade(*slot, *next, 1 - until_next / pace_.fade, out);
      shown_ = -1;
      return true;
    }
    if (std::exchange(shown_, slot->index) == slot->index) return false;
    copy(slot->picture.view(), out);
    return true;
  }

 private:
  struct Slot {
    Image picture;
    double index = 0;  // counts on from round to round
  };

  /// One is seen, one comes next, one is being loaded.
  static std::vector<Slot> slots(Size size) {
    std::vector<Slot> made;
    for (int i = 0; i < 3; ++i) made.push_back({.picture = Image(size)});
    return made;
  }

  void cross_fade(const Slot& from, const Slot& to, double share, ImageView out) {
    const double level = 255 * std::clamp(share, 0.0, 1.0);
    scrim::fill(share_.view(), static_cast<std::uint8_t>(std::lround(level)));
    blend(to.picture.view(), from.picture.view(), std::as_const(share_).view(), out);
  }

  /// On the producer's thread: the next picture, or the first one after it that can be read.
  bool fill(Slot& slot) {
    slot.index = next_ = std::max(next_, wanted_.load());
    ++next_;
    const auto count = static_cast<double>(files_.size());
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const auto place = std::fmod(slot.index + static_cast<double>(i), count);
      const auto picture = load_picture(files_[static_cast<std::size_t>(place)]);
      if (!picture) {
        tell_once(files_[static_cast<std::size_t>(place)], picture.error());
        continue;
      }
      lay(picture->view(), framing_, slot.picture.view());
      return true;
    }
    return false;
  }

  void tell_once(const std::string& file, const Error& why) {
    if (std::ranges::find(told_, file) != told_.end()) return;
    told_.push_back(file);
    playback_.tell(why.what + "; the slides go on without it");
  }

  const std::string folder_;
  const Framing framing_;
  const Playback playback_;
  const Pace pace_;
  const Files files_;
  Files told_;       // of which was told; the producer's
  double next_ = 0;  // the producer's
  std::atomic<double> wanted_ = 0;
  Timeline timeline_;
  Matte share_;
  double shown_ = -1;
  Producer<Slot> ahead_;  // uses all of the above
};

}  // namespace

MadeBackground make_slides(const Spec& spec, Size size, const Playback& playback) {
  const Pace pace{number(spec, kSlidesSeconds), number(spec, kSlidesFade)};
  if (pace.fade > pace.seconds)
    return fail(Errc::kRequest, "slides: 'fade' ({} s) must not be longer than 'seconds' ({} s)",
                pace.fade, pace.seconds);
  std::error_code error;
  fs::directory_iterator folder(spec.argument, error);
  if (error) return fail(Errc::kRequest, "slides: read {}: {}", spec.argument, error.message());
  auto slides = std::make_unique<Slides>(spec, size, playback, pace);
  if (!slides->ready())
    return fail(Errc::kRequest, "slides: there is no picture in {} that can be read",
                spec.argument);
  return slides;
}

}  // namespace scrim
