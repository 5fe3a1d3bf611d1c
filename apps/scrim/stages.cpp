#include "stages.h"

#include "base/text.h"

namespace scrim {

Expected<std::optional<Size>> size_argument(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto size = parse_size(text);
  if (!size) return std::unexpected(size.error());
  return *size;
}

Expected<std::optional<double>> time_argument(const std::string& option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto seconds = parse_time(text);
  if (!seconds) return fail_in(option, seconds.error());
  return *seconds;
}

CLI::Validator within(double low, double high) {
  const auto check = [low, high](const std::string& text) -> std::string {
    double value = 0;
    if (CLI::detail::lexical_cast(text, value) && value >= low && value <= high) return "";
    return fmt::format("expected a number from {} to {}, not '{}'", low, high, text);
  };
  return CLI::Validator(check, fmt::format("FLOAT in [{} - {}]", low, high));
}

}  // namespace scrim
