// Tested by tests/session/recording_test.cpp.
#include "session/recording.h"

#include <utility>

namespace scrim {
namespace {

class Recording : public Sink {
 public:
  Recording(std::unique_ptr<Sink> sink, const std::atomic<bool>& others,
            std::function<void(const std::string&)> tell)
      : sink_(std::move(sink)), others_(others), tell_(std::move(tell)) {}

  Size size() const override { return sink_->size(); }
  Expected<void> write(const Shot& shot) override {
    const bool was_sound = result_.has_value();
    if (was_sound) result_ = sink_->write(shot);
    if (result_ || !others_) return result_;
    if (was_sound) tell_(result_.error().what + "; the other outputs go on without it");
    return {};
  }
  Expected<void> close() override { return result_ ? sink_->close() : result_; }
  bool watched() override { return result_ && sink_->watched(); }
  Clock::duration linger() const override { return sink_->linger(); }
  void when_visited(std::function<void()> ring) override { sink_->when_visited(std::move(ring)); }
  std::uint64_t left_out() const override { return sink_->left_out(); }
  bool cuts_out() const override { return sink_->cuts_out(); }

 private:
  const std::unique_ptr<Sink> sink_;
  const std::atomic<bool>& others_;
  const std::function<void(const std::string&)> tell_;
  Expected<void> result_;  // the first error stays
};

}  // namespace

std::unique_ptr<Sink> beside_call(std::unique_ptr<Sink> recording, const std::atomic<bool>& others,
                                  std::function<void(const std::string& line)> tell) {
  return std::make_unique<Recording>(std::move(recording), others, std::move(tell));
}

}  // namespace scrim
