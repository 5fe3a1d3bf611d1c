// The same network run by XNNPACK, on one thread: what the engine is measured against.
//
// Built from our Graph node by node, as TensorFlow Lite would hand it over; what XNNPACK fuses is
// its own affair. Owns all that XNNPACK makes; the Graph must outlive it. Reentrant.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "network/graph.h"

namespace scrim {

class XnnpackNetwork {
 public:
  /// Null where XNNPACK cannot run it.
  static std::unique_ptr<XnnpackNetwork> create(const Graph& graph);
  ~XnnpackNetwork();
  XnnpackNetwork(const XnnpackNetwork&) = delete;
  XnnpackNetwork& operator=(const XnnpackNetwork&) = delete;

  std::span<float> input();
  std::span<const float> run();

 private:
  struct Parts;
  explicit XnnpackNetwork(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace scrim
