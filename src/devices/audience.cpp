#include "devices/audience.h"

namespace scrim {
namespace {

class AlwaysThere : public Audience {
 public:
  bool present(Clock::time_point) override { return true; }
};

}  // namespace

std::unique_ptr<Audience> watch_audience(const VideoDevice& device) {
  const auto ask = [&device](unsigned long request, void* argument) {
    return device.ask(request, argument);
  };
  if (auto events = watch_usage_events(ask, device.fd())) return events;
  if (auto onlookers = watch_onlookers(device.path())) return onlookers;
  return std::make_unique<AlwaysThere>();
}

}  // namespace scrim
