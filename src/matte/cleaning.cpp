// Tested by tests/matte/cleaning_test.cpp.
#include "matte/cleaning.h"

#include <algorithm>
#include <cstring>

#include "base/dispatch.h"
#include "image/kernels.h"

namespace scrim {
namespace {

constexpr int kRim = 40;               // from here on a sample belongs to a region's soft rim
constexpr int kCore = 128;             // from here on it counts
constexpr int kSolid = 204;            // below it a person shines through
constexpr double kLeastPerson = 0.02;  // of the picture
constexpr double kSpeck = 0.08;        // of the largest region
constexpr int kDepth = 5;              // further inside than this there is no edge
constexpr double kLargestGap = 0.004;  // of the picture

SCRIM_CLONES int count_core(const std::uint8_t* row, int n) {
  int count = 0;
  for (int x = 0; x < n; ++x) count += row[x] >= kCore;
  return count;
}

SCRIM_CLONES void drop_faint_of(std::uint8_t* row, int n) {
  for (int x = 0; x < n; ++x) row[x] = row[x] >= kRim ? row[x] : 0;
}

SCRIM_CLONES void keep_larger(const std::uint8_t* in, std::uint8_t* out, int n) {
  SCRIM_SAME_INDEX
  for (int x = 0; x < n; ++x) out[x] = std::max(out[x], in[x]);
}

void fill_run(Plane plane, const Regions::Run& run, std::uint8_t value) {
  std::memset(plane.row(run.y) + run.begin, value, static_cast<std::size_t>(run.end - run.begin));
}

double samples_of(Plane plane) {
  return static_cast<double>(plane.width) * plane.height;
}

}  // namespace

void Cleaning::apply(Plane matte) {
  areas_.reserve(Regions::most(matte.size()));
  drop_specks(matte);
  close_gaps(matte);
  make_solid(matte);
}

void Cleaning::drop_faint(Plane matte) {
  for (int y = 0; y < matte.height; ++y) drop_faint_of(matte.row(y), matte.width);
}

void Cleaning::drop_specks(Plane matte) {
  regions_.find(matte, kRim, 256);
  areas_.assign(static_cast<std::size_t>(regions_.count()), 0);
  for (const Regions::Run& run : regions_.runs())
    area_of(run) += count_core(matte.row(run.y) + run.begin, run.end - run.begin);
  const int largest = areas_.empty() ? 0 : std::ranges::max(areas_);
  if (largest < kLeastPerson * samples_of(matte)) return fill(matte, 0);
  for (const Regions::Run& run : regions_.runs())
    if (area_of(run) < kSpeck * largest) fill_run(matte, run, 0);
}

void Cleaning::close_gaps(Plane matte) {
  regions_.find(matte, 0, kSolid);
  areas_.assign(static_cast<std::size_t>(regions_.count()), 0);
  const int too_large = static_cast<int>(kLargestGap * samples_of(matte)) + 1;
  for (const Regions::Run& run : regions_.runs()) {
    const bool at_border =
        run.begin == 0 || run.end == matte.width || run.y == 0 || run.y == matte.height - 1;
    area_of(run) += at_border ? too_large : run.end - run.begin;
  }
  for (const Regions::Run& run : regions_.runs())
    if (area_of(run) < too_large) fill_run(matte, run, 255);
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
  for (int y = 0; y < matte.height; ++y)
    keep_larger(core_.view().row(y), matte.row(y), matte.width);
}

}  // namespace scrim
