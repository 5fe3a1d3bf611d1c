// What the room looks like where nobody is in front of it, as a second witness beside the network.
//
// Background subtraction with a running mean per sample (Wren et al., "Pfinder", 1997) on the
// matte's grid. A sample that looks like the room seen there before is less of a person than the
// network says: between fingers, between arm and body. One that looks quite different is all
// person if it was rather one: a headset, a dark sleeve, hair. Where the network sees hardly any
// person none is made, as chairs move, too.
//
// The network has the last word: a sample may contradict it for twice as many pictures as it saw
// nobody there before (some 250 at most), so a person whom it missed at first comes out of the
// wall.
//
// A change of the light as a whole is taken out, and noise is measured, so that a dark room needs
// no other thresholds than a bright one. When most of the room has changed, the camera was moved,
// and all is forgotten. Reentrant; allocates only when the grid's size changes.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "image/image.h"

namespace scrim {

class Room {
 public:
  void forget();
  /// Corrects `matte` on its grid, which is that of `luma`, the picture's luma. Then learn().
  void correct(ConstImageView picture, ConstPlane luma, Plane matte);
  /// Remembers the picture of correct() where `matte`, what became of its matte, has nobody; only
  /// within `seen`, the part that the network was shown.
  void learn(ConstPlane matte, Rect seen);

 private:
  /// One of the picture's planes on the grid.
  struct Channel {
    PlaneBuffer now;
    std::vector<std::int16_t> mean;  // of what was there when nobody was, in 64ths of a level
    std::int16_t light = 0;          // how much brighter all of it is now, in 64ths of a level
  };

  void prepare(Size grid);
  bool measure(ConstPlane matte);
  int measure_light();
  int measure_noise(int count);
  void find_distances(int y);
  /// Row y of it; const channels have const means.
  template <class AnyChannel>
  auto* mean(AnyChannel& channel, int y) const {
    return channel.mean.data() + std::ptrdiff_t{y} * trust_.size().width;
  }

  std::array<Channel, 3> channels_;  // Y, U, V
  PlaneBuffer claimed_;              // the matte that correct() was given
  PlaneBuffer trust_;                // 0 where the means say nothing; how often they may contradict
  PlaneBuffer empty_;                // 255 where nobody was at the last learn()
  std::vector<std::uint16_t> distances_;  // of a row, from the room, in quarters of a level
  int noise_ = 0;                         // such distances the room has from itself
};

}  // namespace scrim
