#include "session/arguments.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "media/video_reader.h"
#include "sinks/sink.h"
#include "sources/source.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;

/// A pipe or a device is none: who looked into it might wait for ever.
bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

/// "image:a,b.jpg" where "a,b.jpg" exists: taken as written.
std::optional<Spec> as_written(const std::string& text, const fs::path& folder) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos || !is_file(folder / text.substr(colon + 1))) return {};
  return Spec{text.substr(0, colon), text.substr(colon + 1), {}};
}

template <class AnyKind>
Expected<Spec> file_or_spec(const std::string& text, std::span<const AnyKind> kinds,
                            const fs::path& folder) {
  const std::string kind = text.substr(0, text.find_first_of(":?"));
  if (is_file(folder / text) || !find_kind(kinds, kind)) return Spec{"file", text, {}};
  if (auto spec = as_written(text, folder)) return *spec;
  return parse_spec(text);
}

Expected<void> fit_content(Spec& sink, Content content) {
  const bool to_file = sink.kind == "file";
  if (to_file)
    if (auto ok = check_output_name(sink.argument, content); !ok) return ok;
  if (content == Content::kPicture) return {};
  const bool matte = content == Content::kMatte;
  if (!to_file)
    return fail(Errc::kRequest, "{}: takes no {}; name a file instead, such as out.webm or out/",
                print(sink), matte ? "matte (--matte-only)" : "cut-out (--alpha)");
  sink.options.emplace_back(matte ? "matte" : "alpha", "on");
  return {};
}

/// "beach.jpg", "pictures/beach"; no kind has such a name.
bool names_file(const std::string& text) {
  return !text.contains(',') &&
         text.substr(0, text.find_first_of(":?")).find_first_of("./") != text.npos;
}

/// A file given by its bare name: what moves, moves. One that cannot be read is refused later.
Spec file_background(const std::string& name, const fs::path& folder) {
  const auto reader = VideoReader::open(folder / name, {});
  return {reader && !reader->info().still ? "video" : "image", name, {}};
}

}  // namespace

Expected<Spec> source_argument(const std::string& text, const std::string& folder) {
  return file_or_spec(text, source_kinds(), folder);
}

Expected<std::vector<Spec>> sink_arguments(const std::vector<std::string>& texts, Content content,
                                           const std::string& folder) {
  std::vector<Spec> sinks;
  for (const std::string& text : texts) {
    auto sink = file_or_spec(text, sink_kinds(), folder);
    if (!sink) return fail_in("--output", sink.error());
    if (auto ok = fit_content(*sink, content); !ok) return fail_in("--output", ok.error());
    if (auto kind = choose(sink_kinds(), *sink, "output"); !kind)
      return fail_in("--output", kind.error());
    if (std::ranges::find(sinks, *sink) != sinks.end())
      return fail(Errc::kRequest, "--output: '{}' is named twice", text);
    sinks.push_back(*std::move(sink));
  }
  return sinks;
}

Expected<void> check_not_replaced(const Spec& input, std::span<const Spec> outputs) {
  for (const Spec& output : outputs)
    if (input.kind == "file" && would_replace(output.argument, input.argument))
      return fail(Errc::kRequest, "--output: {} is what is read; name another file",
                  output.argument);
  return {};
}

Expected<Chain> chain_argument(const std::string& option, const std::string& text,
                               const std::string& folder) {
  if (is_file(folder / fs::path(text))) return Chain{file_background(text, folder)};
  if (auto spec = as_written(text, folder)) return Chain{*spec};
  auto chain = parse_chain(text);
  if (!chain && names_file(text))
    return fail(Errc::kRequest, "{}: no such file '{}'", option, text);
  if (!chain) return fail_in(option, chain.error());
  return chain;
}

Expected<std::optional<Size>> size_argument(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto size = parse_size(text);
  if (!size) return std::unexpected(size.error());
  return *size;
}

Expected<std::optional<double>> time_argument(const std::string& option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto seconds = parse_time(text);
  if (!seconds) return fail_in(option, seconds.error());
  return *seconds;
}

}  // namespace scrim
