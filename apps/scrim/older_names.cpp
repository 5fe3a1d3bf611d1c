// Tested by tests/apps/settings.
#include "older_names.h"

#include <cstdlib>
#include <string_view>

namespace scrim {
namespace {

std::string variable(const char* name) {
  const char* const text = std::getenv(name);
  return text ? text : "";
}

std::string device(const std::string& path) {
  return path.starts_with('/') ? "v4l2:" + path : path;
}

std::string size_of(const std::string& width) {
  const std::string height = variable("CAMERA_HEIGHT");
  return height.empty() ? "" : width + "x" + height;
}

std::string effect(const std::string& name) {
  return name == "hologram" ? name : "";
}

std::string same(const std::string& text) {
  return text;
}

constexpr struct {
  const char* older;
  std::string_view setting;
  std::string (*meaning)(const std::string& text);  // "": not the same here
} kNames[] = {{"ACTUAL_CAMERA", "camera", &device},     {"FAKE_CAMERA", "output", &device},
              {"CAMERA_WIDTH", "size", &size_of},       {"CAMERA_FPS", "fps", &same},
              {"BACKGROUND_FILE", "background", &same}, {"EFFECT", "person", &effect}};

}  // namespace

Expected<void> take_older_names(GivenSettings& given,
                                const std::function<void(const std::string& line)>& tell) {
  for (const auto& [older, setting, meaning] : kNames) {
    const std::string text = variable(older);
    const SettingKind& kind = **find_setting(setting);
    Origin& from = given.from[index_of(kind)];
    const std::string value = text.empty() ? "" : meaning(text);
    if (value.empty() || from >= Origin::kEnvironment) continue;
    if (auto ok = set_values(given.values, kind, {value}); !ok) return fail_in(older, ok.error());
    from = Origin::kEnvironment;
    given.places[index_of(kind)] = older;
    tell(fmt::format("{} is the name of an older program's setting; here it is {}={}", older,
                     environment_name(kind), value));
  }
  return {};
}

}  // namespace scrim
