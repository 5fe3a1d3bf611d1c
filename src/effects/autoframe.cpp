// A camera operator: keeps the person in the picture, head and shoulders, and moves seldom. It goes
// somewhere only when the person has left the middle of what is shown, on a critically damped
// spring, which neither jerks nor overshoots. Nobody there: back to the whole picture.
// Tested by tests/effects/geometry_test.cpp.
#include <algorithm>
#include <cmath>
#include <optional>

#include "effects/head.h"
#include "effects/kinds.h"
#include "effects/warp.h"

namespace scrim {
namespace {

constexpr double kFaceHeight = 0.36;    // of the picture: how large a head is wished
constexpr double kFaceMiddle = 0.42;    // of the picture: how high
constexpr double kDriftAllowed = 0.12;  // of what is shown, before anything moves
constexpr double kZoomAllowed = 1.25;
constexpr double kRest = 0.01;      // this near to the goal it has arrived
constexpr double kStiffness = 2.2;  // per second; in two seconds it is nearly there
constexpr double kLongest = 0.1;    // seconds: longer steps would make it leap

/// One value on a critically damped spring.
struct Sprung {
  double at = 0, speed = 0;

  void move(double goal, double seconds) {
    const double offset = at - goal;
    const double push = (speed + kStiffness * offset) * seconds;
    const double decay = std::exp(-kStiffness * seconds);
    at = goal + (offset + push) * decay;
    speed = (speed - kStiffness * push) * decay;
  }
};

struct Frame {
  double x = 0.5, y = 0.5, zoom = 1;
};

class AutoFrame : public Effect {
 public:
  AutoFrame(Size size, double closest) : size_(size), closest_(closest), head_(size), warp_(size) {}

  void apply(Layer layer, const Scene& scene) override {
    if (!last_ || *last_ != scene.now) follow(layer.matte, scene.now);
    warp_.apply(zoomed(size_, std::exp(zoom_.at), x_.at, y_.at), layer);
  }

 private:
  Frame wished(ConstPlane matte) {
    const auto head = head_.find(matte);
    if (!head) return {};
    const double height = static_cast<double>(head->height) / size_.height;
    const double zoom = std::clamp(kFaceHeight / height, 1.0, closest_);
    const double x = (head->x + head->width / 2.0) / size_.width;
    const double y = (head->y + head->height / 2.0) / size_.height;
    return inside({x, y + (0.5 - kFaceMiddle) / zoom, zoom});
  }

  static Frame inside(Frame frame) {
    const double reach = 0.5 / frame.zoom;
    return {std::clamp(frame.x, reach, 1 - reach), std::clamp(frame.y, reach, 1 - reach),
            frame.zoom};
  }

  void follow(ConstPlane matte, Clock::time_point now) {
    const double passed = last_ ? Seconds(now - *last_).count() : 0;
    const Frame wish = wished(matte);
    if (!last_) {
      goal_ = wish;
      x_.at = wish.x;
      y_.at = wish.y;
      zoom_.at = std::log(wish.zoom);
    }
    last_ = now;
    if (far(wish)) moving_ = true;
    if (moving_) goal_ = wish;
    const double seconds = std::clamp(passed, 0.0, kLongest);
    x_.move(goal_.x, seconds);
    y_.move(goal_.y, seconds);
    zoom_.move(std::log(goal_.zoom), seconds);
    if (arrived()) moving_ = false;
  }

  bool far(const Frame& wish) const {
    const double allowed = kDriftAllowed / goal_.zoom;
    const double ratio = wish.zoom / goal_.zoom;
    return std::hypot(wish.x - goal_.x, wish.y - goal_.y) > allowed || ratio > kZoomAllowed ||
           ratio < 1 / kZoomAllowed;
  }
  bool arrived() const {
    return std::hypot(x_.at - goal_.x, y_.at - goal_.y) < kRest &&
           std::abs(zoom_.at - std::log(goal_.zoom)) < kRest;
  }

  Size size_;
  double closest_;
  HeadFinder head_;
  Warp warp_;
  Frame goal_;
  Sprung x_, y_, zoom_;
  bool moving_ = false;
  std::optional<Clock::time_point> last_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_autoframe(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<AutoFrame>(request.size, number(spec, kAutoframeClosest));
}

}  // namespace scrim
