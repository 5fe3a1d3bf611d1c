// The openers that the table in sinks.cpp names, one per file of this folder, with their options.
// Each gets a Spec that passed check(); errors as Sink's, kRequest for what is wrong in the Spec.
#pragma once

#include <memory>

#include "base/text.h"
#include "sinks/sink.h"

namespace scrim {

using OpenedSink = Expected<std::unique_ptr<Sink>>;

OpenedSink open_file_sink(const Spec&, const SinkRequest&);
OpenedSink open_hash_sink(const Spec&, const SinkRequest&);
OpenedSink open_null_sink(const Spec&, const SinkRequest&);
OpenedSink open_pipewire_sink(const Spec&, const SinkRequest&);
OpenedSink open_sheet_sink(const Spec&, const SinkRequest&);
OpenedSink open_v4l2_sink(const Spec&, const SinkRequest&);

inline constexpr Option kSinkSize{"size", "WIDTHxHEIGHT; by default the run's", Option::Type::kText,
                                  ""};

inline constexpr Option kFileMatte{"matte", "write the matte, as grey, instead of the picture",
                                   Option::Type::kFlag, "off"};
inline constexpr Option kFileAlpha{"alpha", "write the person alone, the rest transparent",
                                   Option::Type::kFlag, "off"};
inline constexpr Option kFileSound{"sound", "a file whose sound track is copied",
                                   Option::Type::kText, ""};
inline constexpr Option kFileSoundFrom{
    "sound-from", "where to begin in that file: seconds or [H:]MM:SS", Option::Type::kText, "0"};
inline constexpr Option kFileSinkOptions[] = {kFileMatte, kFileAlpha, kFileSound, kFileSoundFrom,
                                              kSinkSize};

inline constexpr Option kHashSinkOptions[] = {kSinkSize};

inline constexpr Option kNullSinkOptions[] = {kSinkSize};

inline constexpr Option kSheetSinkRows{
    "rows", "how many moments it shows", Option::Type::kInteger, "4", 1, 16};
inline constexpr Option kSheetSinkEvery{
    "every", "seconds between them", Option::Type::kNumber, "2.5", 0.01, 3600};
inline constexpr Option kSheetSinkOptions[] = {kSheetSinkRows, kSheetSinkEvery};

inline constexpr std::string_view kV4l2SinkFormats[] = {"yuyv", "i420", "nv12"};
inline constexpr Option kV4l2SinkFormat{"format",
                                        "the format in which readers get pictures",
                                        Option::Type::kChoice,
                                        "yuyv",
                                        0,
                                        0,
                                        kV4l2SinkFormats};
inline constexpr Option kSinkFps{
    "fps", "the rate that readers are told; 0: the camera's", Option::Type::kNumber, "0", 0, 240};
inline constexpr Option kV4l2SinkOptions[] = {kV4l2SinkFormat, kSinkSize, kSinkFps};

inline constexpr Option kPipewireSinkOptions[] = {kSinkSize, kSinkFps};

/// What the option `size` says, or the request's.
inline Expected<Size> sink_size(const Spec& spec, const SinkRequest& request) {
  const std::string given = text(spec, kSinkSize);
  if (given.empty()) return request.size;
  auto size = parse_size(given);
  if (!size) return fail_in(spec.kind, size.error());
  return size;
}

}  // namespace scrim
