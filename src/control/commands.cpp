// Tested by tests/control/commands_test.cpp.
#include "control/commands.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "control/describe.h"
#include "control/settings_commands.h"
#include "effects/effect.h"
#include "session/requests.h"

namespace scrim {
namespace {

/// What carry_out() gives is put into the answer.
struct Doer {
  std::string_view name;
  Expected<Json> (*carry_out)(Session&, const Json& value, Trust trust);
};

/// A string as on the command line, or a list of strings, each one stage.
Expected<Chain> chain_of(const std::string& option, const Json& value) {
  if (value.is_string()) {
    auto chain = parse_chain(value.get<std::string>());
    if (!chain) return fail_in(option, chain.error());
    return chain;
  }
  Chain chain;
  for (const Json& part : value) {
    if (!value.is_array() || !part.is_string()) break;
    auto spec = parse_spec(part.get<std::string>());
    if (!spec) return fail_in(option, spec.error());
    chain.push_back(*std::move(spec));
  }
  if (!value.is_array() || chain.size() != value.size())
    return fail(Errc::kRequest, "{}: a chain is a text or a list of texts", option);
  return chain;
}

Expected<LookChain> find_chain(const std::string& name) {
  const auto* const found = std::ranges::find(kLookChains, name, &LookChain::name);
  if (found != std::end(kLookChains)) return *found;
  std::vector<std::string_view> names;
  for (const LookChain& each : kLookChains) names.push_back(each.name());
  return fail_unknown("chain", name, names);
}

/// `look` has some of the three chains.
Expected<Json> change(Session& session, const Json& look, Trust trust) {
  if (!look.is_object())
    return fail(Errc::kRequest, "a look is an object such as {{\"background\": [\"blur\"]}}");
  const Look shown = session.status().look;
  std::vector<Session::NewChain> wanted;
  for (const auto& [key, value] : look.items()) {
    const auto place = find_chain(key);
    if (!place) return std::unexpected(place.error());
    auto chain = chain_of("--" + key, value);
    if (!chain) return std::unexpected(chain.error());
    if (trust == Trust::kPage)
      if (auto ok = check_harmless(*chain, shown); !ok) return fail_in("--" + key, ok.error());
    wanted.push_back({place->role, *std::move(chain)});
  }
  const auto ok = session.change(wanted);
  return ok ? Expected<Json>(Json()) : std::unexpected(ok.error());
}

/// At the end of the chain where each is at home.
Expected<Json> add_effects(Session& session, const Json& value, Trust trust) {
  const auto chain = chain_of("effect add", value);
  if (!chain) return std::unexpected(chain.error());
  const auto turn = session.take_turn();
  Json look = describe(session.status().look);
  for (const Spec& spec : *chain) {
    const EffectKind* kind = find_kind(effect_kinds(), spec.kind);
    if (!kind) return fail_unknown("effect", spec.kind, names_of(effect_kinds()));
    Json& list = look[std::string(name_of(kind->home))];
    if (kind->home == Role::kBackground && list.empty()) list = Json::array({"room", "blur"});
    list.push_back(print(spec));
  }
  return change(session, look, trust);
}

/// Removes all effects of the kind from every chain.
Expected<Json> remove_effects(Session& session, const Json& value, Trust trust) {
  const std::string name = value.is_string() ? value.get<std::string>() : "";
  const auto turn = session.take_turn();
  Json look = describe(session.status().look);
  const bool known = find_kind(effect_kinds(), name) != nullptr;
  if (!known) return fail_unknown("effect", name, names_of(effect_kinds()));
  std::size_t removed = 0;
  for (Json& list : look) {
    const auto is_it = [&](const Json& text) {
      return parse_spec(text.get<std::string>()).value_or(Spec{}).kind == name;
    };
    removed += list.get_ref<Json::array_t&>().size();
    std::erase_if(list.get_ref<Json::array_t&>(), is_it);
    removed -= list.size();
  }
  if (removed == 0) return fail(Errc::kRequest, "the effect '{}' is not shown", name);
  if (look["background"].empty())
    return fail(Errc::kRequest,
                "without '{}' there is no background; choose another: `scrim ctl background CHAIN`",
                name);
  return change(session, look, trust);
}

/// One for each row of kControlCommands.
constexpr Doer kDoers[] = {
    {"pause",
     [](Session& session, const Json&, Trust) -> Expected<Json> {
       return session.pause(true), Json();
     }},
    {"resume",
     [](Session& session, const Json&, Trust) -> Expected<Json> {
       return session.pause(false), Json();
     }},
    {"toggle",
     [](Session& session, const Json&, Trust) -> Expected<Json> {
       return session.toggle(), Json();
     }},
    {"status", [](Session&, const Json&, Trust) -> Expected<Json> { return Json(); }},
    {"background",
     [](Session& session, const Json& value, Trust trust) {
       return change(session, {{"background", value}}, trust);
     }},
    {"person",
     [](Session& session, const Json& value, Trust trust) {
       return change(session, {{"person", value}}, trust);
     }},
    {"picture",
     [](Session& session, const Json& value, Trust trust) {
       return change(session, {{"picture", value}}, trust);
     }},
    {"effect add", &add_effects},
    {"effect remove", &remove_effects},
    {"look", &change},
    {"set", &set_settings},
    {"settings", &get_settings},
    {"preset save", &save_preset},
    {"preset use", &use_preset},
    {"preset remove", &remove_preset},
    {"watch", [](Session&, const Json&, Trust) -> Expected<Json> { return Json(); }},
    {"preset list", &list_presets},
};
static_assert(std::ranges::equal(kDoers, kControlCommands, {}, &Doer::name, &ControlCommand::name),
              "each command is carried out by a row of its own");

/// A text or a list of them, of the setting or command `name`, with names of files in full.
Expected<Json> in_full(std::string_view name, const Json& value, const std::string& folder) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const auto kind = find_setting(name);
    const auto full =
        kind ? value_in_full(**kind, text, folder) : chain_in_full(std::string(name), text, folder);
    return full ? Expected<Json>(*full) : std::unexpected(full.error());
  }
  Json all = value;
  for (Json& part : all) {
    if (!value.is_array() || !part.is_string()) return value;  // refused by who takes it
    auto full = in_full(name, part, folder);
    if (!full) return full;
    part = *std::move(full);
  }
  return all;
}

