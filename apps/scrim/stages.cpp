#include "stages.h"

#include "base/text.h"

namespace scrim {

Expected<std::optional<Size>> size_argument(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto sides = parse_dimensions(text);
  if (!sides) return std::unexpected(sides.error());
  return Size{(*sides)[0], (*sides)[1]};
}

Expected<std::optional<double>> time_argument(const std::string& option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto seconds = parse_time(text);
  if (!seconds) return fail_in(option, seconds.error());
  return *seconds;
}

}  // namespace scrim
