// Whatever a request says, only the token lets in, and never under another name; and what people
// read of its name is one line that is not empty.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "control/door.h"
#include "media/upload_store.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  auto line = [&, at = std::size_t{0}]() mutable {
    const std::size_t begin = std::min(at, text.size()),
                      end = std::min(text.find('\n', begin), text.size());
    at = end + 1;
    return text.substr(begin, end - begin);
  };
  static const scrim::Door kDoor(std::string(32, '\1'), 8765, false);
  scrim::HttpRequest request{.method = line(), .path = line(), .query = {{"token", line()}}};
  for (const char* name : {"Host", "Origin", "Sec-Fetch-Site", "Cookie", "Authorization"})
    request.headers.emplace_back(name, line());
  const bool knows = text.find(std::string(32, '\1')) != text.npos;
  if (!kDoor.answer(request) && !knows) std::abort();
  const std::string shown = scrim::presentable(text);
  if (shown.empty() || shown.find('\n') != shown.npos || shown.size() > 64) std::abort();
  return 0;
}
