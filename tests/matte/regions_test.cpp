#include "matte/regions.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string_view>
#include <vector>

namespace scrim {
namespace {

/// '#' is 255, '.' is 0.
PlaneBuffer drawn(std::initializer_list<std::string_view> rows) {
  PlaneBuffer plane({static_cast<int>(rows.begin()->size()), static_cast<int>(rows.size())});
  int y = 0;
  for (std::string_view row : rows) {
    for (int x = 0; x < plane.size().width; ++x)
      plane.view().row(y)[x] = row[static_cast<std::size_t>(x)] == '#' ? 255 : 0;
    ++y;
  }
  return plane;
}

/// The region of a sample; -1: in none.
int region_at(const Regions& regions, int x, int y) {
  for (const Regions::Run& run : regions.runs())
    if (run.y == y && run.begin <= x && x < run.end) return run.region;
  return -1;
}

TEST(Regions, JoinsArmsThatMeetLater) {
  const PlaneBuffer plane = drawn({"#.#.#", "#.#.#", "###.#", "....#", "#####"});
  Regions regions;
  regions.find(plane.view(), 128, 256);
  EXPECT_EQ(regions.count(), 2);
  EXPECT_EQ(region_at(regions, 0, 0), region_at(regions, 2, 0));
  EXPECT_NE(region_at(regions, 0, 0), region_at(regions, 4, 0));
  EXPECT_EQ(region_at(regions, 4, 0), region_at(regions, 0, 4));
  EXPECT_EQ(region_at(regions, 1, 0), -1);
}

TEST(Regions, CornersDoNotTouch) {
  const PlaneBuffer plane = drawn({"#.", ".#"});
  Regions regions;
  regions.find(plane.view(), 128, 256);
  EXPECT_EQ(regions.count(), 2);
}

TEST(Regions, NothingAndEverything) {
  Matte plane({7, 3});
  fill(plane.view(), 100);
  Regions regions;
  regions.find(std::as_const(plane).view(), 128, 256);
  EXPECT_EQ(regions.count(), 0);
  regions.find(std::as_const(plane).view(), 0, 128);
  EXPECT_EQ(regions.count(), 1);
}

/// The obvious way: flood from every sample that has no number yet.
struct Flood {
  ConstPlane plane;
  std::vector<int> labels;
  int count = 0;

  explicit Flood(ConstPlane p)
      : plane(p), labels(static_cast<std::size_t>(p.width) * static_cast<std::size_t>(p.height)) {
    for (int y = 0; y < p.height; ++y)
      for (int x = 0; x < p.width; ++x)
        if (wants(x, y)) spread(x, y, ++count);
  }
  int& at(int x, int y) { return labels[static_cast<std::size_t>(y * plane.width + x)]; }
  bool wants(int x, int y) {
    return x >= 0 && y >= 0 && x < plane.width && y < plane.height && plane.row(y)[x] >= 128 &&
           at(x, y) == 0;
  }
  void spread(int x, int y, int label) {
    std::vector<std::pair<int, int>> todo{{x, y}};
    while (!todo.empty()) {
      const auto [a, b] = todo.back();
      todo.pop_back();
      if (!wants(a, b)) continue;
      at(a, b) = label;
      for (auto [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
        todo.push_back({a + dx, b + dy});
    }
  }
};

TEST(Regions, AreThoseOfTheNaiveFlood) {
  std::mt19937 random(7);
  Regions regions;
  for (const Size size : {Size{1, 1}, Size{1, 40}, Size{40, 1}, Size{33, 17}, Size{64, 48}})
    for (unsigned density : {30u, 50u, 60u, 80u}) {
      PlaneBuffer plane(size);
      for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
          plane.view().row(y)[x] = random() % 100 < density ? 255 : 0;
      regions.find(std::as_const(plane).view(), 128, 256);
      Flood flood(std::as_const(plane).view());
      ASSERT_EQ(regions.count(), flood.count);
      std::map<int, int> names;
      for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
          ASSERT_EQ(names.try_emplace(region_at(regions, x, y), flood.at(x, y)).first->second,
                    flood.at(x, y));
    }
}

}  // namespace
}  // namespace scrim
