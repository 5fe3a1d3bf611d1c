// Any bytes at all as a TFLite file.
#include <cstddef>
#include <cstdint>

#include "graph_run.h"
#include "network/tflite_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto graph = scrim::read_tflite(std::as_bytes(std::span(data, size)));
  if (graph) scrim::run_if_small(*graph);
  return 0;
}
