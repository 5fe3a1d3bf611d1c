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
  const std::uint64_t number = ++wishes_;
  wish_.emplace(Wish{number, std::move(open)});
  answered_.notify_all();  // whose place it takes
  answered_.wait_for(lock, kLongestChange, [&] { return ended_ || !stands(number); });
  const bool mine = wish_ && wish_->number == number;
  const bool met = mine && wish_->answer;
  auto answer = met      ? *std::move(wish_->answer)
                : !mine  ? fail(Errc::kSystem, "another one was asked for meanwhile")
                : ended_ ? fail(Errc::kSystem, "Scrim is ending")
                         : fail(Errc::kSystem, "the present camera does not let go; it stays");
  if (mine) wish_.reset();
  return answer;
}

void Reopening::end() {
  {
    std::lock_guard lock(mutex_);
    ended_ = true;
  }
  answered_.notify_all();
}

/// Whether it still waits for its answer; mutex_ is held.
bool Reopening::stands(std::uint64_t wish) const {
  return wish_ && wish_->number == wish && !wish_->answer;
}

/// On the thread that reads. What nobody waits for any more by the time it is open is dropped.
void Reopening::answer_wish() {
  std::unique_lock lock(mutex_);
  if (!wish_ || wish_->answer) return;
  const std::uint64_t number = wish_->number;
  const Open open = wish_->open;
  lock.unlock();
  auto camera = open_beside(open);
  lock.lock();
  if (!stands(number)) return lock.unlock();  // first, as closing a camera takes a while
  if (camera) {
    if (camera_) damaged_before_ += camera_->damaged();
    std::swap(camera_, *camera);
    open_ = open;
    ++changes_;
    without_picture_ = 0;
    complained_ = stalled_ = false;
    wish_->answer = camera_ ? camera_->description() : "";
  } else {
    wish_->answer = std::unexpected(camera.error());
  }
  lock.unlock();
  camera = nullptr;  // the old one goes before anybody hears of the new one
  answered_.notify_all();
}

/// Null while no pictures are wanted.
Expected<std::unique_ptr<Source>> Reopening::open_beside(const Open& open) {
  Expected<std::unique_ptr<Source>> camera = nullptr;
  if (attention_.state() == Attention::State::kLive) camera = open();
  if (!camera && camera_ && camera_->is_device()) {
    // It may be the present one, to be opened otherwise. If not, that is found again.
    close();
    camera = open();
  }
  if (camera && *camera && (*camera)->size() != size_)
    return fail(Errc::kSystem, "the camera gives another size than that of the run");
  return camera;
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
