// The slow, obvious twins of the engine's kernels, and an interpreter of TFLite files made of them.
// They share no code with the engine: not its reader, its shapes, nor its arithmetic (all double).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace scrim::naive {

/// Row by row, channels side by side.
struct Picture {
  int height = 0, width = 0, channels = 0;
  std::vector<double> values = {};

  Picture() = default;
  Picture(int h, int w, int c)
      : height(h), width(w), channels(c), values(static_cast<std::size_t>(h * w * c)) {}
  double& at(int y, int x, int c) {
    return values[static_cast<std::size_t>((y * width + x) * channels + c)];
  }
  double at(int y, int x, int c) const { return const_cast<Picture*>(this)->at(y, x, c); }
};

/// Output channels, height, width, input channels.
struct Weights {
  int outputs = 0, height = 0, width = 0, inputs = 0;
  std::vector<double> values = {};
  double at(int o, int y, int x, int i) const {
    return values[static_cast<std::size_t>(((o * height + y) * width + x) * inputs + i)];
  }
};

struct Steps {
  int stride_y = 1, stride_x = 1, dilation_y = 1, dilation_x = 1;
  bool same = true;
};

Picture conv(const Picture&, const Weights&, const std::vector<double>& bias, const Steps&);
Picture depthwise(const Picture&, const Weights&, const std::vector<double>& bias, const Steps&);
Picture transpose_conv(const Picture&, const Weights&, const std::vector<double>& bias);
Picture add(const Picture&, const Picture&);
Picture multiply(const Picture&, const Picture&);  // either may be one place
Picture concat(const Picture&, const Picture&);    // by channels
Picture mean(const Picture&);
Picture max_pool(const Picture&, int height, int width, const Steps&);
Picture pad(const Picture&, int top, int left, int bottom, int right);
/// The picture of every `block`-th place, of each phase in turn; sides are multiples of it.
std::vector<Picture> space_to_batch(const Picture&, int block);
Picture batch_to_space(const std::vector<Picture>&, int block);
Picture crop(const Picture&, int top, int left, int height, int width);
enum class Corners { kHalfPixel, kAligned, kTopLeft };
Picture resize(const Picture&, int height, int width, Corners);

/// "none", "relu", "relu6", "hard_swish", "logistic".
Picture activate(Picture, const std::string& activation);

/// Runs a file of the selfie networks' operators; throws std::exception on anything else.
Picture run_tflite(std::span<const std::byte> file, const Picture& input);

/// Runs a TensorFlow.js model up to the node `output`: convolutions, biases, Relu6 only.
Picture run_tfjs(const std::string& json, std::span<const std::byte> weights,
                 const std::string& output, const Picture& input);

}  // namespace scrim::naive
