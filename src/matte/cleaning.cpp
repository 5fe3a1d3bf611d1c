// Tested by tests/matte/cleaning_test.cpp.
#include "matte/cleaning.h"

#include <algorithm>

namespace scrim {
namespace {

constexpr int kRim = 32;               // from here on a sample belongs to a region's soft rim
constexpr int kCore = 128;             // from here on it counts
constexpr int kSolid = 204;            // below it a person shines through
constexpr double kLeastPerson = 0.02;  // of the picture
constexpr double kSpeck = 0.08;        // of the largest region
constexpr int kDepth = 5;              // further inside than this there is no edge
constexpr double kLargestGap = 0.004;  // of the picture

template <class Visit>
void for_each_sample(Plane plane, Visit visit) {
  for (int y = 0; y < plane.height; ++y)
    for (int x = 0; x < plane.width; ++x) visit(x, y, plane.row(y)[x]);
}

double area_of(Plane plane) {
  return static_cast<double>(plane.width) * plane.height;
}

}  // namespace

void Cleaning::apply(Plane matte) {
  areas_.reserve(Regions::most_numbers(matte.size()));
  chosen_.reserve(Regions::most_numbers(matte.size()));
  drop_specks(matte);
  close_gaps(matte);
  make_solid(matte);
}

void Cleaning::drop_specks(Plane matte) {
  regions_.find(matte, kRim, 256);
  areas_.assign(static_cast<std::size_t>(regions_.count()) + 1, 0);
  for_each_sample(matte, [this](int x, int y, std::uint8_t value) {
    if (value >= kCore) ++areas_[static_cast<std::size_t>(regions_.at(x, y))];
  });
  const int largest = std::ranges::max(areas_);
  if (largest < kLeastPerson * area_of(matte)) return fill(matte, 0);
  for_each_sample(matte, [&](int x, int y, std::uint8_t& value) {
    const auto region = static_cast<std::size_t>(regions_.at(x, y));
    if (areas_[region] < kSpeck * largest) value = 0;
  });
}

void Cleaning::close_gaps(Plane matte) {
  regions_.find(matte, 0, kSolid);
  areas_.assign(static_cast<std::size_t>(regions_.count()) + 1, 0);
  chosen_.assign(areas_.size(), 1);
  for_each_sample(matte, [&](int x, int y, std::uint8_t) {
    const auto region = static_cast<std::size_t>(regions_.at(x, y));
    ++areas_[region];
    if (x == 0 || y == 0 || x == matte.width - 1 || y == matte.height - 1) chosen_[region] = 0;
  });
  chosen_[0] = 0;  // the solid person
  for (std::size_t i = 0; i < areas_.size(); ++i)
    if (areas_[i] > kLargestGap * area_of(matte)) chosen_[i] = 0;
  for_each_sample(matte, [&](int x, int y, std::uint8_t& value) {
    if (chosen_[static_cast<std::size_t>(regions_.at(x, y))]) value = 255;
  });
}

/// Where all around is rather person than not, the network's doubts are about what it is, not
/// whether somebody is there.
void Cleaning::make_solid(Plane matte) {
  if (core_.size() != matte.size()) {
    core_ = PlaneBuffer(matte.size());
    filter_ = PlaneFilter(matte.size());
  }
  copy(matte, core_.view());
  threshold(core_.view(), kCore);
  filter_.erode(core_.view(), kDepth);
  for_each_sample(matte, [this](int x, int y, std::uint8_t& value) {
    value = std::max(value, core_.view().row(y)[x]);
  });
}

}  // namespace scrim
