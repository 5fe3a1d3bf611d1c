// The sampler against a twin that works in double, place by place, on the whole plane.
#include "segmenters/sampler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace scrim {
namespace {

Image random_picture(Size size, unsigned seed) {
  std::mt19937 random(seed);
  Image image(size);
  for (Plane plane : {image.view().y, image.view().u, image.view().v})
    for (int y = 0; y < plane.height; ++y)
      for (int x = 0; x < plane.width; ++x)
        plane.row(y)[x] = static_cast<std::uint8_t>(60 + random() % 100);
  return image;
}

/// How much input `k` counts in the output that covers [from, to).
double share(int k, double from, double to, int size) {
  if (to - from > 1)
    return std::max(0.0, std::min(k + 1.0, to) - std::max(k + 0.0, from)) / (to - from);
  const double place = std::clamp((from + to) / 2 - 0.5, 0.0, size - 1.0);
  return std::max(0.0, 1 - std::abs(k - place));
}

/// Of the cell (x, y) of `cells` of a plane's region.
double average(ConstPlane plane, Rect region, double part, Size cells, int x, int y) {
  const double width = region.width * part / cells.width;
  const double height = region.height * part / cells.height;
  const double left = region.x * part + x * width, top = region.y * part + y * height;
  double sum = 0, weight = 0;
  for (int j = 0; j < plane.height; ++j)
    for (int i = 0; i < plane.width; ++i) {
      const double counts =
          share(i, left, left + width, plane.width) * share(j, top, top + height, plane.height);
      sum += counts * plane.row(j)[i];
      weight += counts;
    }
  return sum / weight;
}

void expect_as_its_twin(Size size, Rect region, Size cells, Sampler& sampler, float low,
                        float high) {
  const Image picture = random_picture(size, 5);
  std::vector<float> made(static_cast<std::size_t>(cells.width * cells.height * 3));
  sampler.sample(picture.view(), region, made);
  double largest = 0;
  auto next = made.begin();
  for (int y = 0; y < cells.height; ++y)
    for (int x = 0; x < cells.width; ++x) {
      const double luma = (average(picture.view().y, region, 1, cells, x, y) - 16) / 219;
      const double cb = (average(picture.view().u, region, 0.5, cells, x, y) - 128) / 224;
      const double cr = (average(picture.view().v, region, 0.5, cells, x, y) - 128) / 224;
      for (double part :
           {luma + 1.402 * cr, luma - 0.344136 * cb - 0.714136 * cr, luma + 1.772 * cb})
        largest =
            std::max(largest, std::abs(low + (high - low) * std::clamp(part, 0.0, 1.0) - *next++));
    }
  // Weights are multiples of 1/256.
  EXPECT_LE(largest, 0.006 * (high - low));
}

TEST(Sampler, AveragesAsItsTwin) {
  struct Case {
    Size size;
    Rect region;
    Size cells;
  };
  const Case cases[] = {
      {{64, 48}, {0, 0, 64, 48}, {16, 12}},  {{61, 47}, {0, 0, 61, 47}, {16, 16}},
      {{61, 47}, {13, 7, 41, 33}, {9, 16}},  {{61, 47}, {30, 20, 5, 4}, {16, 8}},
      {{16, 9}, {0, 0, 16, 9}, {16, 9}},     {{1, 1}, {0, 0, 1, 1}, {5, 4}},
      {{2, 90}, {1, 0, 1, 90}, {7, 3}},      {{90, 3}, {0, 2, 90, 1}, {7, 5}},
      {{130, 40}, {1, 1, 129, 39}, {10, 4}}, {{33, 31}, {32, 30, 1, 1}, {4, 4}},
      {{33, 31}, {3, 0, 30, 31}, {31, 30}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(testing::Message()
                 << c.size.width << "x" << c.size.height << " region " << c.region.x << ","
                 << c.region.y << " " << c.region.width << "x" << c.region.height);
    Sampler sampler(c.cells, 0, 1);
    expect_as_its_twin(c.size, c.region, c.cells, sampler, 0, 1);
  }
}

/// Buffers are kept between calls: what they held must not matter.
TEST(Sampler, ForgetsFormerPictures) {
  Sampler sampler({12, 10}, -1, 1);
  expect_as_its_twin({90, 70}, {0, 0, 90, 70}, {12, 10}, sampler, -1, 1);
  expect_as_its_twin({9, 7}, {2, 1, 5, 4}, {12, 10}, sampler, -1, 1);
  expect_as_its_twin({90, 70}, {50, 40, 30, 20}, {12, 10}, sampler, -1, 1);
}

TEST(Sampler, KnowsBlackWhiteAndColours) {
  const auto colour = [](int y, int u, int v) {
    Image image({20, 20});
    fill(image.view().y, static_cast<std::uint8_t>(y));
    fill(image.view().u, static_cast<std::uint8_t>(u));
    fill(image.view().v, static_cast<std::uint8_t>(v));
    Sampler sampler({4, 4}, 0, 1);
    std::vector<float> made(48);
    sampler.sample(image.view(), {0, 0, 20, 20}, made);
    return std::array{std::lround(255 * made[0]), std::lround(255 * made[1]),
                      std::lround(255 * made[2])};
  };
  EXPECT_EQ(colour(16, 128, 128), (std::array{0l, 0l, 0l}));
  EXPECT_EQ(colour(235, 128, 128), (std::array{255l, 255l, 255l}));
  EXPECT_EQ(colour(0, 128, 128), (std::array{0l, 0l, 0l}));
  EXPECT_EQ(colour(255, 128, 128), (std::array{255l, 255l, 255l}));
  EXPECT_EQ(colour(81, 90, 240), (std::array{254l, 0l, 0l}));
  EXPECT_EQ(colour(145, 54, 34), (std::array{0l, 255l, 1l}));
  EXPECT_EQ(colour(41, 240, 110), (std::array{0l, 0l, 255l}));
}

TEST(MakeTaps, WeightsAddUpToOneWhateverTheSizes) {
  Taps taps;
  for (int size : {1, 2, 3, 17, 640, 16384})
    for (int count : {1, 4, 144, 256})
      for (double start : {0.0, 0.5, size / 3.0}) {
        make_taps(start, std::max(0.5, size - 2 * start), size, count, taps);
        for (int i = 0; i < count; ++i) {
          const int first = taps.firsts[static_cast<std::size_t>(i)];
          int sum = 0;
          ASSERT_GE(first, 0);
          for (int k = 0; k < taps.taps; ++k) {
            const int weight = taps.weights[static_cast<std::size_t>(i * taps.taps + k)];
            sum += weight;
            if (weight) {
              ASSERT_LT(first + k, std::min(size, taps.last)) << size << " " << count << " " << i;
            }
          }
          ASSERT_EQ(sum, 256) << size << " to " << count << " at " << i;
        }
      }
}

}  // namespace
}  // namespace scrim
