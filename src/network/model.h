// The networks that Scrim knows: one JSON file each in the models folder, weights beside them.
//
// The folder is $SCRIM_MODELS, else PREFIX/share/scrim/models of the PREFIX/libexec/scrim/ that the
// program is installed in, else the source tree's models/. Weights are fetched at set-up (`npm ci`
// in that folder) and checked against the sum in the JSON file each time they are read. Reentrant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "network/network.h"

namespace scrim {

struct ModelInfo {
  std::string name;
  std::string title;
  std::string kind;  // of segmenter that reads its output: "person"
  std::string file;  // its weights, as a path that can be opened
  std::string sha256;
  std::string licence;
  std::string good_for;  // what to choose it for
  float input_low = 0;   // what black and white are to the network
  float input_high = 1;
};

/// By name. kSystem: no folder, or a JSON file that is not as it should be.
Expected<std::vector<ModelInfo>> list_models();

/// kRequest: there is none of that name.
Expected<ModelInfo> find_model(std::string_view name);

/// kSystem: the weights are missing or damaged (the message tells the cure), or cannot be run.
Expected<Network> load_network(const ModelInfo& model);

}  // namespace scrim
