// Any bytes at all as a TFLite file: read, checked, planned and, where it is little work, run.
#include <cstddef>
#include <cstdint>

#include "network/network.h"
#include "network/tflite_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr long long kFewValues = 1 << 14;
  const auto graph = scrim::read_tflite(std::as_bytes(std::span(data, size)));
  if (!graph || !scrim::check_graph(*graph)) return 0;
  long long values = 0;
  for (const scrim::Tensor& tensor : graph->tensors) values += scrim::count(tensor.shape);
  if (values > kFewValues) return 0;
  auto network = scrim::Network::create(*graph, *scrim::available_kernels().front());
  if (network) network->run();
  return 0;
}
