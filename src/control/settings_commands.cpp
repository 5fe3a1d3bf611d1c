// Tested by tests/control/settings_commands_test.cpp.
#include "control/settings_commands.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "session/presets.h"

namespace scrim {
namespace {

Expected<std::vector<std::string>> texts_of(const std::string& name, const Json& value) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    return text.empty() ? std::vector<std::string>{} : std::vector{text};
  }
  if (value.is_boolean()) return std::vector<std::string>{value.get<bool>() ? "on" : "off"};
  if (value.is_number()) return std::vector{value.dump()};
  std::vector<std::string> texts;
  for (const Json& part : value)
    if (value.is_array() && part.is_string()) texts.push_back(part.get<std::string>());
  if (!value.is_array() || texts.size() != value.size())
    return fail(Errc::kRequest, "--{}: a value is a text, or a list of texts", name);
  return texts;
}

/// Values that a page may not name may stay where they are already.
Expected<void> check_page(const SettingKind& kind, std::vector<std::string> texts,
                          const Settings& present, const Look& shown) {
  const auto now = values_of(present, kind);
  std::erase_if(texts, [&](const std::string& text) { return std::ranges::count(now, text) != 0; });
  return check_harmless(kind, texts, shown);
}

Expected<std::string> name_in(const Json& value) {
  if (!value.is_string()) return fail(Errc::kRequest, "the name of a preset is a text");
  return value.get<std::string>();
}

}  // namespace

Json describe(const GivenSettings& given) {
  Json all = Json::object();
  for (const SettingKind& kind : setting_kinds()) {
    const auto values = values_of(given.values, kind);
    Json& one = all[std::string(kind.name)];
    one["value"] = kind.text ? Json(values.empty() ? "" : values.front()) : Json(values);
    one["from"] = name_of(given.from[index_of(kind)]);
    one["live"] = kind.live;
  }
  return all;
}

Expected<Json> set_settings(Session& session, const Json& value, Trust trust) {
  if (!value.is_object())
    return fail(Errc::kRequest, "settings are an object such as {{\"effort\": \"low\"}}");
  const auto turn = session.take_turn();
  const Look shown = session.status().look;
  const Settings present = session.settings().values;
  Settings wanted = present;
  for (const auto& [name, text] : value.items()) {
    const auto kind = find_setting(name);
    if (!kind) return std::unexpected(kind.error());
    const auto texts = texts_of(name, text);
    if (!texts) return std::unexpected(texts.error());
    if (trust == Trust::kPage)
      if (auto ok = check_page(**kind, *texts, present, shown); !ok)
        return fail_in("--" + name, ok.error());
    if (auto ok = set_values(wanted, **kind, *texts); !ok) return std::unexpected(ok.error());
  }
  if (auto ok = session.change(wanted, Origin::kLive); !ok) return std::unexpected(ok.error());
  return Json();
}

Expected<Json> get_settings(Session& session, const Json&, Trust) {
  return Json{{"settings", describe(session.settings())}};
}

Expected<Json> save_preset(Session& session, const Json& value, Trust) {
  const auto name = name_in(value);
  if (!name) return std::unexpected(name.error());
  auto ok = Presets::of_user().save(*name, session.settings().values);
  return ok ? Expected<Json>(Json()) : std::unexpected(ok.error());
}

Expected<Json> use_preset(Session& session, const Json& value, Trust) {
  const auto name = name_in(value);
  if (!name) return std::unexpected(name.error());
  const auto turn = session.take_turn();
  const auto wanted = Presets::of_user().use(*name, session.settings().values);
  if (!wanted) return std::unexpected(wanted.error());
  auto ok = session.change(*wanted, Origin::kLive);
  return ok ? Expected<Json>(Json()) : fail_in("preset '" + *name + "'", ok.error());
}

Expected<Json> remove_preset(Session&, const Json& value, Trust) {
  const auto name = name_in(value);
  if (!name) return std::unexpected(name.error());
  auto ok = Presets::of_user().remove(*name);
  return ok ? Expected<Json>(Json()) : std::unexpected(ok.error());
}

Expected<Json> list_presets(Session&, const Json&, Trust) {
  return Json{{"presets", Presets::of_user().list()}};
}

}  // namespace scrim
