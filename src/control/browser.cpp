#include "control/browser.h"

#include <sys/wait.h>
#include <unistd.h>

#include <vector>

#include "base/spawning.h"

namespace scrim {
namespace {

/// Whether it ended well.
bool run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const Spawning how;
  pid_t child = 0;
  int status = -1;
  return ::posix_spawnp(&child, arguments[0], &how.files, &how.attributes, arguments.data(),
                        ::environ) == 0 &&
         ::waitpid(child, &status, 0) == child && status == 0;
}

}  // namespace

bool open_in_browser(const std::string& link) {
  return run({"xdg-open", link});
}

bool start_browser(const std::string& link) {
  return run({"setsid", "--fork", "xdg-open", link});
}

}  // namespace scrim
