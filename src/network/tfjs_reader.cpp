// From the wished output backwards: each node is read once all that it reads is, so that heads that
// nobody asked for cost nothing and a circle is met as a node that waits for itself. Tested by
// tfjs_reader_test; fuzzed by tfjs_fuzz.
#include "network/tfjs_reader.h"

#include <nlohmann/json.hpp>

#include "network/check.h"
#include "network/tfjs_operators.h"

namespace scrim {
namespace {

using Json = nlohmann::json;

/// The JSON library takes up to 16 times a text's size; networks are described in some 100 KB.
constexpr std::size_t kMaxJson = std::size_t{4} << 20;
constexpr std::size_t kMaxNodes = 4096;
constexpr std::size_t kMaxName = 128;

Expected<Json> parse(std::string_view text) {
  if (text.size() > kMaxJson) return fail(Errc::kSystem, "its JSON file is larger than 4 MB");
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return fail(Errc::kSystem, "not a JSON file");
  return json;
}

/// Names come from the file: no control characters, no novels.
std::string clean(std::string_view text) {
  std::string name(text.substr(0, kMaxName));
  for (char& c : name)
    if (c < ' ' || c > '~') c = '?';
  return name;
}

/// "conv:0" is the first output of "conv"; "^conv" only has to come first, which is no matter here.
std::string_view referred(std::string_view input) {
  if (input.starts_with('^')) return {};
  return input.ends_with(":0") ? input.substr(0, input.size() - 2) : input;
}

class Reader {
 public:
  Reader(const Json& model, TfjsWeights weights, const TfjsWish& wish)
      : wish_(wish), building_(std::move(weights)) {
    for (const Json& node : model.at("modelTopology").at("node")) {
      const std::string& name = node.at("name").get_ref<const std::string&>();
      nodes_.emplace(name, Item{&node, inputs_of(node)});
    }
  }

  Expected<Graph> read();

 private:
  struct Item {
    const Json* node;
    std::vector<std::string> inputs;
    int tensor = -1;  // once read
    bool waits = false;
  };

  static std::vector<std::string> inputs_of(const Json& node) {
    std::vector<std::string> names;
    if (!node.contains("input")) return names;
    for (const Json& input : node.at("input"))
      if (const auto name = referred(input.get_ref<const std::string&>()); !name.empty())
        names.emplace_back(name);
    return names;
  }

  Expected<Item*> find(const std::string& name);
  Expected<void> count_readers();
  Expected<void> read_node(const std::string& name, Item& item);

  const TfjsWish& wish_;
  TfjsBuilding building_;
  std::map<std::string, Item, std::less<>> nodes_;
  std::vector<std::pair<std::string, Item*>> order_;
};

Expected<Reader::Item*> Reader::find(const std::string& name) {
  const auto found = nodes_.find(name);
  if (found == nodes_.end()) return fail(Errc::kSystem, "there is no node '{}'", clean(name));
  return &found->second;
}

/// Puts all that the output needs into order_, each after what it reads, with a stack of its own: a
/// file must not choose how deep this program calls itself.
Expected<void> Reader::count_readers() {
  struct Visit {
    std::string name;
    Item* item;
    std::size_t next = 0;
  };
  auto output = find(wish_.output);
  if (!output) return std::unexpected(output.error());
  std::vector<Visit> stack = {{wish_.output, *output}};
  std::map<const Item*, bool> done;
  (*output)->waits = true;
  while (!stack.empty()) {
    Visit& visit = stack.back();
    if (visit.next == visit.item->inputs.size()) {
      visit.item->waits = false;
      done[visit.item] = true;
      order_.emplace_back(visit.name, visit.item);
      stack.pop_back();
      continue;
    }
    const std::string& name = visit.item->inputs[visit.next++];
    auto input = find(name);
    if (!input) return std::unexpected(input.error());
    ++building_.readers[name];
    if ((*input)->waits) return fail(Errc::kSystem, "node '{}' waits for itself", clean(name));
    if (done[*input]) continue;
    (*input)->waits = true;
    stack.push_back({name, *input});
  }
  return {};
}

Expected<void> Reader::read_node(const std::string& name, Item& item) {
  TfjsNode node{.name = name,
                .op = item.node->at("op"),
                .attributes = item.node->contains("attr") ? item.node->at("attr") : Json::object(),
                .inputs = item.inputs};
  for (const std::string& input : item.inputs) {
    const auto found = nodes_.find(input);
    node.tensors.push_back(found->second.tensor);
  }
  auto tensor = read_tfjs_node(node, building_);
  if (!tensor)
    return fail_in(fmt::format("node '{}' ({})", clean(name), clean(node.op)), tensor.error());
  item.tensor = *tensor;
  return {};
}

Expected<Graph> Reader::read() {
  if (nodes_.size() > kMaxNodes) return fail(Errc::kSystem, "{} nodes", nodes_.size());
  building_.height = wish_.height;
  building_.width = wish_.width;
  if (auto done = count_readers(); !done) return std::unexpected(done.error());
  for (const auto& [name, item] : order_)
    if (auto done = read_node(name, *item); !done) return std::unexpected(done.error());
  building_.graph.output = order_.back().second->tensor;
  if (building_.pieces.contains(building_.graph.output))
    return fail(Errc::kSystem, "its output is in pieces: it lacks a BatchToSpaceND");
  return std::move(building_.graph);
}

/// What the JSON library throws ends here.
template <class Work>
auto without_exceptions(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const Json::exception&) {
    return fail(Errc::kSystem, "its JSON file does not describe a TensorFlow.js graph model");
  }
}

}  // namespace

Expected<std::vector<std::string>> list_tfjs_shards(std::string_view text) {
  auto json = parse(text);
  if (!json) return std::unexpected(json.error());
  return without_exceptions([&] { return shard_names(json->at("weightsManifest")); });
}

Expected<Graph> read_tfjs(std::string_view text, std::span<const std::byte> bytes,
                          const TfjsWish& wish) {
  auto json = parse(text);
  if (!json) return std::unexpected(json.error());
  return without_exceptions([&]() -> Expected<Graph> {
    auto weights = read_weights(json->at("weightsManifest"), bytes);
    if (!weights) return std::unexpected(weights.error());
    return Reader(*json, *std::move(weights), wish).read();
  });
}

}  // namespace scrim
