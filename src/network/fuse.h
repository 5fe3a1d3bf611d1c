// Turns a checked Graph's nodes into fewer, larger stages.
//
// What it does, and what each saves on the selfie networks: activations go into what they follow;
// a sum goes into the stage that makes one of its operands; a factor per channel goes into the
// weights of the 1x1 convolution that follows; the sum of which only the mean is wanted is never
// stored, nor is an enlarged picture made for its mean, or to be added to a gated one; a 1x1
// convolution of an enlarged picture is done before enlarging it (both are linear and one works on
// places, the other on channels), on a quarter of the places. Reentrant. Tested by fuse_test and,
// as a whole, by network_test.
#pragma once

#include <vector>

#include "network/graph.h"

namespace scrim {

/// result = activation(op(input * scale, other)) + residual, of a kResize with a scale
/// resize(input) + other * scale; indices of tensors, -1: none.
struct FusedStage {
  Op op = Op::kActivation;
  Activation activation = Activation::kNone;
  int input = -1;
  int other = -1;  // of kAdd, kMultiply, kGlobalMean (the mean of the sum): as large as the input;
                   // of kConcat: what follows it; of kResize: as large as the output
  int scale = -1;  // of kMultiply, 1x1 kConv and kResize: a factor for each channel
  int residual = -1;  // as large as the output
  int output = -1;
  /// Borrowed from the Graph: weights, window, sampling. Of kGlobalMean: what the picture would
  /// have gone through first, if that is a kResize.
  const Node* node = nullptr;
};

struct Fused {
  std::vector<FusedStage> stages;  // each after those whose outputs it reads
  /// The shapes of the Graph's tensors after the exchange of convolutions and enlargements, then of
  /// tensors that the Graph does not have.
  std::vector<Shape> shapes;
};

/// `graph` has passed check_graph() and must outlive the result.
Fused fuse(const Graph& graph);

}  // namespace scrim
