#include "base/spec.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "base/text.h"

namespace scrim {
namespace {

constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-_";

bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kNameCharacters) == text.npos;
}

bool must_escape(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f || std::string_view(",?&%").contains(c);
}

std::string escape(std::string_view text) {
  std::string out;
  for (char c : text)
    must_escape(c) ? out += fmt::format("%{:02X}", static_cast<unsigned char>(c)) : out += c;
  return out;
}

Expected<std::string> unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    unsigned value = 0;
    const std::string_view digits = text.substr(i + 1, 2);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 2 || error != std::errc() || end != digits.data() + 2)
      return fail(Errc::kRequest,
                  "'{}': % needs two hexadecimal digits after it (%25 is a percent sign)", text);
    out += static_cast<char>(value);
    i += 2;
  }
  return out;
}

/// Cuts `text` at the first `mark`; the rest, without the mark, stays in `text`.
std::string_view take_until(std::string_view& text, char mark) {
  const std::size_t at = text.find(mark);
  const std::string_view head = text.substr(0, at);
  text = at == text.npos ? std::string_view() : text.substr(at + 1);
  return head;
}

/// The parts of `text` between marks; always one more than there are marks.
std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (std::size_t at; (at = text.find(mark)) != text.npos; text.remove_prefix(at + 1))
    parts.push_back(text.substr(0, at));
  parts.push_back(text);
  return parts;
}

Expected<void> parse_option(std::string_view pair, Spec& spec) {
  std::string_view value = pair;
  const std::string key(take_until(value, '='));
  if (!is_name(key) || pair.size() == key.size())
    return fail(Errc::kRequest,
                "'{}': after ? come options, key=value with & between (%3F is a question mark)",
                pair);
  if (value.contains('?'))
    return fail(Errc::kRequest, "'{}': & stands between options, %3F for a question mark", pair);
  if (spec.find(key)) return fail(Errc::kRequest, "'{}' is given twice", key);
  auto plain = unescape(value);
  if (!plain) return std::unexpected(plain.error());
  spec.options.emplace_back(key, *std::move(plain));
  return {};
}

bool is_flag(std::string_view text) {
  return text == "0" || text == "1" || text == "true" || text == "false" || text == "on" ||
         text == "off";
}

