// Tested by tests/session/reopening_test.cpp, and on real devices by tests/vm.
#include "session/reopening.h"

#include <thread>

namespace scrim {
namespace {

// Short enough that a camera is live again within a second of its return.
constexpr Clock::duration kBetweenTries = std::chrono::milliseconds(300);

}  // namespace

Reopening::Reopening(std::unique_ptr<Source> first, Open open, Tell tell)
    : camera_(std::move(first)),
      open_(std::move(open)),
      tell_(std::move(tell)),
      size_(camera_->size()),
      fps_(camera_->fps()),
      description_(camera_->description()) {}

std::uint64_t Reopening::damaged() const {
  return damaged_before_ + (camera_ ? camera_->damaged() : 0);
}

Expected<Clock::time_point> Reopening::read(ImageView out) {
  if (!camera_)
    if (auto ok = find_again(); !ok) return std::unexpected(ok.error());
  auto captured = camera_->read(out);
  if (captured || captured.error().code != Errc::kDisconnected) return captured;
  lose(captured.error());
  return fail(Errc::kTimeout, "{}", captured.error().what);
}

void Reopening::lose(const Error& why) {
  damaged_before_ += camera_->damaged();
  camera_.reset();
  tell_(why.what + "; waiting for the camera to come back");
}

Expected<void> Reopening::find_again() {
  auto camera = open_();
  if (!camera) {
    std::this_thread::sleep_for(kBetweenTries);
    return fail(Errc::kTimeout, "{}", camera.error().what);
  }
  camera_ = *std::move(camera);
  tell_("the camera is back: " + camera_->description());
  return {};
}

}  // namespace scrim
