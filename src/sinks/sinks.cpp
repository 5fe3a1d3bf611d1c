// The table of sinks. A new one: a file in this folder with its opener, and a row here.
#include <memory>

#include "sinks/kinds.h"
#include "sinks/sink.h"

namespace scrim {
namespace {

using enum Argument;

constexpr SinkKind kKinds[] = {
    {{"v4l2", kDevice,
      "a virtual camera (v4l2loopback); by default the one named Scrim, or the only one",
      kV4l2SinkOptions},
     open_v4l2_sink},
    {{"pipewire", kPipewireNode,
      "a virtual camera in PipeWire, which needs no kernel module; by default named Scrim",
      kPipewireSinkOptions},
     open_pipewire_sink},
    {{"file", kFileToWrite,
      "a video (.mp4, .mov, .webm, .mkv, .y4m, .gif) or numbered pictures (NAME%06d.png, DIR/)",
      kFileSinkOptions},
     open_file_sink},
    {{"hash", kFileOrStdout, "one line for each picture: number, seconds, hash of its samples",
      kHashSinkOptions},
     open_hash_sink},
    {{"null", kNone, "takes pictures and forgets them", kNullSinkOptions}, open_null_sink},
    {{"sheet", kPngToWrite, "a contact sheet: input, matte and output of some moments",
      kSheetSinkOptions},
     open_sheet_sink},
};

}  // namespace

std::span<const SinkKind> sink_kinds() {
  return kKinds;
}

Expected<std::unique_ptr<Sink>> open_sink(const Spec& spec, const SinkRequest& request) {
  auto kind = choose(sink_kinds(), spec, "sink");
  if (!kind) return std::unexpected(kind.error());
  return (*kind)->open(spec, request);
}

}  // namespace scrim
