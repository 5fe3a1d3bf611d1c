// A network that is ready to run on one core.
//
// Fill input(), call run(), read output(). Owns its weights and its memory (some MB); run() takes
// no memory, no lock and no clock, and cannot fail. Movable. Reentrant: one thread at a time per
// Network, any number of Networks side by side. With the baseline kernels the same input gives the
// same bits everywhere; results of other kernels differ from those in the last digits.
#pragma once

#include <span>

#include "network/plan.h"

namespace scrim {

class Network {
 public:
  /// With the kernels that choose_kernels() names. kSystem: the graph cannot run; kRequest:
  /// SCRIM_CPU.
  static Expected<Network> create(const Graph& graph);
  static Expected<Network> create(const Graph& graph, const Kernels& kernels);

  Shape input_shape() const { return shape_of(plan_.input); }
  Shape output_shape() const { return shape_of(plan_.output); }

  /// Row by row, channels side by side. run() spoils it: fill it anew each time.
  std::span<float> input() { return {plan_.input.data, size_of(plan_.input)}; }
  /// The same order; holds until the next run().
  std::span<const float> run();

  /// The arithmetic of one run, as the file asks for it: what a core's peak is to be held against.
  long long multiply_adds() const { return multiply_adds_; }

 private:
  Network(Plan plan, long long multiply_adds)
      : plan_(std::move(plan)), multiply_adds_(multiply_adds) {}
  static Shape shape_of(const Map& map) { return {1, map.height, map.width, map.channels}; }
  static std::size_t size_of(const Map& map) {
    return static_cast<std::size_t>(count(shape_of(map)));
  }

  Plan plan_;
  long long multiply_adds_;
};

}  // namespace scrim
