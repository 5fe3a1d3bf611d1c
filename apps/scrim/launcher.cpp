// What people start as `scrim`. A key of the desktop may wait for `scrim ctl`, so that is carried
// out here, without the 150 libraries that pictures need (they take 50 ms to load); for all else
// this process becomes the engine, which goes by the same name.
#include <unistd.h>

#include <filesystem>
#include <string_view>

#include "command_line.h"
#include "say.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;

/// Where the engine lies from here: as it is built, and as it is installed.
constexpr const char* kEngines[] = {"engine/scrim", "../libexec/scrim/scrim"};

/// Comes back if there is none.
int become_engine(char** argv) {
  std::error_code ignored;
  const fs::path here = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  if (here.empty()) {  // what lies in the current folder is not to be run
    say("scrim: read /proc/self/exe: is /proc mounted?\n");
    return 1;
  }
  for (const char* engine : kEngines) ::execv((here / engine).c_str(), argv);
  const int error = errno;
  say(fmt::format("scrim: start {}: {}; install Scrim again\n",
                  (here / std::end(kEngines)[-1]).lexically_normal().string(),
                  std::strerror(error)));
  return 1;
}

}  // namespace
}  // namespace scrim

int main(int argc, char** argv) {
  const bool is_ctl = argc > 1 && argv[1] == scrim::kCtl.name;
  return is_ctl ? scrim::run_command_line({&scrim::kCtl, 1}, argc, argv)
                : scrim::become_engine(argv);
}
