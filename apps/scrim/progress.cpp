#include "progress.h"

#include <unistd.h>

#include <algorithm>
#include <string>

#include "say.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;

constexpr int kBarWidth = 24;

std::string minutes(double seconds) {
  const auto whole = static_cast<long>(seconds + .5);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

class Progress : public Sink {
 public:
  Progress(Size size, std::optional<double> length)
      : size_(size),
        length_(length && *length > 0 ? length : std::nullopt),
        terminal_(::isatty(STDERR_FILENO)) {}

  Size size() const override { return size_; }

  Expected<void> write(const Shot& shot) override {
    ++frames_;
    const auto now = Clock::now();
    if (now - told_ < (terminal_ ? Clock::duration(200ms) : Clock::duration(10s))) return {};
    told_ = now;
    const std::string text =
        line(seconds_since_start(shot.captured), Seconds(now - begun_).count());
    say(terminal_ ? "\r\x1b[K" + text : text + "\n");
    return {};
  }

  Expected<void> close() override {
    if (terminal_) say("\r\x1b[K");
    return {};
  }

 private:
  std::string line(double at, double taken) const {
    const double rate = static_cast<double>(frames_) / taken;
    if (!length_) return fmt::format("{} frames, {:.1f} a second", frames_, rate);
    const double part = std::clamp(at / *length_, 0.0, 1.0);
    const double left = part > 0 ? taken * (1 - part) / part : 0;
    const auto full = static_cast<std::size_t>(part * kBarWidth);
    const std::string bar = std::string(full, '#') + std::string(kBarWidth - full, '.');
    return fmt::format("[{}] {:3.0f} %, {:.1f} frames a second, {} left", bar, 100 * part, rate,
                       minutes(left));
  }

  Size size_;
  std::optional<double> length_;
  bool terminal_;
  Clock::time_point begun_ = Clock::now(), told_ = begun_;
  std::uint64_t frames_ = 0;
};

}  // namespace

std::unique_ptr<Sink> make_progress(Size size, std::optional<double> length) {
  return std::make_unique<Progress>(size, length);
}

}  // namespace scrim
