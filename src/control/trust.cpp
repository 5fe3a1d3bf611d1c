// Tested by tests/control/trust_test.cpp.
#include "control/trust.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "backgrounds/background.h"
#include "effects/effect.h"

namespace scrim {
namespace {

// What is not known to be harmless is not: a new kind that names files needs no line here.
constexpr std::array<std::string_view, 6> kHarmlessArguments{
    "", "RRGGBB", "COLOUR-COLOUR[-...]", "[NAME]", "WORDS", "ID"};

bool is_shown(const Spec& spec, const Look& shown) {
  return std::ranges::any_of(
      std::array{&shown.background, &shown.person, &shown.picture},
      [&](const Chain* chain) { return std::ranges::find(*chain, spec) != chain->end(); });
}

/// A font may be a file, too.
bool names_file(const Spec& spec) {
  const std::string* font = spec.find("font");
  return font && font->find_first_of("/.") != font->npos;
}

}  // namespace

bool is_harmless(const Kind& kind) {
  return std::ranges::find(kHarmlessArguments, kind.argument) != kHarmlessArguments.end();
}

Expected<void> check_harmless(const Chain& chain, const Look& shown) {
  for (const Spec& spec : chain) {
    const Kind* const kinds[] = {find_kind(background_kinds(), spec.kind),
                                 find_kind(effect_kinds(), spec.kind)};
    const bool harmless =
        std::ranges::all_of(kinds, [](const Kind* kind) { return !kind || is_harmless(*kind); });
    if ((!harmless || names_file(spec)) && !is_shown(spec, shown))
      return fail(Errc::kRequest,
                  "'{}' names a file, which a page may not; use the command line or `scrim ctl`",
                  print(spec));
  }
  return {};
}

}  // namespace scrim
