// Where the files of a TensorFlow.js model lie.
#include <algorithm>
#include <filesystem>

#include "network/read_file.h"
#include "network/tfjs_reader.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;

Expected<fs::path> find_json(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename();
    if (name == "model.json") return entry->path();
    if (name.starts_with("model-") && name.ends_with(".json")) found.push_back(entry->path());
  }
  if (error) return fail(Errc::kSystem, "{}: {}", folder.string(), error.message());
  if (found.size() == 1) return found[0];
  return fail(Errc::kSystem, "{}: needs a model.json, as TensorFlow.js writes it", folder.string());
}

}  // namespace

Expected<Graph> load_tfjs(const std::string& folder, const TfjsWish& wish) {
  const auto path = find_json(folder);
  if (!path) return std::unexpected(path.error());
  const auto json = read_file(*path);
  if (!json) return std::unexpected(json.error());
  const auto shards = list_tfjs_shards(*json);
  if (!shards) return fail_in(path->string(), shards.error());
  std::string weights;
  for (const std::string& shard : *shards) {
    const auto bytes = read_file(path->parent_path() / shard);
    if (!bytes) return std::unexpected(bytes.error());
    weights += *bytes;
  }
  auto graph = read_tfjs(*json, std::as_bytes(std::span(weights)), wish);
  if (!graph) return fail_in(path->string(), graph.error());
  return graph;
}

}  // namespace scrim
