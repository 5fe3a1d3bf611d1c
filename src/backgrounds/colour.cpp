#include "backgrounds/kinds.h"
#include "backgrounds/still.h"
#include "base/text.h"
#include "image/convert.h"

namespace scrim {

MadeBackground make_colour(const Spec& spec, Size size, const Playback&) {
  const auto rgb = parse_colour(spec.argument);
  if (!rgb) return std::unexpected(rgb.error());
  Image picture(size);
  fill(picture.view(), rgb_to_internal(*rgb));
  return std::make_unique<Still>(std::move(picture));
}

}  // namespace scrim
