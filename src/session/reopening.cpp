// Tested by tests/session/reopening_test.cpp, and on real devices by tests/vm.
#include "session/reopening.h"

#include <thread>
#include <utility>

namespace scrim {
namespace {

// Short enough that a camera is live again within a second of its return.
constexpr Clock::duration kBetweenTries = std::chrono::milliseconds(300);
// Reads without a picture, of about a second each, after which a device is opened again: some have
// stalled, others have been given another format by whoever feeds them.
constexpr int kStalled = 8;
// Who wants another camera waits so long.
constexpr Clock::duration kLongestChange = std::chrono::seconds(8);
// How soon a run that is told to end does, while nothing is wanted of it.
constexpr Clock::duration kLongestRest = std::chrono::seconds(1);

}  // namespace

Reopening::Reopening(std::unique_ptr<Source> first, Open open, Tell tell,
                     const Attention& attention)
    : camera_(std::move(first)),
      open_(std::move(open)),
      tell_(std::move(tell)),
      attention_(attention),
      size_(camera_->size()),
      fps_(camera_->fps()),
      description_(camera_->description()) {}

std::uint64_t Reopening::damaged() const {
  return damaged_before_ + (camera_ ? camera_->damaged() : 0);
}

Expected<std::string> Reopening::change(Open open) {
  std::unique_lock lock(mutex_);
  wish_.emplace(Wish{std::move(open), {}});
  const bool met =
      answered_.wait_for(lock, kLongestChange, [this] { return wish_->answer.has_value(); });
  auto answer = met ? *std::move(wish_->answer)
                    : fail(Errc::kSystem, "the present camera does not let go; it stays");
  wish_.reset();
  return answer;
}

/// On the thread that reads.
void Reopening::answer_wish() {
  Open open;
  {
    std::lock_guard lock(mutex_);
    if (!wish_ || wish_->answer) return;
    open = wish_->open;
  }
  auto answer = turn_to(open);
  {
    std::lock_guard lock(mutex_);
    if (wish_) wish_->answer = std::move(answer);
  }
  answered_.notify_all();
}

Expected<std::string> Reopening::turn_to(const Open& open) {
  Expected<std::unique_ptr<Source>> camera = nullptr;
  if (attention_.state() == Attention::State::kLive) camera = open();
  if (!camera && camera_ && camera_->is_device()) {
    // It may be the present one, to be opened otherwise. If not, that is found again.
    close();
    camera = open();
  }
  if (!camera) return std::unexpected(camera.error());
  if (*camera && (*camera)->size() != size_)
    return fail(Errc::kSystem, "the camera gives another size than that of the run");
  if (camera_) close();
  camera_ = *std::move(camera);
  open_ = open;
  complained_ = stalled_ = false;
  return camera_ ? camera_->description() : "";
}

Expected<Clock::time_point> Reopening::read(ImageView out) {
  answer_wish();
  if (attention_.state() != Attention::State::kLive) {
    rest();
    return fail(Errc::kTimeout, "no picture is wanted");
  }
  if (!camera_)
    if (auto ok = find_again(); !ok) return std::unexpected(ok.error());
  auto captured = camera_->read(out);
  if (captured) {
    unstall();
  } else if (captured.error().code == Errc::kTimeout) {
    stall();
  } else if (captured.error().code == Errc::kDisconnected) {
    lose(captured.error());
    return fail(Errc::kTimeout, "{}", captured.error().what);
  }
  return captured;
}

void Reopening::stall() {
  if (++without_picture_ < kStalled || !camera_->is_device()) return;
  close();
  if (!std::exchange(stalled_, true)) tell_("no pictures come; the camera is opened again");
}

void Reopening::unstall() {
  without_picture_ = 0;
  if (std::exchange(stalled_, false)) tell_("pictures come again: " + camera_->description());
}

void Reopening::rest() {
  if (camera_ && camera_->is_device()) {
    close();
    const bool paused = attention_.state() == Attention::State::kPaused;
    tell_(paused ? "paused; the camera is off" : "nobody is looking; the camera is off");
  }
  attention_.wait_until_live(Clock::now() + kLongestRest);
}

void Reopening::close() {
  damaged_before_ += camera_->damaged();
  camera_.reset();
  without_picture_ = 0;
}

void Reopening::lose(const Error& why) {
  close();
  complained_ = true;
  tell_(why.what + "; waiting for the camera to come back");
}

Expected<void> Reopening::find_again() {
  auto camera = open_();
  if (!camera) {
    if (!std::exchange(complained_, true))
      tell_(camera.error().what + "; waiting for the camera to come back");
    std::this_thread::sleep_for(kBetweenTries);
    return fail(Errc::kTimeout, "{}", camera.error().what);
  }
  camera_ = *std::move(camera);
  if (stalled_ && !complained_) return {};  // told when pictures come
  stalled_ = false;
  tell_((std::exchange(complained_, false) ? "the camera is back: " : "the camera is on: ") +
        camera_->description());
  return {};
}

}  // namespace scrim
