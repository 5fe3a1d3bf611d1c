// Whatever a config file says is understood or refused with its place; a line that is changed in
// one that is understood says what was asked for, and nothing crashes on the rest.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "session/settings_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view toml(reinterpret_cast<const char*>(data), size);
  const auto file = scrim::parse_settings(toml, "f");
  if (!file) {
    if (!file.error().what.starts_with("f:")) std::abort();
    return 0;
  }
  scrim::GivenSettings given;
  if (!scrim::take_file(given, *file)) std::abort();
  for (const scrim::SettingKind& kind : scrim::setting_kinds()) {
    const auto changed = scrim::with_setting(toml, "f", kind, {"low"});
    if (changed && !scrim::parse_settings(*changed, "f")) std::abort();
    if (const auto gone = scrim::with_setting(toml, "f", kind, {}))
      if (scrim::parse_settings(*gone, "f")->entries[scrim::index_of(kind)]) std::abort();
  }
  return 0;
}
