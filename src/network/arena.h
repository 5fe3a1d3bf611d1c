// Where each tensor lies in one shared block of memory: tensors that are never needed at the same
// time share places. Greedy by order of birth, lowest free place first: within a few per cent of
// the best for these chains, and plain. Reentrant. Tested by arena_test.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace scrim {

/// `size` floats needed from step `born` to step `dies`, both included. Born in rising order.
struct Lifetime {
  std::size_t size = 0;
  int born = 0;
  int dies = 0;
};

struct ArenaLayout {
  std::vector<std::size_t> offsets;  // in floats, one per lifetime, multiples of 16
  std::size_t size = 0;              // in floats
};

ArenaLayout lay_out(std::span<const Lifetime> lifetimes);

}  // namespace scrim
