// A confined process that has been taken over may write anything: the taker ends with an error, or
// has pictures of the size that it allowed.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/unique_fd.h"
#include "media/picture_pipe.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const scrim::UniqueFd file(::memfd_create("pipe", MFD_CLOEXEC));
  if (::write(file.get(), data, size) != static_cast<ssize_t>(size)) return 0;
  ::lseek(file.get(), 0, SEEK_SET);
  auto taker = scrim::PictureTaker::open(file.get(), {64, 64});
  if (!taker) return 0;
  if (taker->row().size.width > 64 || taker->row().size.height > 64) std::abort();
  scrim::Image picture(taker->row().size);
  while (taker->take(picture.view())) {
  }
  return 0;
}
