// Tested by tests/devices/modes_test.cpp, and on real devices by tests/vm.
#include "devices/modes.h"

#include <linux/videodev2.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace scrim {
namespace {

// Asked for where a device takes anything within limits.
constexpr Size kUsualSizes[] = {{320, 180},  {320, 240},  {640, 360},   {640, 480},   {800, 600},
                                {1024, 576}, {1280, 720}, {1920, 1080}, {2560, 1440}, {3840, 2160}};
constexpr double kUsualRates[] = {5, 10, 15, 20, 24, 25, 30, 50, 60, 90, 120};
constexpr double kNearEnough = 0.95;  // 29.97 is 30

std::vector<double> list_rates(const VideoDevice& device, std::uint32_t fourcc, Size size,
                               double wish) {
  v4l2_frmivalenum rate{};
  rate.pixel_format = fourcc;
  rate.width = static_cast<__u32>(size.width);
  rate.height = static_cast<__u32>(size.height);
  std::vector<double> rates;
  const auto fps = [](const v4l2_fract& interval) {
    return interval.numerator ? static_cast<double>(interval.denominator) / interval.numerator : 0;
  };
  for (; device.ask(VIDIOC_ENUM_FRAMEINTERVALS, &rate); ++rate.index) {
    if (rate.type == V4L2_FRMIVAL_TYPE_DISCRETE) {
      rates.push_back(fps(rate.discrete));
      continue;
    }
    const double slowest = fps(rate.stepwise.max), fastest = fps(rate.stepwise.min);
    for (double usual : kUsualRates)
      if (usual >= slowest && usual <= fastest && usual != wish) rates.push_back(usual);
    rates.push_back(std::clamp(wish, slowest, std::max(slowest, fastest)));
    break;
  }
  if (rates.empty()) rates.push_back(0);
  return rates;
}

Size current_size(const VideoDevice& device) {
  v4l2_format format{};
  format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  if (!device.ask(VIDIOC_G_FMT, &format)) return {};
  return {static_cast<int>(format.fmt.pix.width), static_cast<int>(format.fmt.pix.height)};
}

bool lies_within(const v4l2_frmsize_stepwise& range, Size size) {
  const auto fits = [](int side, __u32 low, __u32 high, __u32 step) {
    const auto value = static_cast<__u32>(side);
    return value >= low && value <= high && (value - low) % std::max(step, 1u) == 0;
  };
  return fits(size.width, range.min_width, range.max_width, range.step_width) &&
         fits(size.height, range.min_height, range.max_height, range.step_height);
}

std::vector<Size> list_sizes(const VideoDevice& device, std::uint32_t fourcc,
                             const ModeWish& wish) {
  v4l2_frmsizeenum entry{};
  entry.pixel_format = fourcc;
  std::vector<Size> sizes;
  for (; device.ask(VIDIOC_ENUM_FRAMESIZES, &entry); ++entry.index) {
    if (entry.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
      sizes.push_back(
          {static_cast<int>(entry.discrete.width), static_cast<int>(entry.discrete.height)});
      continue;
    }
    std::vector<Size> candidates(std::begin(kUsualSizes), std::end(kUsualSizes));
    candidates.push_back(wish.exact_size.value_or(wish.size));
    for (Size size : candidates)
      if (lies_within(entry.stepwise, size) && std::ranges::find(sizes, size) == sizes.end())
        sizes.push_back(size);
    break;
  }
  if (sizes.empty()) sizes.push_back(current_size(device));
  std::erase_if(sizes, [](Size size) {
    return size.width < 1 || size.height < 1 || size.width > kMaxSide || size.height > kMaxSide;
  });
  return sizes;
}

/// How much of a side's wished detail there is.
double share(double have, double want) {
  return want <= 0 || have >= kNearEnough * want ? 1 : have / want;
}

double detail(const Mode& mode, const ModeWish& wish) {
  return std::min(share(mode.size.width, wish.size.width),
                  share(mode.size.height, wish.size.height));
}

double motion(const Mode& mode, const ModeWish& wish) {
  return mode.fps <= 0 ? 1 : share(mode.fps, wish.fps);
}

/// Smaller is better, first things first.
auto rank(const Mode& mode, const ModeWish& wish) {
  const bool grey = mode.format->layout == Layout::kGrey;
  return std::make_tuple(grey, -detail(mode, wish) * motion(mode, wish),
                         std::int64_t{mode.size.width} * mode.size.height, mode.fps,
                         mode.format->cost);
}

/// Why a format that is cheaper to read was not taken.
std::string why_not_cheaper(std::span<const Mode> modes, const Mode& chosen) {
  const Mode* best = nullptr;
  for (const Mode& mode : modes) {
    const bool rival = mode.size == chosen.size && mode.format->cost < chosen.format->cost;
    if (rival && (!best || mode.fps > best->fps)) best = &mode;
  }
  if (!best) return "";
  return fmt::format("; {} has only {:.4g} a second at this size", best->format->name, best->fps);
}

}  // namespace

std::vector<std::uint32_t> list_fourccs(const VideoDevice& device) {
  v4l2_fmtdesc entry{};
  entry.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  std::vector<std::uint32_t> fourccs;
  for (; device.ask(VIDIOC_ENUM_FMT, &entry); ++entry.index) fourccs.push_back(entry.pixelformat);
  return fourccs;
}

std::vector<Mode> list_modes(const VideoDevice& device, const ModeWish& wish) {
  std::vector<Mode> modes;
  for (std::uint32_t fourcc : list_fourccs(device)) {
    const PixelFormat* format = find_format(fourcc);
    if (!format) continue;
    for (Size size : list_sizes(device, fourcc, wish))
      for (double fps : list_rates(device, fourcc, size, wish.fps))
        modes.push_back({format, size, fps});
  }
  return modes;
}

Expected<Choice> choose_mode(std::span<const Mode> modes, const ModeWish& wish) {
  const Mode* best = nullptr;
  for (const Mode& mode : modes) {
    if (wish.exact_size && mode.size != *wish.exact_size) continue;
    if (wish.format && mode.format != wish.format) continue;
    if (!best || rank(mode, wish) < rank(*best, wish)) best = &mode;
  }
  if (!best)
    return fail(Errc::kRequest, "the camera has no such mode; `scrim devices` lists what it has");
  std::string why = to_text(*best) + why_not_cheaper(modes, *best);
  if (!wish.exact_size && detail(*best, wish) < 1)
    why += fmt::format("; it has nothing nearer to {}x{}", wish.size.width, wish.size.height);
  if (motion(*best, wish) < 1) why += fmt::format("; {:.4g} a second are not to be had", wish.fps);
  return Choice{*best, why};
}

std::string to_text(const Mode& mode) {
  std::string text = fmt::format("{}x{} {}", mode.size.width, mode.size.height, mode.format->name);
  if (mode.fps > 0) text += fmt::format(", {:.4g} pictures a second", mode.fps);
  return text;
}

}  // namespace scrim
