#include "network/read_file.h"

#include <cerrno>
#include <fstream>
#include <iterator>

namespace scrim {

Expected<std::string> read_file(const std::filesystem::path& path) {
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(stream), {});
  if (!stream.is_open() || stream.bad() || errno) return fail_errno(path.string());
  return bytes;
}

}  // namespace scrim
