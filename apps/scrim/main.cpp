// The engine: all commands, with all the libraries that they need. `scrim` starts it
// (launcher.cpp).
#include <malloc.h>

#include "command_line.h"

namespace scrim {
namespace {

constexpr CommandKind kCommands[] = {
    {"run", "Live: a camera in, the picture with its new background out", add_run},
    kCtl,
    {"config", "Settings that last: show, set, unset, path", add_config},
    {"panel", "Opens the panel of a running Scrim in the browser", add_panel},
    {"render", "A video or picture file in, a file out, every frame", add_render},
    {"mask", "Masks of pictures and videos as PNG files, white where the person is", add_mask},
    {"serve", "Masks over HTTP: who sends a picture gets its mask, white where the person is",
     add_serve},
    {"devices", "Cameras and virtual cameras: what they can, and which are taken", add_devices},
    {"doctor", "What keeps Scrim from working on this computer, and the cure", add_doctor},
    {"effects", "What a look can be made of: backgrounds and effects with their options",
     add_effects},
    {"models", "The networks, and whether their files are there", add_models},
    {"bench", "CPU time per frame on this computer, beside the least that it could be", add_bench},
    {"complete", "", add_complete},
    {"manual", "", add_manual},
    {"intake", "", add_intake},
};

}  // namespace
}  // namespace scrim

int main(int argc, char** argv) {
  // Pictures that are given back go back to the system, too. Left alone, the C library learns from
  // the first of them to keep the rest: 10 MB of holes.
  ::mallopt(M_MMAP_THRESHOLD, 128 << 10);
  return scrim::run_command_line(scrim::kCommands, argc, argv);
}
