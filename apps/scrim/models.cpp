#include <nlohmann/json.hpp>

#include "command.h"
#include "network/model.h"

namespace scrim {
namespace {

constexpr const char* kHowToInstall =
    "BodyPix 2.x, with weights of your own: --segmenter bodypix:FOLDER, a folder that holds "
    "model.json\n"
    "(or model-stride16.json) and, beside it, the shards that its weightsManifest names. The "
    "original\n"
    "ones, Apache-2.0, lie under https://storage.googleapis.com/tfjs-models/savedmodel/bodypix/, "
    "in\n"
    "  mobilenet/float/{050,075,100}/ with model-stride8.json or model-stride16.json\n"
    "  resnet50/float/ with model-stride16.json or model-stride32.json\n"
    "and, smaller, under quant1/ and quant2/ instead of float/. To fetch one, with its shards:\n"
    "  url=https://storage.googleapis.com/tfjs-models/savedmodel/bodypix/mobilenet/float/075\n"
    "  mkdir bodypix && cd bodypix && curl -fO $url/model-stride16.json &&\n"
    "    grep -o 'group1-shard[0-9]*of[0-9]*[.a-z]*' model-stride16.json | sort -u |\n"
    "    while read -r shard; do curl -fO $url/$shard; done\n";

class Models : public Command {
 public:
  explicit Models(CLI::App& parser) {
    parser.add_flag("--json", json_, "One JSON array, for programs");
  }

  Expected<void> run() override {
    auto models = list_models();
    if (!models) return std::unexpected(models.error());
    nlohmann::json all = nlohmann::json::array();
    for (const ModelInfo& model : *models) {
      const auto network = load_network(model);
      const std::string state = network ? "ready" : network.error().what;
      if (!json_)
        fmt::print("{:<18} {}\n{:18} {}\n{:18} {}\n", model.name, model.title, "", model.good_for,
                   "", state);
      all.push_back({{"name", model.name},
                     {"title", model.title},
                     {"licence", model.licence},
                     {"present", network.has_value()},
                     {"state", state}});
    }
    if (json_)
      fmt::print("{}\n", all.dump(2));
    else
      fmt::print("\n{}", kHowToInstall);
    return {};
  }

 private:
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> add_models(CLI::App& parser) {
  return std::make_unique<Models>(parser);
}

}  // namespace scrim