std::string listed(std::span<const std::string_view> names) {
  std::string out;
  for (std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

struct ArgumentForm {
  Argument argument;
  std::string_view placeholder;
  bool is_needed = true;
  bool is_path = false;
};
constexpr ArgumentForm kForms[] = {
    {Argument::kNone, "", false},
    {Argument::kWords, "WORDS"},
    {Argument::kColour, "RRGGBB"},
    {Argument::kColours, "COLOUR-COLOUR[-...]"},
    {Argument::kName, "[NAME]", false},
    {Argument::kId, "ID"},
    {Argument::kFile, "FILE", true, true},
    {Argument::kFolder, "FOLDER", true, true},
    {Argument::kFileToWrite, "NAME", true, true},
    {Argument::kFileOrStdout, "[FILE]", false, true},
    {Argument::kPngToWrite, "FILE.png", true, true},
    {Argument::kDevice, "[DEVICE]", false},
    {Argument::kPipewireNode, "[NAME]", false},
    {Argument::kUrl, "URL"},
};

const ArgumentForm& form_of(Argument argument) {
  return *std::ranges::find(kForms, argument, &ArgumentForm::argument);
}

std::string value_of(const Spec& spec, const Option& option) {
  const std::string* given = spec.find(option.name);
  return given ? *given : std::string(option.fallback);
}

}  // namespace

std::string allowed(const Option& option) {
  switch (option.type) {
    case Option::Type::kNumber:
      return fmt::format("a number from {} to {}", option.low, option.high);
    case Option::Type::kInteger:
      return fmt::format("a whole number from {} to {}", option.low, option.high);
    case Option::Type::kFlag:
      return "on or off";
    case Option::Type::kChoice:
      return "one of " + listed(option.choices);
    case Option::Type::kText:
      break;
  }
  return "text";
}

bool fits(const Option& option, std::string_view value) {
  if (option.type == Option::Type::kText) return true;
  if (option.type == Option::Type::kFlag) return is_flag(value);
  if (option.type == Option::Type::kChoice)
    return std::ranges::find(option.choices, value) != option.choices.end();
  const auto parsed = parse_number(value);
  if (!parsed || *parsed < option.low || *parsed > option.high) return false;
  return option.type == Option::Type::kNumber || *parsed == std::floor(*parsed);
}

const std::string* Spec::find(std::string_view key) const {
  for (const auto& [name, value] : options)
    if (name == key) return &value;
  return nullptr;
}

Expected<Spec> parse_spec(std::string_view text) {
  Spec spec;
  std::string_view options = text;
  std::string_view argument = take_until(options, '?');
  const bool has_options = argument.size() < text.size();
  spec.kind = take_until(argument, ':');
  if (!is_name(spec.kind))
    return fail(Errc::kRequest, "'{}': expected kind[:argument][?key=value[&key=value]]", text);
  auto plain = unescape(argument);
  if (!plain) return std::unexpected(plain.error());
  spec.argument = *std::move(plain);
  if (!has_options) return spec;
  for (std::string_view pair : split(options, '&'))
    if (auto ok = parse_option(pair, spec); !ok)
      return fail_in(fmt::format("'{}'", text), ok.error());
  return spec;
}

Expected<Chain> parse_chain(std::string_view text) {
  Chain chain;
  if (text.empty()) return chain;
  for (std::string_view part : split(text, ',')) {
    auto spec = parse_spec(part);
    if (!spec) return std::unexpected(spec.error());
    chain.push_back(*std::move(spec));
  }
  return chain;
}

std::string print(const Spec& spec) {
  std::string out = spec.kind;
  if (!spec.argument.empty()) out += ':' + escape(spec.argument);
  char mark = '?';
  for (const auto& [key, value] : spec.options) {
    out += mark + key + '=' + escape(value);
    mark = '&';
  }
  return out;
}

std::string print(const Chain& chain) {
  std::string out;
  for (const Spec& spec : chain) {
    if (!out.empty()) out += ',';
    out += print(spec);
  }
  return out;
}

std::string_view placeholder(Argument argument) {
  return form_of(argument).placeholder;
}

bool names_path(Argument argument) {
  return form_of(argument).is_path;
}

Expected<void> check(const Spec& spec, const Kind& kind) {
  if (kind.argument == Argument::kNone && !spec.argument.empty())
    return fail(Errc::kRequest, "'{}' takes no argument, but got '{}'", kind.name, spec.argument);
  if (form_of(kind.argument).is_needed && spec.argument.empty())
    return fail(Errc::kRequest, "'{0}' needs an argument: {0}:{1}", kind.name,
                placeholder(kind.argument));
  const bool named = !kind.names.empty() && !spec.argument.empty();
  if (named && std::ranges::find(kind.names, spec.argument) == kind.names.end())
    return fail_unknown(kind.name, spec.argument, kind.names);
  for (const auto& [key, value] : spec.options) {
    const auto option = std::ranges::find(kind.options, key, &Option::name);
    if (option == kind.options.end()) {
      if (kind.takes_more) continue;
      std::vector<std::string_view> names;
      for (const Option& known : kind.options) names.push_back(known.name);
      return fail_unknown(fmt::format("option of {}", kind.name), key, names);
    }
    if (!fits(*option, value))
      return fail(Errc::kRequest, "{}?{}={}: expected {}", kind.name, key, value, allowed(*option));
  }
  return {};
}

double number(const Spec& spec, const Option& option) {
  return parse_number(value_of(spec, option)).value_or(0);
}

int integer(const Spec& spec, const Option& option) {
  return static_cast<int>(number(spec, option));
}

bool flag(const Spec& spec, const Option& option) {
  const std::string value = value_of(spec, option);
  return value == "1" || value == "true" || value == "on";
}

std::string text(const Spec& spec, const Option& option) {
  return value_of(spec, option);
}

std::string suggestion(std::string_view wrong, std::span<const std::string_view> names) {
  std::string_view nearest;
  std::size_t least = wrong.size() / 2 + 1;  // further away it is no slip of the finger
  for (std::string_view name : names) {
    const std::size_t distance = edit_distance(wrong, name);
    if (distance < least) {
      least = distance;
      nearest = name;
    }
  }
  return nearest.empty() ? "" : fmt::format("; did you mean '{}'?", nearest);
}

std::unexpected<Error> fail_unknown(std::string_view what, std::string_view wrong,
                                    std::span<const std::string_view> names) {
  const std::string known = names.empty() ? "there are none" : "there are: " + listed(names);
  return fail(Errc::kRequest, "unknown {} '{}'{} ({})", what, wrong, suggestion(wrong, names),
              known);
}

}  // namespace scrim
