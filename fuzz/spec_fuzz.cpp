// Whatever parses prints to something that parses to the same; nothing crashes on the rest.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/spec.h"
#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto spec = scrim::parse_spec(text)) {
    const auto again = scrim::parse_spec(scrim::print(*spec));
    if (!again || *again != *spec) std::abort();
  }
  if (const auto chain = scrim::parse_chain(text)) {
    const auto again = scrim::parse_chain(scrim::print(*chain));
    if (!again || *again != *chain) std::abort();
  }
  (void)scrim::parse_dimensions(text);
  (void)scrim::parse_colour(text);
  (void)scrim::parse_time(text);
  return 0;
}
