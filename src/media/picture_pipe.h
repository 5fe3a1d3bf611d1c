// Plain pictures from one process to another, through a pipe: a beginning with their size, then
// each with its time, then the end, or a line that says what went wrong. The taker believes
// nothing: sizes are checked against what it asked for, and a giver that breaks off is an error.
// Reentrant.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "image/image.h"

namespace scrim {

struct PictureRow {
  Size size;
  double fps = 0;      // on average; 0: unknown
  double seconds = 0;  // how long all of it is; 0: unknown
  bool still = false;  // there is one picture
};

/// Writes to `fd`, which is borrowed. kSystem: nobody takes them any more.
class PictureGiver {
 public:
  explicit PictureGiver(int fd) : fd_(fd) {}
  Expected<void> begin(const PictureRow& row);
  Expected<void> give(ConstImageView picture, double seconds);
  Expected<void> end();
  Expected<void> fail_with(const std::string& what);

 private:
  Expected<void> write(const void* data, std::size_t size);
  int fd_;
  std::vector<std::uint8_t> bytes_;
};

/// The error of a taker whose giver broke off.
inline constexpr std::string_view kBrokenOff = "what reads it came to grief";

/// Reads from `fd`, which is borrowed.
class PictureTaker {
 public:
  /// kRequest: what the giver says went wrong; kSystem: it broke off, or does not keep to `most`.
  static Expected<PictureTaker> open(int fd, Size most);
  const PictureRow& row() const { return row_; }
  /// The time of the next picture, which is written to `out`, of row().size. kEndOfStream,
  /// kRequest, kSystem.
  Expected<double> take(ImageView out);

 private:
  explicit PictureTaker(int fd) : fd_(fd) {}
  Expected<void> read(void* data, std::size_t size);
  Expected<std::uint32_t> read_mark();
  int fd_;
  PictureRow row_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace scrim
