// Tested by tests/session/presets_test.cpp.
#include "session/presets.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "session/settings_file.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".toml";
constexpr std::array<std::string_view, 4> kKept{"background", "person", "picture", "matte"};
constexpr std::string_view kNameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_";
constexpr std::size_t kLongestName = 64;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && name.front() != ' ' &&
         name.back() != ' ' && name.find_first_not_of(kNameCharacters) == name.npos;
}

}  // namespace

Presets::Presets(std::string folder) : folder_(std::move(folder)) {}

Presets Presets::of_user() {
  const std::string folder = settings_folder();
  return Presets(folder.empty() ? "" : folder + "/presets");
}

Expected<std::string> Presets::path_of(const std::string& name) const {
  if (!is_name(name))
    return fail(Errc::kRequest,
                "preset '{}': a name has 1 to {} letters, digits, spaces, - and _, and a space "
                "neither first nor last",
                name, kLongestName);
  if (folder_.empty())
    return fail(Errc::kSystem, "neither XDG_CONFIG_HOME nor HOME names a folder for presets");
  return fmt::format("{}/{}{}", folder_, name, kExtension);
}

Expected<std::string> Presets::path_of_existing(const std::string& name) const {
  auto path = path_of(name);
  std::error_code ignored;
  if (!path || fs::exists(*path, ignored)) return path;
  const auto known = list();
  return fail_unknown("preset", name, std::vector<std::string_view>(known.begin(), known.end()));
}

std::vector<std::string> Presets::list() const {
  std::vector<std::string> names;
  std::error_code ignored;  // no folder: no presets
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    const fs::path& path = entry.path();
    if (path.extension() == kExtension && is_name(path.stem().string()))
      names.push_back(path.stem().string());
  }
  std::ranges::sort(names);
  return names;
}

Expected<void> Presets::save(const std::string& name, const Settings& settings) const {
  const auto path = path_of(name);
  if (!path) return std::unexpected(path.error());
  std::string text;
  for (const std::string_view key : kKept) {
    const SettingKind& kind = **find_setting(key);
    auto longer = with_setting(text, *path, kind, values_of(settings, kind));
    if (!longer) return std::unexpected(longer.error());
    text = *std::move(longer);
  }
  return write_settings(*path, text);
}

Expected<Settings> Presets::use(const std::string& name, const Settings& now) const {
  const auto path = path_of_existing(name);
  if (!path) return std::unexpected(path.error());
  const auto file = read_settings(*path);
  if (!file) return std::unexpected(file.error());
  Settings wanted = now;
  for (const SettingKind& kind : setting_kinds()) {
    const auto& entry = file->entries[index_of(kind)];
    const bool kept = std::ranges::find(kKept, kind.name) != kKept.end();
    if (entry && !kept)
      return fail(Errc::kRequest, "{}: a preset holds background, person, picture and matte only",
                  entry->place);
    if (!kept) continue;
    if (auto ok = set_values(wanted, kind, entry ? entry->values : std::vector<std::string>{}); !ok)
      return std::unexpected(ok.error());
  }
  return wanted;
}

Expected<void> Presets::remove(const std::string& name) const {
  const auto path = path_of_existing(name);
  if (!path) return std::unexpected(path.error());
  if (::unlink(path->c_str()) != 0) return fail_errno("remove " + *path);
  return {};
}

}  // namespace scrim
