#include "backgrounds/kinds.h"
#include "backgrounds/still.h"
#include "base/text.h"
#include "image/convert.h"

namespace scrim {

Expected<std::unique_ptr<Background>> make_colour(const Spec& spec, Size size) {
  const auto rgb = parse_colour(spec.argument);
  if (!rgb) return std::unexpected(rgb.error());
  Image picture(size);
  fill(picture.view(), rgb_to_internal(*rgb));
  return std::make_unique<Still>(std::move(picture));
}

}  // namespace scrim