/// What `command` is to be given: names of files in it start where the one who asks stands.
Expected<Json> value_of(const Json& request, const ControlCommand& command, Trust trust) {
  Json value = request.value("value", Json());
  if (trust != Trust::kOwner || !request.contains("folder")) return value;
  const Json& folder = request["folder"];
  if (!folder.is_string() || !folder.get_ref<const std::string&>().starts_with('/'))
    return fail(Errc::kRequest, "'folder': expected the name of a folder, from the root on");
  if (command.value == "CHAIN") return in_full(command.name, value, folder);
  if (command.value != "SETTINGS" || !value.is_object()) return value;
  for (auto& [name, setting] : value.items()) {
    auto full = find_setting(name) ? in_full(name, setting, folder) : setting;
    if (!full) return full;
    setting = *std::move(full);
  }
  return value;
}

Expected<Json> carry_out(Session& session, const Json& request, Trust trust) {
  if (!request.is_object() || !request.contains("command") || !request["command"].is_string())
    return fail(Errc::kRequest, "a request is one line such as {{\"command\": \"status\"}}");
  const auto name = request["command"].get<std::string>();
  const std::span<const ControlCommand> commands = kControlCommands;
  const ControlCommand* const command = find_kind(commands, name);
  if (!command) return fail_unknown("command", name, names_of(commands));
  const bool has_value = request.contains("value");
  if (has_value == command->value.empty())
    return fail(Errc::kRequest, "'{}' takes {} value", name, has_value ? "no" : "a");
  const auto value = value_of(request, *command, trust);
  if (!value) return value;
  return kDoers[command - commands.data()].carry_out(session, *value, trust);
}

}  // namespace

std::string carry_out(Session& session, std::string_view request, Trust trust) {
  const auto done = carry_out(session, Json::parse(request, nullptr, false), trust);
  if (done) {
    Json answer{{"ok", true}, {"status", describe(session.status())}};
    if (done->is_object()) answer.update(*done);
    return line_of(answer);
  }
  return refusal_line(done.error());
}

std::string news_of(Session& session) {
  const Json status = describe(session.status());
  Json news = Json::object();
  for (const char* key :
       {"state", "process", "camera", "outputs", "size", "background", "person", "picture"})
    news[key] = status[key];
  news["settings"] = describe(session.settings());
  return line_of(news);
}

}  // namespace scrim
