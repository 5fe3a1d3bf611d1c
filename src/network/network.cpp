#include "network/network.h"

#include <utility>

namespace scrim {

Expected<Network> Network::create(const Graph& graph) {
  auto kernels = choose_kernels();
  if (!kernels) return std::unexpected(kernels.error());
  return create(graph, **kernels);
}

Expected<Network> Network::create(const Graph& graph, const Kernels& kernels) {
  auto plan = make_plan(graph, kernels);
  if (!plan) return std::unexpected(plan.error());
  return Network(std::move(*plan), scrim::multiply_adds(graph));
}

std::span<const float> Network::run() {
  for (const Step& step : plan_.steps) step.run(step);
  return {plan_.output.data, size_of(plan_.output)};
}

}  // namespace scrim
