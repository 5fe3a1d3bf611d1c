// The loops that a network spends its time in, once per instruction set.
//
// kernels_impl.h is compiled for the baseline of the architecture (on x86-64: SSE2; everywhere with
// unfused arithmetic in a fixed order, so that results repeat bit for bit) and, where
// SCRIM_DISPATCH is set, for AVX2 with FMA. A Step is one kernel call with all that it needs; it
// owns nothing.
//
// This header is seen by code compiled for instructions that the machine may lack. Such code must
// emit no shared inline function: the linker could pick its copy for everybody. So the structs that
// kernels use have no functions, and kernels call none that the headers below bring along.
// Reentrant. Tested by kernels_test against naive twins.
#pragma once

#include <cstddef>
#include <span>

#include "base/error.h"
#include "network/graph.h"
#include "network/window.h"

namespace scrim {

/// A picture in the network's memory: places in rows, `pitch` floats from one place to the next.
/// The pitch is the channels rounded up to kLanes, what is beyond them holds no meaning but is
/// finite; only the network's own ends may be dense (pitch == channels).
struct Map {
  float* data = nullptr;
  int height = 0;
  int width = 0;
  int channels = 0;
  int pitch = 0;
};

/// A place of a resized row or column lies `part` (0..1) of the way from `low` to `high`.
struct Lerp {
  int low = 0;
  int high = 0;
  float part = 0;
};

/// See FusedStage in fuse.h.
struct Step {
  void (*run)(const Step&) = nullptr;
  Map in;
  Map out;
  const float* other = nullptr;     // as `in`; of kConcat: the channels that `in` lacks, padded;
                                    // of kResize: as `out`
  const float* scale = nullptr;     // in.pitch factors
  const float* residual = nullptr;  // as `out`
  /// Packed (convolutions) or kernel places x pitch (depthwise); of kGlobalMean one for each row of
  /// the input, then one for each column, or null where all count the same.
  const float* weights = nullptr;
  const float* bias = nullptr;   // as many as the packed columns, or pitch
  const float* zeros = nullptr;  // a row of `in` that lies outside of it
  float* scratch = nullptr;      // of scratch_size() floats
  const Lerp* down = nullptr;    // of kResize: out.height of them
  const Lerp* right = nullptr;   // out.width of them
  Window window = {};            // of kPad: `before` alone
  /// Of kTransposeConv: neighbours in a row of the input, which it divides, that are multiplied as
  /// one place with all of their channels.
  int together = 1;
  Op op = Op::kActivation;
  Activation activation = Activation::kNone;
};

struct Kernels {
  const char* name;
  /// Weights are packed once for the convolutions: a matrix of `columns` (a multiple of kLanes) by
  /// `depth`, each column's values side by side in `matrix`.
  void (*pack)(const float* matrix, int columns, int depth, float* packed);
  /// For each Op, in its order.
  void (*run[kOpCount])(const Step&);
};

/// What this machine can run, the fastest last.
std::span<const Kernels* const> available_kernels();

/// The fastest, or what the environment variable SCRIM_CPU names (baseline, avx2). kRequest.
Expected<const Kernels*> choose_kernels();

/// Floats of scratch memory that a step's kernel needs.
std::size_t scratch_size(const Step& step);

}  // namespace scrim
