#include "pipeline/backdrop.h"

#include <gtest/gtest.h>

#include <utility>

#include "image/convert.h"

namespace scrim {
namespace {

constexpr Size kSize{16, 8};

/// Draws the grey level `*level`; says that nothing changed while it stays the same.
class Grey : public Background {
 public:
  explicit Grey(const int& level) : level_(level) {}
  Expected<bool> draw(ConstImageView, Clock::time_point, ImageView out) override {
    if (level_ < 0) return fail(Errc::kSystem, "it broke");
    if (std::exchange(drawn_, level_) == level_) return false;
    fill(out, Yuv{static_cast<std::uint8_t>(level_), 128, 128});
    return true;
  }

 private:
  const int& level_;
  int drawn_ = -1;
};

/// Makes the picture brighter by one, and counts how often.
class Counting : public Effect {
 public:
  Counting(bool steady, int& count) : steady_(steady), count_(count) {}
  void apply(Layer layer, const Scene&) override {
    ++count_;
    ++*layer.picture.y.data;
  }
  bool steady() const override { return steady_; }

 private:
  const bool steady_;
  int& count_;
};

struct Stand {
  int level = 100;
  std::vector<int> counts = std::vector<int>(2);
  Image camera{kSize};
  Matte matte{kSize};

  Backdrop backdrop(std::initializer_list<bool> steady) {
    EffectChain effects;
    for (bool each : steady)
      effects.push_back(std::make_unique<Counting>(each, counts[effects.size()]));
    return Backdrop(std::make_unique<Grey>(level), std::move(effects), kSize);
  }
  int draw(Backdrop& backdrop, double seconds) {
    return *backdrop
                .draw(std::as_const(camera).view(), std::as_const(matte).view(),
                      at_seconds(seconds))
                .y.data;
  }
};

TEST(Backdrop, IsTreatedOnceWhileItStandsStill) {
  Stand stand;
  Backdrop backdrop = stand.backdrop({true, true});
  for (int k = 0; k < 5; ++k) EXPECT_EQ(stand.draw(backdrop, k), 102);
  EXPECT_EQ(stand.counts, (std::vector{1, 1}));
}

TEST(Backdrop, IsTreatedAnewWhenItChanges) {
  Stand stand;
  Backdrop backdrop = stand.backdrop({true});
  EXPECT_EQ(stand.draw(backdrop, 0), 101);
  stand.level = 50;
  EXPECT_EQ(stand.draw(backdrop, 1), 51);
  EXPECT_EQ(stand.draw(backdrop, 2), 51);
  EXPECT_EQ(stand.counts[0], 2);
}

TEST(Backdrop, IsTreatedEachTimeIfOneEffectIsNotSteady) {
  Stand stand;
  Backdrop backdrop = stand.backdrop({true, false});
  for (int k = 0; k < 5; ++k) EXPECT_EQ(stand.draw(backdrop, k), 102) << "effects do not pile up";
  EXPECT_EQ(stand.counts, (std::vector{5, 5}));
}

TEST(Backdrop, StandsStillOnceItBreaksAndIsBlackBefore) {
  Stand stand;
  Backdrop backdrop = stand.backdrop({true});
  stand.level = -1;
  EXPECT_EQ(stand.draw(backdrop, 0), 17);
  stand.level = 100;
  EXPECT_EQ(stand.draw(backdrop, 1), 101);
  stand.level = -1;
  EXPECT_EQ(stand.draw(backdrop, 2), 101);
  EXPECT_EQ(stand.counts[0], 2);
}

}  // namespace
}  // namespace scrim
