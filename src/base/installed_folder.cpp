// Tested by tests/library/installed (the shared library) and tests/package (the engine).
#include "base/installed_folder.h"

#include <link.h>

#include <cstdint>
#include <filesystem>

namespace scrim {
namespace {

namespace fs = std::filesystem;

/// The file that this code was loaded from: of the program itself the list says no name.
int find_own(dl_phdr_info* loaded, std::size_t, void* file) {
  const auto own = reinterpret_cast<std::uintptr_t>(&find_own);
  for (int i = 0; i < loaded->dlpi_phnum; ++i) {
    const auto& part = loaded->dlpi_phdr[i];
    const std::uintptr_t begin = loaded->dlpi_addr + part.p_vaddr;
    if (part.p_type != PT_LOAD || own < begin || own >= begin + part.p_memsz) continue;
    if (*loaded->dlpi_name) *static_cast<fs::path*>(file) = loaded->dlpi_name;
    return 1;
  }
  return 0;
}

}  // namespace

std::string installed_folder() {
  fs::path file = "/proc/self/exe";
  ::dl_iterate_phdr(find_own, &file);
  std::error_code ignored;
  const fs::path folder = fs::canonical(file, ignored).parent_path();
  // PREFIX/libexec/scrim, PREFIX/lib, or PREFIX/lib/ARCHITECTURE.
  const fs::path near = folder.parent_path() / "share",
                 far = folder.parent_path().parent_path() / "share";
  return fs::is_directory(near / "scrim", ignored) ? near : far;
}

}  // namespace scrim
