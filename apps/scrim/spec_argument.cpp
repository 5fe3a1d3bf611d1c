#include "spec_argument.h"

#include <filesystem>

#include "sinks/sink.h"
#include "sources/source.h"

namespace scrim {
namespace {

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored) && !std::filesystem::is_directory(path, ignored);
}

/// "image:a,b.jpg" where "a,b.jpg" exists: taken as written.
std::optional<Spec> as_written(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos || !exists(text.substr(colon + 1))) return {};
  return Spec{text.substr(0, colon), text.substr(colon + 1), {}};
}

template <class AnyKind>
Expected<Spec> file_or_spec(const std::string& text, std::span<const AnyKind> kinds) {
  const std::string kind = text.substr(0, text.find_first_of(":?"));
  if (exists(text) || !find_kind(kinds, kind)) return Spec{"file", text, {}};
  if (auto spec = as_written(text)) return *spec;
  return parse_spec(text);
}

}  // namespace

Expected<Spec> source_argument(const std::string& text) {
  return file_or_spec(text, source_kinds());
}

Expected<Spec> sink_argument(const std::string& text) {
  return file_or_spec(text, sink_kinds());
}

Expected<Chain> chain_argument(const std::string& option, const std::string& text) {
  if (exists(text)) return Chain{{"image", text, {}}};
  if (auto spec = as_written(text)) return Chain{*spec};
  auto chain = parse_chain(text);
  if (!chain) return fail_in(option, chain.error());
  return chain;
}

}  // namespace scrim
