#include "part.h"

#include <algorithm>

#include "base/text.h"
#include "session/arguments.h"
#include "sources/span.h"

namespace scrim {
namespace {

Expected<std::optional<double>> own_time(const Spec& file, const char* key) {
  const std::string* given = file.find(key);
  return time_argument(fmt::format("file?{}", key), given ? *given : "");
}

void set_option(Spec& spec, const std::string& key, double seconds) {
  std::erase_if(spec.options, [&](const auto& option) { return option.first == key; });
  spec.options.emplace_back(key, fmt::format("{}", std::min(seconds, kLongestTime)));
}

/// `file` with the part of what its options name.
Expected<Spec> narrowed(Spec file, const Part& part) {
  const auto from = own_time(file, "from");
  if (!from) return std::unexpected(from.error());
  auto to = own_time(file, "to");
  if (!to) return std::unexpected(to.error());
  const double start = from->value_or(0);
  set_option(file, "from", start + part.from);
  if (part.to) *to = std::min(to->value_or(start + *part.to), start + *part.to);
  if (*to) set_option(file, "to", **to);
  return file;
}

}  // namespace

Expected<Part> parse_part(const std::string& from, const std::string& to) {
  const auto begin = time_argument("--from", from);
  if (!begin) return std::unexpected(begin.error());
  const auto end = time_argument("--to", to);
  if (!end) return std::unexpected(end.error());
  if (*end && begin->value_or(0) >= **end)
    return fail(Errc::kRequest, "--from {} --to {}: the part must end after its beginning",
                from.empty() ? "0" : from, to);
  return Part{begin->value_or(0), *end};
}

Expected<std::unique_ptr<Source>> open_part(const Spec& input, const Part& part,
                                            const SourceRequest& request) {
  if (input.kind == "file" && !input.find("loop")) {  // its rounds are counted, not its seconds
    const auto file = narrowed(input, part);
    if (!file) return std::unexpected(file.error());
    return open_source(*file, request);
  }
  auto source = open_source(input, request);
  if (!source) return source;
  return std::make_unique<Span>(*std::move(source), part.from, part.to);
}

Expected<double> start_in_file(const Spec& file, const Part& part) {
  const auto from = own_time(file, "from");
  if (!from) return std::unexpected(from.error());
  return std::min(from->value_or(0) + part.from, kLongestTime);
}

}  // namespace scrim
