// What stands behind the person. Kinds stand in the table in backgrounds.cpp.
//
// Reentrant; keeps no view after a call. All that can fail, failed when it was made. Moving ones
// decode ahead in a thread of their own.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "base/spec.h"
#include "image/image.h"
#include "image/picture_library.h"

namespace scrim {

class Background {
 public:
  virtual ~Background() = default;
  /// Writes the background for the moment `now` into `out`, which has the size it was made for.
  /// false: `out`, untouched since the last call, still holds it.
  virtual Expected<bool> draw(ConstImageView camera, Clock::time_point now, ImageView out) = 0;
  /// Whether the person is in it, too, just where the camera has them.
  virtual bool shows_person() const { return false; }
};

/// How backgrounds that move or follow a file keep time. kOffline: the picture that belongs to
/// `now`, always, and files are read once. kLive: draw() never waits, and a file that is replaced
/// on disk is shown anew; `tell` hears one line when it cannot be read, on any thread. `pictures`
/// is where effects, and programs whose backgrounds read no files, find those that a Look names;
/// for the making call only.
struct Playback {
  Pacing pacing = Pacing::kOffline;
  std::function<void(const std::string& line)> tell = [](const std::string&) {};
  const PictureLibrary* pictures = nullptr;
};

struct BackgroundKind : Kind {
  Expected<std::unique_ptr<Background>> (*make)(const Spec&, Size, const Playback&);
};

std::span<const BackgroundKind> background_kinds();
Expected<std::unique_ptr<Background>> make_background(const Spec&, Size, const Playback& = {});

}  // namespace scrim
