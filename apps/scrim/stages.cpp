#include "stages.h"

#include "base/text.h"

namespace scrim {

Expected<Stages> open_stages(std::unique_ptr<Source> source, const std::vector<Spec>& sinks,
                             const LookRequest& request, Pacing pacing) {
  const Size size = source->size();
  auto composer = Composer::make(request.look, size);
  if (!composer) return std::unexpected(composer.error());
  auto segmenter = make_segmenter(request.segmenter);
  if (!segmenter) return std::unexpected(segmenter.error());
  std::vector<std::unique_ptr<Sink>> opened;
  for (const Spec& spec : sinks) {
    auto sink = open_sink(spec, {size, source->fps(), pacing});
    if (!sink) return std::unexpected(sink.error());
    opened.push_back(*std::move(sink));
  }
  return Stages{std::move(source), *std::move(segmenter), Matting(request.matte),
                *std::move(composer), std::move(opened)};
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
