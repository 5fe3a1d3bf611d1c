// What posix_spawn is to do, freed by itself: what is started gets all signals as they usually are,
// whatever this program does with its own. Reentrant.
#pragma once

#include <signal.h>
#include <spawn.h>

namespace scrim {

struct Spawning {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;

  /// `flags`: POSIX_SPAWN_... besides.
  explicit Spawning(short flags = 0) {
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawnattr_init(&attributes);
    sigset_t none, ignored;
    ::sigemptyset(&none);
    ::sigemptyset(&ignored);
    ::sigaddset(&ignored, SIGPIPE);
    ::sigaddset(&ignored, SIGXFSZ);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &ignored);
    ::posix_spawnattr_setflags(
        &attributes, static_cast<short>(flags | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
  }
  Spawning(const Spawning&) = delete;
  Spawning& operator=(const Spawning&) = delete;
  ~Spawning() {
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&attributes);
  }
};

}  // namespace scrim
