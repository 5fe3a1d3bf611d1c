// The exceptions of the JSON library and of std::filesystem stay within this file. Tested by
// model_test.
#include "network/model.h"

#include <nettle/sha2.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/installed_folder.h"
#include "base/spec.h"
#include "network/read_file.h"
#include "network/tflite_reader.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;

fs::path model_folder() {
  if (const char* named = std::getenv("SCRIM_MODELS"); named && *named) return named;
  std::error_code ignored;
  const fs::path installed = fs::path(installed_folder()) / "scrim/models";
  const bool in_source =
      !fs::is_directory(installed, ignored) && fs::is_directory(SCRIM_SOURCE_MODELS, ignored);
  return in_source ? SCRIM_SOURCE_MODELS : installed;
}

/// What brings missing weights back.
std::string cure_for(const ModelInfo& model, const char* in_source) {
  return model.file.starts_with(installed_folder()) ? "install Scrim again" : in_source;
}

std::string sha256_of(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  std::string text;
  for (std::uint8_t byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

Expected<ModelInfo> parse_model(const fs::path& path, const std::string& text) {
  try {
    const auto json = nlohmann::json::parse(text);
    return ModelInfo{.name = json.at("name"),
                     .title = json.at("title"),
                     .kind = json.at("kind"),
                     .file = path.parent_path() / json.at("file").get<std::string>(),
                     .sha256 = json.at("sha256"),
                     .licence = json.at("licence"),
                     .good_for = json.at("good_for"),
                     .input_low = json.at("input").at(0),
                     .input_high = json.at("input").at(1)};
  } catch (const nlohmann::json::exception& error) {
    return fail(Errc::kSystem, "{}: {}", path.string(), error.what());
  }
}

bool describes_model(const fs::path& path) {
  const std::string name = path.filename();
  return path.extension() == ".json" && name != "package.json" && name != "package-lock.json";
}

Expected<std::vector<fs::path>> find_descriptions() {
  const fs::path folder = model_folder();
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    if (describes_model(entry->path())) found.push_back(entry->path());
  if (error)
    return fail(Errc::kSystem, "{}: {}; SCRIM_MODELS names the folder of the networks",
                folder.string(), error.message());
  std::ranges::sort(found);
  return found;
}

}  // namespace

Expected<std::vector<ModelInfo>> list_models() {
  auto paths = find_descriptions();
  if (!paths) return std::unexpected(paths.error());
  std::vector<ModelInfo> models;
  for (const fs::path& path : *paths) {
    auto text = read_file(path);
    if (!text) return std::unexpected(text.error());
    auto model = parse_model(path, *text);
    if (!model) return std::unexpected(model.error());
    models.push_back(*std::move(model));
  }
  std::ranges::sort(models, {}, &ModelInfo::name);
  return models;
}

Expected<ModelInfo> find_model(std::string_view name) {
  auto models = list_models();
  if (!models) return std::unexpected(models.error());
  const auto found = std::ranges::find(*models, name, &ModelInfo::name);
  if (found != models->end()) return *found;
  std::vector<std::string_view> names;
  for (const ModelInfo& model : *models) names.push_back(model.name);
  return fail_unknown("network", name, names);
}

Expected<Network> load_network(const ModelInfo& model) {
  const std::string doing = "network " + model.name;
  auto bytes = read_file(model.file);
  if (!bytes)
    return fail(Errc::kSystem, "{}: {}; {}", doing, bytes.error().what,
                cure_for(model, "run ./run once, or `npm ci` in models/"));
  const std::string sum = sha256_of(*bytes);
  if (sum != model.sha256)
    return fail(Errc::kSystem, "{}: {} is damaged (sha256 {}, expected {}); {}", doing, model.file,
                sum, model.sha256, cure_for(model, "delete it and run `npm ci` in models/"));
  auto graph = read_tflite(std::as_bytes(std::span(*bytes)));
  if (!graph) return fail_in(doing, graph.error());
  auto network = Network::create(*graph);
  if (!network) return fail_in(doing, network.error());
  return network;
}

}  // namespace scrim
