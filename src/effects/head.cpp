// From the widest run of person at the bottom upwards, always along the run that overlaps the last
// one most: raised hands are left aside. From the crown down again the outline widens to the head,
// narrows to the neck and widens to the shoulders; the head ends where it is narrowest, or, under
// long hair, where the shoulders begin. Tested by tests/effects/person_test.cpp.
#include "effects/head.h"

#include <algorithm>

#include "image/scale.h"

namespace scrim {
namespace {

constexpr int kColumns = 160;
constexpr int kPerson = 128;

Size small_size(Size size) {
  const int width = std::min(size.width, kColumns);
  return {width, std::clamp(width * size.height / size.width, 1, size.height)};
}

}  // namespace

HeadFinder::HeadFinder(Size size) : size_(size), small_(small_size(size)) {
  runs_.reserve(static_cast<std::size_t>(small_.size().height));
}

HeadFinder::Run HeadFinder::widest(int row) const {
  const std::uint8_t* cells = small_.view().row(row);
  Run best, run;
  for (int x = 0; x < small_.size().width; ++x) {
    if (cells[x] < kPerson) continue;
    run = run.last == x - 1 && run.width() > 0 ? Run{run.first, x} : Run{x, x};
    if (run.width() > best.width()) best = run;
  }
  return best;
}

HeadFinder::Run HeadFinder::above(int row, Run below) const {
  const std::uint8_t* cells = small_.view().row(row);
  Run best, run;
  int most = 0;
  for (int x = 0; x < small_.size().width; ++x) {
    if (cells[x] < kPerson) continue;
    run = run.last == x - 1 && run.width() > 0 ? Run{run.first, x} : Run{x, x};
    const int overlap = std::min(run.last, below.last) - std::max(run.first, below.first) + 1;
    if (overlap <= most) continue;
    most = overlap;
    best = run;
  }
  return best;
}

/// The number of runs that are head. First to where it is as high as wide, which is below the eyes
/// but well above any shoulder; from there to the neck, the shoulders or one and a half times its
/// width, whichever comes first.
std::size_t HeadFinder::head_end() const {
  int broadest = 0;
  for (const Run& run : runs_) broadest = std::max(broadest, run.width());
  int width = 0;
  std::size_t i = 0;
  for (; i < runs_.size(); ++i) {
    width = std::max(width, runs_[i].width());
    if (static_cast<int>(i) + 1 >= width && 6 * width >= broadest) break;
  }
  std::size_t narrowest = i, end = i;
  const std::size_t last = std::min(runs_.size(), static_cast<std::size_t>(width) * 3 / 2);
  for (; end < last && runs_[end].width() * 10 <= width * 13; ++end)
    if (runs_[end].width() < runs_[narrowest].width()) narrowest = end;
  const bool neck = narrowest < runs_.size() && runs_[narrowest].width() * 20 < width * 17;
  return neck ? narrowest : end;
}

std::optional<Rect> HeadFinder::find(ConstPlane matte) {
  scale(matte, small_.view());
  int row = small_.size().height - 1;
  Run run;
  for (; row >= 0 && run.width() == 0; --row) run = widest(row);
  if (run.width() == 0) return {};
  runs_.clear();
  for (; run.width() > 0; --row) {
    runs_.push_back(run);
    run = row >= 0 ? above(row, run) : Run{};
  }
  std::ranges::reverse(runs_);
  const int crown = row + 2;
  const std::size_t end = std::max<std::size_t>(head_end(), 1);
  int left = runs_[0].first, right = runs_[0].last;
  for (std::size_t i = 0; i < end; ++i) {
    left = std::min(left, runs_[i].first);
    right = std::max(right, runs_[i].last);
  }
  const int per_cell = (size_.width + small_.size().width - 1) / small_.size().width;
  const Rect head{left * size_.width / small_.size().width,
                  crown * size_.height / small_.size().height, (right - left + 1) * per_cell,
                  static_cast<int>(end) * per_cell};
  const int x = std::clamp(head.x, 0, size_.width - 1);
  const int y = std::clamp(head.y, 0, size_.height - 1);
  return Rect{x, y, std::clamp(head.width, 1, size_.width - x),
              std::clamp(head.height, 1, size_.height - y)};
}

}  // namespace scrim
