// The output formats, as data: which extension means which container, and how it is encoded.
// For the .cpp files of src/media alone. Reentrant.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "media/ffmpeg.h"
#include "media/video_writer.h"

namespace scrim {

/// One encoder that may serve a container.
struct Encoding {
  const char* encoder;
  AVPixelFormat picture, matte, cutout;  // that frames are filled in; NONE: cannot hold it
  int ticks_per_second;                  // 0: one tick per picture, times are not kept
  bool even;                             // sizes must be
  const char* options;
  AVPixelFormat converted = AV_PIX_FMT_NONE;  // what the encoder takes, if that is another one
};

struct Container {
  std::string_view extension;
  const char* muxer;
  const char* options;                  // the muxer's
  std::span<const Encoding> encodings;  // the first is taken that this build of FFmpeg has
};

/// Whether an encoding of it holds the content.
bool holds(const Container& container, Content content);
/// The first that holds the content and is there; null if there is none.
const Encoding* choose_encoding(const Container& container, Content content);
AVPixelFormat format_for(const Encoding& encoding, Content content);

std::span<const Container> containers();
/// By the extension of the name, upper or lower case; null if there is none such.
const Container* container_of(const std::string& path);

/// Numbered or single PNG files.
struct PngNames {
  std::string before, after;  // the number stands between
  int digits = -1;            // at least; -1: one picture without a number
  std::string at(int index) const;
  /// Whether one of them is that file, which is there.
  bool include(const std::string& file) const;
};
bool is_png_name(const std::string& path);
/// "a/%06d.png", "a/" or "a.png"; "%%" is a percent sign. kRequest if there is another "%" that is
/// no such number.
Expected<PngNames> parse_png_names(const std::string& path);

}  // namespace scrim
