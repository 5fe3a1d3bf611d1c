// The table of segmenters. A new one: a file in this folder with its maker, and a row here. A new
// network of a known kind is no new segmenter but a JSON file in models/.
#include "segmenters/kinds.h"
#include "segmenters/segmenter.h"

namespace scrim {
namespace {

constexpr SegmenterKind kKinds[] = {
    {{"person", "", "a small network that finds people", kPersonOptions}, make_person},
    {{"bodypix", "FOLDER", "BodyPix 2.x, from a folder with its model.json", kBodyPixOptions},
     make_body_pix},
    {{"oval", "", "always the same soft oval, for trying things out", kOvalOptions}, make_oval},
};

}  // namespace

std::span<const SegmenterKind> segmenter_kinds() {
  return kKinds;
}

Expected<std::unique_ptr<Segmenter>> make_segmenter(const Spec& spec) {
  auto kind = choose(segmenter_kinds(), spec, "segmenter");
  if (!kind) return std::unexpected(kind.error());
  return (*kind)->make(spec);
}

}  // namespace scrim
