// Tested by tests/session/settings_file_test.cpp; fuzz/settings_fuzz.cpp.
#include "session/settings_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "media/pending_file.h"

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace scrim {
namespace {

namespace fs = std::filesystem;

std::string place_of(const std::string& path, const toml::source_position& at) {
  return fmt::format("{}:{}:{}", path, at.line, at.column);
}

/// One value as people write it in options; nothing for dates, tables and the like.
std::optional<std::string> text_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return fmt::format("{}", number->get());
  if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "on" : "off";
  return {};
}

Expected<std::vector<std::string>> texts_of(const toml::node& node, const SettingKind& kind) {
  std::vector<std::string> texts;
  const toml::array* const list = node.as_array();
  if (list && kind.text) return fail(Errc::kRequest, "{}: takes one value, not a list", kind.name);
  for (std::size_t i = 0; i < (list ? list->size() : 1); ++i) {
    auto text = text_of(list ? (*list)[i] : node);
    if (!text)
      return fail(Errc::kRequest, "{0}: expected a text such as {0} = \"{1}\"", kind.name,
                  kind.fallback.empty() ? kind.argument : kind.fallback);
    texts.push_back(*std::move(text));
  }
  return texts;
}

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (byte < 0x20 || byte == 0x7f)
      out += fmt::format("\\u{:04X}", byte);
    else
      out += c;
  }
  return out + '"';
}

std::string toml_of(const SettingKind& kind, const std::vector<std::string>& values) {
  if (!kind.text) {
    std::string list;
    for (const std::string& value : values) list += (list.empty() ? "" : ", ") + toml_text(value);
    return "[" + list + "]";
  }
  const std::string& value = values.front();
  if (kind.type == Option::Type::kFlag) return value == "on" ? "true" : "false";
  if (kind.type != Option::Type::kNumber) return toml_text(value);
  const auto number = parse_number(value);
  return number ? fmt::format("{}", *number) : toml_text(value);
}

/// Where a line and column (counted in characters, from 1) are in `text`.
std::size_t offset_of(std::string_view text, const toml::source_position& at) {
  std::size_t offset = 0;
  for (toml::source_index line = 1; line < at.line; ++line)
    offset = std::min(text.find('\n', offset), text.size() - 1) + 1;
  for (toml::source_index column = 1; column < at.column && offset < text.size(); ++column) {
    ++offset;
    while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xc0) == 0x80)
      ++offset;
  }
  return offset;
}

std::size_t end_of_line(std::string_view text, std::size_t offset) {
  const std::size_t end = text.find('\n', offset);
  return end == text.npos ? text.size() : end + 1;
}

/// `toml` is sound.
std::string edited(std::string_view toml, const SettingKind& kind,
                   const std::vector<std::string>& values) {
  const toml::parse_result parsed = toml::parse(toml);
  std::string text(toml);
  for (const auto& [key, value] : parsed.table()) {
    if (key.str() != kind.name) continue;
    const std::size_t begin = offset_of(toml, value.source().begin);
    const std::size_t end = offset_of(toml, value.source().end);
    if (!values.empty()) return text.replace(begin, end - begin, toml_of(kind, values));
    const std::size_t from = toml.rfind('\n', offset_of(toml, key.source().begin)) + 1;
    return text.erase(from, end_of_line(toml, end) - from);
  }
  if (values.empty()) return text;
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  return text + fmt::format("{} = {}\n", kind.name, toml_of(kind, values));
}

}  // namespace

std::string settings_folder() {
  const char* const config = std::getenv("XDG_CONFIG_HOME");
  if (config && fs::path(config).is_absolute()) return (fs::path(config) / "scrim").string();
  const char* const home = std::getenv("HOME");
  if (home && fs::path(home).is_absolute()) return (fs::path(home) / ".config/scrim").string();
  return "";
}

std::string config_path() {
  const std::string folder = settings_folder();
  return folder.empty() ? "" : folder + "/config.toml";
}

Expected<FileSettings> parse_settings(std::string_view toml, const std::string& path) {
  const toml::parse_result parsed = toml::parse(toml);
  if (!parsed)
    return fail(Errc::kRequest, "{}: {}; a line is written as background = \"blur\"",
                place_of(path, parsed.error().source().begin), parsed.error().description());
  FileSettings file;
  for (const auto& [key, value] : parsed.table()) {
    const auto kind = find_setting(key.str());
    if (!kind) return fail_in(place_of(path, key.source().begin), kind.error());
    const std::string place = place_of(path, value.source().begin);
    auto texts = texts_of(value, **kind);
    if (!texts) return fail_in(place, texts.error());
    Settings unused;
    if (auto ok = set_values(unused, **kind, *texts); !ok) return fail_in(place, ok.error());
    file.entries[index_of(**kind)] = {values_of(unused, **kind), place};
  }
  return file;
}

Expected<std::string> read_text(const std::string& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return "";
  if (!fs::is_regular_file(path, ignored))
    return fail(Errc::kSystem, "read {}: it is no regular file", path);
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return fail_errno("read " + path);
  return text;
}

Expected<FileSettings> read_settings(const std::string& path) {
  const auto text = read_text(path);
  if (!text) return std::unexpected(text.error());
  return parse_settings(*text, path);
}

Expected<void> take_file(GivenSettings& given, const FileSettings& file) {
  for (const SettingKind& kind : setting_kinds()) {
    const auto& entry = file.entries[index_of(kind)];
    Origin& from = given.from[index_of(kind)];
    if (!entry || from > Origin::kFile) continue;
    if (auto ok = set_values(given.values, kind, entry->values); !ok)
      return fail_in(entry->place, ok.error());
    from = Origin::kFile;
  }
  return {};
}

Expected<std::string> with_setting(std::string_view toml, const std::string& path,
                                   const SettingKind& kind,
                                   const std::vector<std::string>& values) {
  auto wanted = parse_settings(toml, path);
  if (!wanted) return std::unexpected(wanted.error());
  std::string text = edited(toml, kind, values);
  const auto got = parse_settings(text, path);
  auto& entry = wanted->entries[index_of(kind)];
  entry.reset();
  if (!values.empty()) entry.emplace(FileSettings::Entry{values, ""});
  for (std::size_t i = 0; got && i < kSettingCount; ++i)
    if (got->entries[i].has_value() != wanted->entries[i].has_value() ||
        (got->entries[i] && got->entries[i]->values != wanted->entries[i]->values))
      return fail(Errc::kSystem, "{}: its line for {} cannot be changed from here; edit the file",
                  path, kind.name);
  if (!got) return std::unexpected(got.error());
  return text;
}

Expected<void> make_settings_folder(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  std::error_code ignored;  // the folder itself tells
  fs::create_directories(folder.parent_path(), ignored);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return fail_errno("make " + folder.string());
  return {};
}

Expected<void> write_settings(const std::string& path, std::string_view toml) {
  std::error_code error;
  const fs::path target = fs::exists(path, error) ? fs::canonical(path, error) : fs::path(path);
  if (auto ok = make_settings_folder(target); !ok) return ok;
  auto file = PendingFile::create(target);
  if (!file) return std::unexpected(file.error());
  ::fchmod(file->fd(), 0600);
  const std::span bytes(reinterpret_cast<const unsigned char*>(toml.data()), toml.size());
  if (auto ok = file->write(bytes); !ok) return ok;
  return file->commit();
}

}  // namespace scrim
