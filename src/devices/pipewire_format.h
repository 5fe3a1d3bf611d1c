// What PipeWire is told of pictures, and tells: its "pods" (descriptions of formats and buffers).
//
// Pods lie in the buffer of a Pods, which must outlive them. Reentrant; nothing allocates.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "image/convert.h"

struct spa_pod;

namespace scrim {

/// How the pictures of a stream lie in its buffers.
struct PipewireFormat {
  std::optional<Layout> layout;  // none: JPEG
  Size size;
  ColourSpace space = kInternal;
  double fps = 0;  // 0: none is said
};

class Pods {
 public:
  /// One for each layout that clients know; one size and rate, as the first reader would settle a
  /// choice for all.
  std::span<const spa_pod*> offers(Size size, double fps);
  /// All that Scrim reads; wished are that size and rate.
  std::span<const spa_pod*> wishes(Size size, double fps);
  /// The buffers and the header that go with a format: `bytes` each, or whatever the other side
  /// has.
  std::span<const spa_pod*> buffers(std::size_t bytes, std::ptrdiff_t stride);
  std::span<const spa_pod*> any_buffers();

 private:
  alignas(8) std::array<std::uint8_t, 4096> bytes_;
  std::array<const spa_pod*, 8> pods_{};
};

/// Nothing where Scrim does not know it.
std::optional<PipewireFormat> parse_pipewire_format(const spa_pod* format);

}  // namespace scrim
