// Which processes have a device open, as far as this user may see. Reentrant; reads /proc.
#pragma once

#include <string>
#include <vector>

namespace scrim {

struct Holder {
  int process;
  std::string name;  // "firefox"
};

/// All but this process. `node` is canonical: no links. `proc` is another folder in tests.
std::vector<Holder> find_holders(const std::string& node, const std::string& proc = "/proc");

/// "firefox (process 4711), obs (process 12)", or "". `path` may be a link.
std::string holders_of(const std::string& path);

}  // namespace scrim
