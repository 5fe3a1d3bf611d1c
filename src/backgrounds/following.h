// Follows a file on disk for a background that is live: each time it has changed, `load` shall show
// it. What `load` fails with is told, once until it succeeds again; what was shown before stays.
// Everything runs on the watch's thread, off the frame path.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "backgrounds/background.h"
#include "base/file_watch.h"

namespace scrim {

struct Following {
  std::function<Expected<void>()> load;
  std::function<void()> begun = [] {};  // its content is being written over
};

/// Null if `playback` is not live or the file cannot be watched, which is told.
inline std::unique_ptr<FileWatch> follow(const std::string& path, const Playback& playback,
                                         Following following) {
  if (playback.pacing != Pacing::kLive) return nullptr;
  auto changed = [following = std::move(following), tell = playback.tell,
                  told = false](FileWatch::Change change) mutable {
    if (change == FileWatch::Change::kBegun) return following.begun();
    const auto loaded = following.load();
    if (!loaded && !told) tell(loaded.error().what + "; the background before it stays");
    told = !loaded;
  };
  auto watch = FileWatch::start(path, std::move(changed));
  if (!watch) playback.tell(watch.error().what + "; changes of it will not be shown");
  return watch ? *std::move(watch) : nullptr;
}

}  // namespace scrim
