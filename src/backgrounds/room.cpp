#include "backgrounds/kinds.h"

namespace scrim {
namespace {

class Room : public Background {
 public:
  Expected<bool> draw(ConstImageView camera, Clock::time_point, ImageView out) override {
    copy(camera, out);
    return true;
  }
  bool shows_person() const override { return true; }
};

}  // namespace

Expected<std::unique_ptr<Background>> make_room(const Spec&, Size) {
  return std::make_unique<Room>();
}

}  // namespace scrim
