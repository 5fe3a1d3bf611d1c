#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "network/naive.h"

namespace scrim::naive {
namespace {

struct Side {
  int outputs, before;
};

Side side(int size, int kernel, int stride, int dilation, bool same) {
  const int reach = (kernel - 1) * dilation + 1;
  if (!same) return {(size - reach) / stride + 1, 0};
  const int outputs = static_cast<int>(std::ceil(size / static_cast<double>(stride)));
  return {outputs, std::max(0, (outputs - 1) * stride + reach - size) / 2};
}

double sample(const Picture& in, int y, int x, int c) {
  const bool inside = y >= 0 && x >= 0 && y < in.height && x < in.width;
  return inside ? in.at(y, x, c) : 0;
}

/// `term(window's input, output channel, kernel y, kernel x)` summed over the window's places.
template <class Term>
Picture slide(const Picture& in, int outputs, const Weights& w, const std::vector<double>& bias,
              const Steps& s, Term term) {
  const Side down = side(in.height, w.height, s.stride_y, s.dilation_y, s.same);
  const Side right = side(in.width, w.width, s.stride_x, s.dilation_x, s.same);
  Picture out(down.outputs, right.outputs, outputs);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      for (int o = 0; o < outputs; ++o) {
        double sum = bias.empty() ? 0 : bias[static_cast<std::size_t>(o)];
        for (int ky = 0; ky < w.height; ++ky)
          for (int kx = 0; kx < w.width; ++kx)
            sum += term(y * s.stride_y + ky * s.dilation_y - down.before,
                        x * s.stride_x + kx * s.dilation_x - right.before, o, ky, kx);
        out.at(y, x, o) = sum;
      }
  return out;
}

double activate(double x, const std::string& activation) {
  if (activation == "relu") return std::max(x, 0.0);
  if (activation == "relu6") return std::clamp(x, 0.0, 6.0);
  if (activation == "hard_swish") return x * std::clamp(x + 3, 0.0, 6.0) / 6;
  if (activation == "logistic") return 1 / (1 + std::exp(-x));
  if (activation == "none") return x;
  throw std::invalid_argument(activation);
}

/// The place in the input that output `i` looks at.
double source(int i, int in, int out, Corners corners) {
  if (corners == Corners::kAligned && out > 1) return i * (in - 1.0) / (out - 1.0);
  const double scale = in / static_cast<double>(out);
  return corners == Corners::kHalfPixel ? (i + 0.5) * scale - 0.5 : i * scale;
}

}  // namespace

Picture conv(const Picture& in, const Weights& w, const std::vector<double>& bias,
             const Steps& steps) {
  return slide(in, w.outputs, w, bias, steps, [&](int y, int x, int o, int ky, int kx) {
    double sum = 0;
    for (int c = 0; c < in.channels; ++c) sum += sample(in, y, x, c) * w.at(o, ky, kx, c);
    return sum;
  });
}

Picture depthwise(const Picture& in, const Weights& w, const std::vector<double>& bias,
                  const Steps& steps) {
  return slide(in, in.channels, w, bias, steps, [&](int y, int x, int o, int ky, int kx) {
    return sample(in, y, x, o) * w.at(0, ky, kx, o);
  });
}

Picture transpose_conv(const Picture& in, const Weights& w, const std::vector<double>& bias) {
  Picture out(in.height * w.height, in.width * w.width, w.outputs);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      for (int o = 0; o < w.outputs; ++o) {
        double sum = bias.empty() ? 0 : bias[static_cast<std::size_t>(o)];
        for (int c = 0; c < in.channels; ++c)
          sum += in.at(y / w.height, x / w.width, c) * w.at(o, y % w.height, x % w.width, c);
        out.at(y, x, o) = sum;
      }
  return out;
}

Picture add(const Picture& a, const Picture& b) {
  Picture out = a;
  for (std::size_t i = 0; i < out.values.size(); ++i) out.values[i] += b.values[i];
  return out;
}

Picture multiply(const Picture& a, const Picture& b) {
  Picture out(std::max(a.height, b.height), std::max(a.width, b.width), a.channels);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      for (int c = 0; c < out.channels; ++c)
        out.at(y, x, c) = a.at(y % a.height, x % a.width, c) * b.at(y % b.height, x % b.width, c);
  return out;
}

Picture concat(const Picture& a, const Picture& b) {
  Picture out(a.height, a.width, a.channels + b.channels);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      for (int c = 0; c < out.channels; ++c)
        out.at(y, x, c) = c < a.channels ? a.at(y, x, c) : b.at(y, x, c - a.channels);
  return out;
}

Picture mean(const Picture& in) {
  Picture out(1, 1, in.channels);
  for (int y = 0; y < in.height; ++y)
    for (int x = 0; x < in.width; ++x)
      for (int c = 0; c < in.channels; ++c)
        out.at(0, 0, c) += in.at(y, x, c) / (in.height * in.width);
  return out;
}

Picture max_pool(const Picture& in, int height, int width, const Steps& s) {
  const Side down = side(in.height, height, s.stride_y, 1, s.same);
  const Side right = side(in.width, width, s.stride_x, 1, s.same);
  Picture out(down.outputs, right.outputs, in.channels);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      for (int c = 0; c < in.channels; ++c) {
        double largest = -HUGE_VAL;
        for (int ky = 0; ky < height; ++ky)
          for (int kx = 0; kx < width; ++kx) {
            const int v = y * s.stride_y + ky - down.before, u = x * s.stride_x + kx - right.before;
            if (v >= 0 && u >= 0 && v < in.height && u < in.width)
              largest = std::max(largest, in.at(v, u, c));
          }
        out.at(y, x, c) = largest;
      }
  return out;
}

Picture pad(const Picture& in, int top, int left, int bottom, int right) {
  Picture out(in.height + top + bottom, in.width + left + right, in.channels);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      for (int c = 0; c < in.channels; ++c) out.at(y, x, c) = sample(in, y - top, x - left, c);
  return out;
}

std::vector<Picture> space_to_batch(const Picture& in, int block) {
  std::vector<Picture> pieces;
  for (int phase = 0; phase < block * block; ++phase) {
    Picture& piece = pieces.emplace_back(in.height / block, in.width / block, in.channels);
    for (int y = 0; y < piece.height; ++y)
      for (int x = 0; x < piece.width; ++x)
        for (int c = 0; c < in.channels; ++c)
          piece.at(y, x, c) = in.at(y * block + phase / block, x * block + phase % block, c);
  }
  return pieces;
}

Picture batch_to_space(const std::vector<Picture>& pieces, int block) {
  const Picture& first = pieces.at(0);
  Picture out(first.height * block, first.width * block, first.channels);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      for (int c = 0; c < out.channels; ++c)
        out.at(y, x, c) = pieces.at(static_cast<std::size_t>(y % block * block + x % block))
                              .at(y / block, x / block, c);
  return out;
}

Picture crop(const Picture& in, int top, int left, int height, int width) {
  Picture out(height, width, in.channels);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < in.channels; ++c) out.at(y, x, c) = in.at(y + top, x + left, c);
  return out;
}

Picture resize(const Picture& in, int height, int width, Corners corners) {
  Picture out(height, width, in.channels);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double v = std::clamp(source(y, in.height, height, corners), 0.0, in.height - 1.0);
      const double u = std::clamp(source(x, in.width, width, corners), 0.0, in.width - 1.0);
      const int top = static_cast<int>(v), left = static_cast<int>(u);
      const int bottom = std::min(top + 1, in.height - 1), right = std::min(left + 1, in.width - 1);
      for (int c = 0; c < in.channels; ++c) {
        const double upper = std::lerp(in.at(top, left, c), in.at(top, right, c), u - left);
        const double lower = std::lerp(in.at(bottom, left, c), in.at(bottom, right, c), u - left);
        out.at(y, x, c) = std::lerp(upper, lower, v - top);
      }
    }
  return out;
}

Picture activate(Picture picture, const std::string& activation) {
  for (double& value : picture.values) value = activate(value, activation);
  return picture;
}

}  // namespace scrim::naive
