// Writes pictures, each with its own time, to a file whose name tells the format:
//
//   .mp4   H.264                            .webm  VP9 (holds transparency)
//   .mov   ProRes (holds transparency)      .mkv   FFV1, lossless (holds transparency)
//   .nut   raw (holds transparency)         .y4m   raw, constant rate
//   .gif   256 colours                      -      standard output: y4m, or nut for a cut-out
//   .png   one picture; NAME%06d.png, or a folder with "/" at its end: numbered ones
//          (holds transparency; %% in a name is a percent sign)
//
// Colours are tagged as what they are, BT.601 limited. Times keep to 1.4 us (mp4) or 1 ms (mkv,
// webm) or 10 ms (gif); y4m knows only the nominal rate. Lossy formats but gif get even sizes: the
// last column and row are repeated. The file appears under its name, whole, when close() has
// succeeded; a writer that goes without close() leaves nothing. Numbered pictures appear one by
// one, each whole. Reentrant; encoders may run threads of their own.
#pragma once

#include <memory>
#include <string>

#include "base/error.h"
#include "image/image.h"

namespace scrim {

/// What of a finished frame goes into the file.
enum class Content {
  kPicture,
  kMatte,   // as grey: 0 black, 255 white
  kCutout,  // the person unblended, with the matte as transparency; zero where the matte is
};

struct WriteOptions {
  Size size;
  double fps = 30;  // nominal; tells how long the last picture stays
  Content content = Content::kPicture;
  /// Another file whose first sound track is copied, as it is; "": no sound. Second 0 of the
  /// output is `sound_from` of that file, counted from its first picture.
  std::string sound = {};
  double sound_from = 0;
};

class VideoWriter {
 public:
  virtual ~VideoWriter() = default;
  /// Views are of the writer's size; those that the content doesn't need may be empty. `seconds`
  /// is not negative and rises. kSystem: "write FILE: No space left on device".
  virtual Expected<void> write(ConstImageView picture, ConstPlane matte, double seconds) = 0;
  /// Called once, last. kSystem.
  virtual Expected<void> close() = 0;
};

/// Whether the name tells a format that can hold the content; opens nothing. kRequest.
Expected<void> check_output_name(const std::string& path, Content content = Content::kPicture);

/// Whether what is written under that name would take the place of `file`, which is there.
bool would_replace(const std::string& path, const std::string& file);

/// kRequest as above; kSystem: cannot be created.
Expected<std::unique_ptr<VideoWriter>> create_video(const std::string& path,
                                                    const WriteOptions& options);

}  // namespace scrim
