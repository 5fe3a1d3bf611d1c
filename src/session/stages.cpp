#include "session/stages.h"

#include <utility>

#include "media/file_pictures.h"
#include "media/jpeg.h"
#include "pipeline/foresight.h"

namespace scrim {

Expected<Composer> make_composer(const Look& look, Size size, const Playback& playback) {
  const FilePictures files;
  Playback with_files = playback;
  with_files.pictures = &files;
  return Composer::make(look, size, with_files);
}

SegmenterNeeds segmenter_needs(const Playback& playback) {
  return {playback.pacing, playback.tell, [](ConstImageView picture) {
            constexpr int kQuality = 92;
            return encode_jpeg(picture, kQuality);
          }};
}

Expected<NewMatting> make_matting(const LookRequest& request, const Playback& playback,
                                  bool still) {
  const SegmenterNeeds needs = segmenter_needs(playback);
  auto segmenter = make_segmenter(request.segmenter, needs);
  if (!segmenter) return std::unexpected(segmenter.error());
  MatteSettings matte = request.matte;
  matte.still = still;
  NewMatting made{*std::move(segmenter), Matting(matte)};
  if (!request.lighter || playback.pacing != Pacing::kLive) return made;
  auto lighter = make_segmenter(*request.lighter, needs);
  if (!lighter) return std::unexpected(lighter.error());
  made.lighter = *std::move(lighter);
  return made;
}

Expected<Stages> open_stages(std::unique_ptr<Source> source, const std::vector<Spec>& sinks,
                             const LookRequest& request, const Playback& playback) {
  const Pacing pacing = playback.pacing;
  const Size size = source->size();
  auto matting = make_matting(request, playback, source->still() && pacing == Pacing::kOffline);
  if (!matting) return std::unexpected(matting.error());
  auto composer = make_composer(with_despill(request.look, request.segmenter), size, playback);
  if (!composer) return std::unexpected(composer.error());
  std::vector<std::unique_ptr<Sink>> opened;
  for (const Spec& spec : sinks) {
    auto sink = open_sink(spec, {size, source->fps(), pacing});
    if (!sink) return std::unexpected(sink.error());
    opened.push_back(*std::move(sink));
  }
  Stages stages{std::move(source), std::move(matting->segmenter), std::move(matting->matting),
                *std::move(composer), std::move(opened)};
  stages.lighter = std::move(matting->lighter);
  return stages;
}

Expected<void> make_in_spans(Stages& stages, const LookRequest& request, int workers,
                             const OpenAgain& open) {
  const bool remembers = !request.matte.raw && !stages.segmenter->exact();
  if (stages.source->still() || stages.segmenter->relay() || !remembers) return {};
  const bool high = request.matte.effort == Effort::kHigh;
  bool ahead = workers > 1 || high;
  if (ahead) {
    const auto again = stages.source->seek(kStart);
    if (!again) return std::unexpected(again.error());
    if (!*again && high)
      return fail(Errc::kSystem,
                  "--effort high reads its input twice, which this one does not allow; give a file "
                  "by its name, or leave --effort out");
    ahead = *again;
  }
  std::vector<Lookout> lookouts;
  lookouts.push_back({open, std::move(stages.segmenter)});
  for (int i = 2; i <= (ahead ? workers : 1); ++i) {
    auto segmenter = make_segmenter(request.segmenter);
    if (!segmenter) return std::unexpected(segmenter.error());
    lookouts.push_back({open, *std::move(segmenter)});
  }
  stages.spans = ahead ? foresee(request.matte, std::move(lookouts))
                       : in_order(request.matte, std::move(lookouts.front().segmenter));
  return {};
}

}  // namespace scrim
