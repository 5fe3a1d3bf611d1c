// Whether a Graph may run: every index, shape and size that a kernel relies on.
//
// What has passed can read and write nothing out of bounds, whoever made the file. Errors are
// kSystem and name the node. Reentrant. Tested by check_test.
#pragma once

#include "base/error.h"
#include "network/graph.h"
#include "network/window.h"

namespace scrim {

/// The window of a convolution or kMaxPool of a checked Graph.
Window window_of(const Graph& graph, const Node& node);

/// What `node` makes of its inputs, which are tensors of the graph; its output may still be missing
/// (except of kResize). For readers of files that do not say.
Expected<Shape> output_shape(const Graph& graph, const Node& node);

Expected<void> check_graph(const Graph& graph);

}  // namespace scrim
