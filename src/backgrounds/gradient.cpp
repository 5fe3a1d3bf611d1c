// Colours along a line through the middle, just long enough that the outermost corners get the
// outermost colours. Tested by tests/backgrounds/backgrounds_test.cpp.
#include <cmath>
#include <vector>

#include "backgrounds/kinds.h"
#include "backgrounds/still.h"
#include "base/text.h"
#include "image/canvas.h"

namespace scrim {
namespace {

Expected<std::vector<Colour>> parse_colours(std::string_view text) {
  std::vector<Colour> colours;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('-', at), text.size());
    const auto parsed = parse_colour(text.substr(at, end - at));
    if (!parsed) return std::unexpected(parsed.error());
    const auto [red, green, blue] = *parsed;
    colours.push_back(rgb(static_cast<std::uint32_t>(red << 16 | green << 8 | blue)));
    at = end + 1;
  }
  if (colours.size() < 2)
    return fail(Errc::kRequest, "gradient:{0}: two colours or more, such as gradient:{0}-white",
                text);
  return colours;
}

/// Each colour after the first two is faded in over what lies there.
void draw_gradient(const std::vector<Colour>& colours, Point begin, Point end, Canvas& canvas,
                   Size size) {
  Path& all = canvas.shape().box({-2, -2}, {size.width + 2.0, size.height + 2.0});
  const auto at = [&](std::size_t i) {
    return between(begin, end, static_cast<double>(i) / static_cast<double>(colours.size() - 1));
  };
  canvas.fill(all, {linear(at(0), colours[0], at(1), colours[1])});
  for (std::size_t i = 2; i < colours.size(); ++i)
    canvas.fill(all, {fade(colours[i], at(i - 1), 0, at(i), 1)});
}

}  // namespace

MadeBackground make_gradient(const Spec& spec, Size size, const Playback&) {
  const auto colours = parse_colours(spec.argument);
  if (!colours) return std::unexpected(colours.error());
  const double turns = number(spec, kGradientAngle) / 360;
  const Point way{cosine(turns), sine(turns)};
  const double half = (std::abs(way.x) * size.width + std::abs(way.y) * size.height) / 2;
  const Point middle{size.width / 2.0, size.height / 2.0};
  Image picture(size);
  Canvas canvas(size);
  canvas.aim(picture.view());
  draw_gradient(*colours, middle - way * half, middle + way * half, canvas, size);
  return std::make_unique<Still>(std::move(picture));
}

}  // namespace scrim
