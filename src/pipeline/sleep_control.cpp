// Tested by tests/pipeline/attention_test.cpp.
#include "pipeline/sleep_control.h"

namespace scrim {

Attention::State SleepControl::attend(Outputs& outputs) {
  if (!attention_) return Attention::State::kLive;
  const auto now = Clock::now();
  if (rung_.exchange(false)) schedule_.rung(now);
  if (always_on_) {
    if (attention_->asleep()) attention_->sleep(false);
  } else if (now >= schedule_.next_look()) {
    schedule_.looked(now, outputs.linger());
    if (attention_->asleep() == schedule_.awake()) attention_->sleep(!schedule_.awake());
  }
  return attention_->state();
}

bool SleepControl::ring() {
  if (!asleep()) return false;
  rung_ = true;
  return true;
}

}  // namespace scrim
