// A person's own colour where the matte is soft: hair and shoulders carry a tint of the room that
// they were taken in, which shows before another.
//
// The picture is looked at in cells of 8x8 pixels. Near each cell that the edge passes there is
// room (matte 0) and person (matte 255), whose mean colours are taken; a pixel between the two
// colours is moved towards the person's by what its matte lacks, but no further than to where that
// colour is. A pixel that lies off the line between them, and every one that has no certain room
// or person near, stays as it is. That is what makes it safe where the matte is wrong: in the
// middle of a person pixels look like the person already.
//
// Costs a glance at the matte, and work for the cells of the edge only. Owns its memory; allocates
// only when sizes change. Reentrant.
#pragma once

#include <cstdint>
#include <vector>

#include "image/image.h"

namespace scrim {

class EdgeColour {
 public:
  /// What of the change is wanted: all of it, for the person alone; or the matte's share of it, for
  /// a person who was blended before a background already.
  enum class Share { kWhole, kByMatte };

  /// Learns the colours of a picture. Then apply(), as often as wanted, with the same two.
  void see(ConstImageView picture, ConstPlane matte);
  /// Adds to `out`, of the picture's size, what its person's colour lacks.
  void apply(ConstImageView picture, ConstPlane matte, Share share, ImageView out) const;

 private:
  /// Colours of blocks of 2x2 pixels of one kind, summed.
  struct Sum {
    int count = 0, y = 0, u = 0, v = 0;
    void add(const Sum& other);
  };
  struct Cell {
    Sum room, person;
  };
  /// A cell that the edge passes: from the room's colour to the person's.
  struct Passage {
    int x, y;  // of the cell
    float room[3], way[3];
    float per_length;  // 1 / |way|^2
    float trust;       // 0..1: colours that hardly differ tell nothing
  };

  /// What apply() was given.
  struct Task {
    ConstImageView picture;
    ConstPlane matte;
    Share share;
    ImageView out;
  };

  void prepare(Size picture);
  void find_edge(ConstPlane matte);
  Cell sum_up(ConstImageView picture, ConstPlane matte, int x, int y) const;
  Cell sum_up_edge(ConstImageView picture, ConstPlane matte, int x, int y) const;
  void find_passage(int x, int y);
  static void correct_block(const Passage& passage, const Task& task, int x, int y);
  std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(cells_.width) +
           static_cast<std::size_t>(x);
  }

  Size picture_, cells_;
  std::vector<std::uint8_t> some_, lacking_;  // marks of a row of cells, by pixel
  std::vector<std::uint8_t> edge_;            // by cell: the edge passes
  std::vector<std::uint8_t> wanted_;          // by cell: the edge passes it or one beside it
  std::vector<Cell> sums_;                    // by cell, of those that are wanted
  std::vector<Passage> passages_;
};

}  // namespace scrim
