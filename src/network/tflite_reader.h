// Reads TensorFlow Lite files (.tflite) into a Graph.
//
// Takes float32 and float16 weights (float16 ones that pass through DEQUANTIZE are widened here)
// and the operators that graph.h knows; anything else is refused by name, quantised networks among
// it. The file may be hostile: no input makes it crash, hang or take memory out of proportion to
// the file. Errors are kSystem, one line without the file's name. Reentrant.
#pragma once

#include <cstddef>
#include <span>

#include "base/error.h"
#include "network/graph.h"

namespace scrim {

Expected<Graph> read_tflite(std::span<const std::byte> file);

}  // namespace scrim
