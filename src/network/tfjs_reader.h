// Reads TensorFlow.js graph models (a JSON file and its shards of weights) into a Graph.
//
// Such a model says neither how large its picture is nor which of its outputs matters: the caller
// does, and only what that output needs is read. Takes the operators of BodyPix's MobileNet
// and ResNet50; anything else is refused by name. The files may be hostile: none makes it crash,
// hang or take memory out of proportion to the files. Errors are kSystem, one line without the
// file's name. Reentrant.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "network/graph.h"

namespace scrim {

struct TfjsWish {
  int height = 0;  // of the input
  int width = 0;
  std::string output;  // the name of a node: "float_segments"
};

/// The files beside the JSON file that hold its weights, in order; plain names.
Expected<std::vector<std::string>> list_tfjs_shards(std::string_view json);

/// `weights`: the bytes of all shards, joined.
Expected<Graph> read_tfjs(std::string_view json, std::span<const std::byte> weights,
                          const TfjsWish& wish);

/// The model in a folder: its `model.json`, or its one file called `model-*.json`. The message
/// names the file.
Expected<Graph> load_tfjs(const std::string& folder, const TfjsWish& wish);

}  // namespace scrim
