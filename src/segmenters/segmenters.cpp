// The table of segmenters. A new one: a file in this folder with its maker, and a row here. A new
// network of a known kind is no new segmenter but a JSON file in models/.
#include "segmenters/kinds.h"
#include "segmenters/segmenter.h"

namespace scrim {
namespace {

using enum Argument;

constexpr SegmenterKind kKinds[] = {
    {{"person", kNone, "a small network that finds people", kPersonOptions}, make_person},
    {{"bodypix", kFolder, "BodyPix 2.x, from a folder with its model.json", kBodyPixOptions},
     make_body_pix},
    {{"oval", kNone, "always the same soft oval, for trying things out", kOvalOptions}, make_oval},
    {{"chroma", kNone, "whoever stands before a screen of one colour", kChromaOptions},
     make_chroma},
    {{"remote", kUrl, "a mask service, such as scrim serve", kRemoteOptions},
     make_remote,
     warning_of_remote},
};

}  // namespace

std::span<const SegmenterKind> segmenter_kinds() {
  return kKinds;
}

Expected<std::unique_ptr<Segmenter>> make_segmenter(const Spec& spec, const SegmenterNeeds& needs) {
  auto kind = choose(segmenter_kinds(), spec, "segmenter");
  if (!kind) return std::unexpected(kind.error());
  return (*kind)->make(spec, needs);
}

std::string warning_of_segmenter(const Spec& spec) {
  const SegmenterKind* kind = find_kind(segmenter_kinds(), spec.kind);
  return kind ? kind->warning(spec) : "";
}

}  // namespace scrim
