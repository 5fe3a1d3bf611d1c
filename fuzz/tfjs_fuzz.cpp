// Any bytes at all as a TensorFlow.js model, the JSON up to the first NUL and weights after it.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "graph_run.h"
#include "network/tfjs_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span all(data, size);
  const auto json = all.first(static_cast<std::size_t>(std::ranges::find(all, 0) - all.begin()));
  const auto weights = all.subspan(std::min(size, json.size() + 1));
  const std::string_view text(reinterpret_cast<const char*>(json.data()), json.size());
  (void)scrim::list_tfjs_shards(text);
  const auto graph = scrim::read_tfjs(text, std::as_bytes(weights), {5, 7, "out"});
  if (graph) scrim::run_if_small(*graph);
  return 0;
}
