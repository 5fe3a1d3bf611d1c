#include "network/arena.h"

#include <algorithm>

namespace scrim {
namespace {

struct Block {
  std::size_t first, last;  // floats, the last excluded
  int dies;
};

constexpr std::size_t kLine = 16;  // floats of a cache line

}  // namespace

ArenaLayout lay_out(std::span<const Lifetime> lifetimes) {
  ArenaLayout layout;
  std::vector<Block> alive;  // by place
  for (const Lifetime& wanted : lifetimes) {
    std::erase_if(alive, [&](const Block& block) { return block.dies < wanted.born; });
    const std::size_t size = (wanted.size + kLine - 1) / kLine * kLine;
    std::size_t at = 0;
    auto next = alive.begin();
    for (; next != alive.end() && next->first < at + size; ++next) at = next->last;
    alive.insert(next, {at, at + size, wanted.dies});
    layout.offsets.push_back(at);
    layout.size = std::max(layout.size, at + size);
  }
  return layout;
}

}  // namespace scrim
