// The table of sources. A new one: a file in this folder with its opener, and a row here.
#include <memory>

#include "sources/kinds.h"
#include "sources/source.h"

namespace scrim {
namespace {

using enum Argument;

constexpr SourceKind kKinds[] = {
    {{"v4l2",
      kDevice,
      "a camera, such as /dev/video0; by default the first real colour camera; also takes the "
      "camera's own controls, such as brightness=140",
      kCameraOptions,
      {},
      true},
     open_v4l2_camera},
    {{"pipewire",
      kPipewireNode,
      "a camera in PipeWire; by default the first that is not Scrim's",
      {}},
     open_pipewire_camera},
    {{"file", kFile, "a video or picture file, whatever FFmpeg can decode", kFileSourceOptions},
     open_file},
    {{"presenter", kNone, "a drawn person who talks and waves; needs no camera", kPresenterOptions},
     open_presenter},
    {{"pattern", kNone, "colour bars, a grey ramp and a moving box, of known values",
      kPatternOptions},
     open_pattern},
};

}  // namespace

std::span<const SourceKind> source_kinds() {
  return kKinds;
}

Expected<std::unique_ptr<Source>> open_source(const Spec& spec, const SourceRequest& request) {
  auto kind = choose(source_kinds(), spec, "source");
  if (!kind) return std::unexpected(kind.error());
  return (*kind)->open(spec, request);
}

}  // namespace scrim
