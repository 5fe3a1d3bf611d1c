#include "network/lerp.h"

#include <algorithm>

namespace scrim {

std::vector<Lerp> make_lerps(int from, int to, Sampling sampling) {
  std::vector<Lerp> lerps;
  const bool align = sampling == Sampling::kAlignCorners && to > 1;
  const float scale = align ? static_cast<float>(from - 1) / static_cast<float>(to - 1)
                            : static_cast<float>(from) / static_cast<float>(to);
  const float shift = sampling == Sampling::kHalfPixel ? 0.5f : 0.0f;
  for (int i = 0; i < to; ++i) {
    const float at = std::max((static_cast<float>(i) + shift) * scale - shift, 0.0f);
    const int low = std::min(static_cast<int>(at), from - 1);
    lerps.push_back({low, std::min(low + 1, from - 1), at - static_cast<float>(low)});
  }
  return lerps;
}

std::vector<float> mean_weights(int from, int to, Sampling sampling) {
  std::vector<float> weights(static_cast<std::size_t>(from));
  const float share = 1 / static_cast<float>(to);
  for (const Lerp& lerp : make_lerps(from, to, sampling)) {
    weights[static_cast<std::size_t>(lerp.low)] += (1 - lerp.part) * share;
    weights[static_cast<std::size_t>(lerp.high)] += lerp.part * share;
  }
  return weights;
}

}  // namespace scrim
