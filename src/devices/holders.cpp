#include "devices/holders.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>

namespace scrim {
namespace {

namespace fs = std::filesystem;

bool holds(const fs::path& process, const fs::path& node) {
  std::error_code ignored;
  for (const auto& descriptor : fs::directory_iterator(process / "fd", ignored))
    if (fs::read_symlink(descriptor.path(), ignored) == node) return true;
  return false;
}

}  // namespace

std::vector<Holder> find_holders(const std::string& node, const std::string& proc) {
  std::vector<Holder> found;
  std::error_code ignored;
  for (const auto& process : fs::directory_iterator(proc, ignored)) {
    const std::string id = process.path().filename().string();
    Holder holder{};
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), holder.process);
    const bool numbered = error == std::errc() && end == id.data() + id.size();
    if (!numbered || holder.process == ::getpid() || !holds(process.path(), node)) continue;
    std::ifstream comm(process.path() / "comm");
    std::getline(comm, holder.name);
    found.push_back(std::move(holder));
  }
  return found;
}

std::string holders_of(const std::string& path) {
  std::error_code failed;
  const fs::path node = fs::canonical(path, failed);
  if (failed) return "";
  std::string names;
  for (const Holder& holder : find_holders(node))
    names +=
        fmt::format("{}{} (process {})", names.empty() ? "" : ", ", holder.name, holder.process);
  return names;
}

}  // namespace scrim
