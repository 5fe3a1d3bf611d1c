// Out of focus as through a lens: every point becomes a disc, and bright ones shine through. Means
// over a disc, weighted by how bright a point is, at a quarter of the size: a disc is one run per
// row, and the sum of a run is the difference of two sums from the left edge on. The cost rises
// with the radius only by the number of rows. Tested by tests/effects/blur_test.cpp.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/dispatch.h"
#include "effects/kinds.h"
#include "effects/lines.h"
#include "effects/vacancy.h"
#include "image/scale.h"

namespace scrim {
namespace {

constexpr int kFactor = 4;
constexpr int kLargest = 24;  // radius in the small picture

/// Sums of weights and weighted colours: in order weight, y, u, v.
using Sums = std::array<std::vector<std::int32_t>, 4>;

/// 1 in the shade, up to 1 + 15 * shine for white.
std::int32_t weight_of(int luma, int shine) {
  const int above = std::max(0, luma - 170);
  return 16 + ((above * above * shine) >> 8);
}

SCRIM_CLONES void add_run(const std::int32_t* from, const std::int32_t* to, std::int32_t* sums,
                          int n) {
  for (int x = 0; x < n; ++x) sums[x] += to[x] - from[x];
}

SCRIM_CLONES void divide(const std::int32_t* sums, const std::int32_t* weights, std::uint8_t* out,
                         int n) {
  for (int x = 0; x < n; ++x)
    out[x] = static_cast<std::uint8_t>(
        static_cast<float>(sums[x]) / static_cast<float>(weights[x]) + 0.5f);
}

class Bokeh : public Effect {
 public:
  Bokeh(const EffectRequest& request, int radius, double shine)
      : vacancy_(request.size, request.role),
        small_{std::max(1, request.size.width / kFactor),
               std::max(1, request.size.height / kFactor)},
        shine_(static_cast<int>(std::lround(shine * 16))) {
    for (PlaneBuffer& plane : planes_) plane = PlaneBuffer(small_);
    const int r = std::clamp(static_cast<int>(std::lround(static_cast<double>(radius) / kFactor)),
                             1, kLargest);
    for (int dy = -r; dy <= r; ++dy)
      runs_.push_back(static_cast<int>(std::sqrt((r + 0.4) * (r + 0.4) - dy * dy)));
    stride_ = static_cast<std::size_t>(small_.width + 2 * r + 1);
    for (auto& sums : running_) sums.resize(stride_ * static_cast<std::size_t>(small_.height));
    for (auto& sums : row_) sums.resize(static_cast<std::size_t>(small_.width));
  }

  void apply(Layer layer, const Scene&) override {
    vacancy_.apply(layer);
    const Plane planes[] = {layer.picture.y, layer.picture.u, layer.picture.v};
    for (std::size_t c = 0; c < 3; ++c) scale(planes[c], planes_[c].view());
    for (int y = 0; y < small_.height; ++y) sum_up(y);
    for (int y = 0; y < small_.height; ++y) gather(y);
    for (std::size_t c = 0; c < 3; ++c) scale_linear(planes_[c].view(), planes[c]);
  }
  bool steady() const override { return true; }

 private:
  int radius() const { return static_cast<int>(runs_.size() / 2); }

  /// running_[..][i]: the sum of the columns before i - radius; borders are repeated.
  void sum_up(int y) {
    const int r = radius();
    const std::size_t start = stride_ * static_cast<std::size_t>(y);
    std::array<std::int32_t, 4> sums{};
    for (std::size_t i = 0; i < stride_; ++i) {
      for (std::size_t c = 0; c < 4; ++c) running_[c][start + i] = sums[c];
      const int x = std::clamp(static_cast<int>(i) - r, 0, small_.width - 1);
      const std::int32_t weight = weight_of(planes_[0].view().row(y)[x], shine_);
      sums[0] += weight;
      for (std::size_t c = 0; c < 3; ++c) sums[c + 1] += weight * planes_[c].view().row(y)[x];
    }
  }

  void gather(int y) {
    const int r = radius();
    for (std::size_t c = 0; c < 4; ++c) {
      std::ranges::fill(row_[c], 0);
      for (int dy = -r; dy <= r; ++dy) {
        const int from = std::clamp(y + dy, 0, small_.height - 1);
        const int half = runs_[static_cast<std::size_t>(dy + r)];
        const std::int32_t* sums = running_[c].data() + stride_ * static_cast<std::size_t>(from);
        add_run(sums + r - half, sums + r + half + 1, row_[c].data(), small_.width);
      }
    }
    for (std::size_t c = 0; c < 3; ++c)
      divide(row_[c + 1].data(), row_[0].data(), planes_[c].view().row(y), small_.width);
  }

  Vacancy vacancy_;
  Size small_;
  int shine_;
  std::array<PlaneBuffer, 3> planes_;
  std::vector<int> runs_;  // half the width of the disc in each of its rows
  std::size_t stride_;
  Sums running_, row_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_bokeh(const Spec& spec, const EffectRequest& request) {
  return std::make_unique<Bokeh>(request,
                                 whole_at_720_lines(number(spec, kBokehRadius), request.size),
                                 number(spec, kBokehShine));
}

}  // namespace scrim
