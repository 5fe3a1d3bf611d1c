#include "segmenters/body_pix_geometry.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace scrim {
namespace {

struct Named {
  std::string_view name;
  double part;
};
constexpr Named kResolutions[] = {{"low", 0.25}, {"medium", 0.5}, {"high", 0.75}, {"full", 1}};
constexpr double kLeast = 0.1, kMost = 2;

int valid_side(double side, int stride) {
  if (std::fmod(side - 1, stride) == 0) return static_cast<int>(side);
  return static_cast<int>(std::floor(side / stride)) * stride + 1;
}

/// As JavaScript rounds: halves upwards.
int rounded(double value) {
  return std::max(static_cast<int>(std::floor(value + 0.5)), 0);
}

Lerp between(double at, int size) {
  const double place = std::clamp(at, 0.0, size - 1.0);
  const int low = static_cast<int>(place);
  return {low, std::min(low + 1, size - 1), static_cast<float>(place - low)};
}

}  // namespace

std::optional<double> body_pix_resolution(std::string_view text) {
  const auto named = std::ranges::find(kResolutions, text, &Named::name);
  if (named != std::end(kResolutions)) return named->part;
  const auto number = parse_number(text);
  if (!number || *number < kLeast || *number > kMost) return std::nullopt;
  return *number;
}

Size body_pix_input(Size picture, double resolution, int stride) {
  return {valid_side(picture.width * resolution, stride),
          valid_side(picture.height * resolution, stride)};
}

BodyPixPadding body_pix_padding(Size picture, Size input) {
  const double wanted = static_cast<double>(input.width) / input.height;
  const double aspect = static_cast<double>(picture.width) / picture.height;
  if (aspect < wanted) return {0, rounded(0.5 * (wanted * picture.height - picture.width))};
  return {rounded(0.5 * (1 / wanted * picture.width - picture.height)), 0};
}

void place_in_picture(int size, int padding, int count, std::vector<Lerp>& out) {
  out.resize(static_cast<std::size_t>(count));
  const int padded = size + 2 * padding;
  const double step = static_cast<double>(padded) / count;
  const auto inside = [&](int at) { return at >= padding && at < padding + size; };
  for (int i = 0; i < count; ++i) {
    Lerp place = between(i * step, padded);
    place.low = inside(place.low) ? place.low - padding : -1;
    place.high = inside(place.high) ? place.high - padding : -1;
    out[static_cast<std::size_t>(i)] = place;
  }
}

void place_in_input(int input, int size, int padding, int count, std::vector<Lerp>& out) {
  out.resize(static_cast<std::size_t>(count));
  const double last = std::max(size + 2 * padding - 1, 1);
  // The library keeps these in single precision.
  const float from = static_cast<float>(padding / last);
  const float to = static_cast<float>((padding + size - 1) / last);
  const double begin = static_cast<double>(from) * (input - 1);
  const double end = static_cast<double>(to) * (input - 1);
  for (int i = 0; i < count; ++i) {
    const double at = count > 1 ? begin + i * ((end - begin) / (count - 1)) : (begin + end) / 2;
    out[static_cast<std::size_t>(i)] = between(at, input);
  }
}

}  // namespace scrim
