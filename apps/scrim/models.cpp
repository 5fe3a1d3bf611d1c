#include <nlohmann/json.hpp>

#include "command.h"
#include "network/model.h"

namespace scrim {
namespace {

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
    if (json_) fmt::print("{}\n", all.dump(2));
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
