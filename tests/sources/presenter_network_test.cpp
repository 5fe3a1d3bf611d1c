// The presenter must be a person to the real network too: demos and tests rest on it.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "segmenters/segmenter.h"
#include "sources/presenter.h"

namespace scrim {
namespace {

constexpr Size kSize{1280, 720};

/// Segments whole pictures of presenters; skips where the network's file is not installed.
class PresenterNetwork : public testing::Test {
 protected:
  void SetUp() override {
    auto made = make_segmenter({"person", "", {}});
    if (!made) GTEST_SKIP() << made.error().what;
    segmenter_ = *std::move(made);
    found_ = Matte(segmenter_->matte_size(kSize));
  }

  void look_at(Presenter& presenter, double seconds) {
    presenter.draw(seconds, picture_.view(), truth_.view());
    const auto done = segmenter_->segment(picture_.view(), whole(kSize), found_.view());
    ASSERT_TRUE(done.has_value()) << done.error().what;
  }

  bool is_found(int x, int y) const {
    const Size size = found_.size();
    return found_.view().row(y * size.height / kSize.height)[x * size.width / kSize.width] > 127;
  }

  /// Of what was found and what is there: the share that is both.
  double agreement() const {
    long both = 0, either = 0;
    for (int y = 0; y < kSize.height; ++y)
      for (int x = 0; x < kSize.width; ++x) {
        const bool found = is_found(x, y), there = truth_.view().row(y)[x] > 127;
        both += found && there;
        either += found || there;
      }
    return either ? static_cast<double>(both) / static_cast<double>(either) : 1;
  }

  double mean_probability() const {
    double sum = 0;
    const Size size = found_.size();
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) sum += found_.view().row(y)[x];
    return sum / 255 / size.width / size.height;
  }

 private:
  std::unique_ptr<Segmenter> segmenter_;
  Image picture_{kSize};
  Matte truth_{kSize}, found_;
};

TEST_F(PresenterNetwork, FindsThePersonThroughoutTheCycle) {
  constexpr double kMoments[] = {0.5, 3.4, 4.9, 6.3, 7.6, 8.4, 12.2, 18.5};
  for (int seed = 1; seed <= 2; ++seed) {
    Presenter presenter(kSize, {.seed = seed});
    double sum = 0;
    for (const double seconds : kMoments) {
      look_at(presenter, seconds);
      EXPECT_GE(agreement(), 0.94) << "seed " << seed << " at " << seconds;
      sum += agreement();
    }
    std::cout << "seed " << seed << ": mean IoU " << sum / std::size(kMoments) << "\n";
    EXPECT_GE(sum / std::size(kMoments), 0.97) << "seed " << seed;
  }
}

TEST_F(PresenterNetwork, FindsNobodyInTheEmptyRoom) {
  for (int seed = 1; seed <= 4; ++seed) {
    Presenter presenter(kSize, {.seed = seed, .empty = true});
    look_at(presenter, 0);
    EXPECT_LT(mean_probability(), 0.01) << "seed " << seed;
  }
}

}  // namespace
}  // namespace scrim
