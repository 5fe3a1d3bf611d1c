// BodyPix 2.x, step by step as segmentPerson() of `@tensorflow-models/body-pix` does it: the
// picture is padded to the aspect of the network's input and scaled to it, bilinear from the top
// left corner; the logits are enlarged to the input's size, corners on corners; each becomes a
// probability there; what lies under the picture is scaled to it. A region of a picture is treated
// as a picture of its own, but the network keeps the size that the whole picture asks for.
//
// The graph depends on the size of its input, so it is read again when pictures change their size.
// Tested by body_pix_test and, against the library itself, by tests/apps/body_pix.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "image/convert.h"
#include "network/network.h"
#include "network/tfjs_reader.h"
#include "segmenters/body_pix_geometry.h"
#include "segmenters/kinds.h"

namespace scrim {
namespace {

/// A side that is valid for all strides, to look at a network with.
constexpr int kTrialSide = 257;
constexpr std::array kStrides = {8, 16, 32};

/// What levels 0..255 become: level * scale + shift.
struct Levels {
  float scale = 1 / 127.5f;
  std::array<float, 3> shift = {-1, -1, -1};
};
constexpr Levels kMobileNet;
constexpr Levels kResNet = {1, {-123.15f, -115.90f, -103.06f}};

/// What there is to know of a network before the size of its input.
struct Architecture {
  int stride = 0;
  Levels levels;
};

struct Request {
  std::string folder;
  double resolution = 0;
  std::optional<double> threshold;  // none: probabilities
};

Expected<Graph> load(const std::string& folder, Size input) {
  auto graph = load_tfjs(folder, {input.height, input.width, "float_segments"});
  if (!graph)
    return fail(graph.error().code, "bodypix: {}; `scrim models` tells how to get a network",
                graph.error().what);
  return graph;
}

Expected<Architecture> examine(const std::string& folder) {
  const auto graph = load(folder, {kTrialSide, kTrialSide});
  if (!graph) return std::unexpected(graph.error());
  const Shape& out = graph->tensors[static_cast<std::size_t>(graph->output)].shape;
  for (int stride : kStrides) {
    const int side = (kTrialSide - 1) / stride + 1;
    if (out != Shape{1, side, side, 1}) continue;
    // Of the two architectures only this one keeps channels apart.
    const bool is_mobile_net = std::ranges::count(graph->nodes, Op::kDepthwise, &Node::op) > 0;
    return Architecture{stride, is_mobile_net ? kMobileNet : kResNet};
  }
  return fail(Errc::kSystem, "bodypix: {}: its float_segments are {}, not those of BodyPix", folder,
              describe(out));
}

void blend(const float* low, const float* high, float part, std::ptrdiff_t count, float* out) {
  for (std::ptrdiff_t i = 0; i < count; ++i) out[i] = low[i] + (high[i] - low[i]) * part;
}

void blend(const std::uint8_t* low, const std::uint8_t* high, float part, std::ptrdiff_t count,
           float* out) {
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    const auto value = static_cast<float>(low[i]);
    out[i] = value + (static_cast<float>(high[i]) - value) * part;
  }
}

float at(const float* row, const Lerp& place) {
  return row[place.low] + (row[place.high] - row[place.low]) * place.part;
}

class BodyPix : public Segmenter {
 public:
  BodyPix(Request request, const Architecture& architecture)
      : request_(std::move(request)), architecture_(architecture) {}

  /// The answer has the picture's own size, as the library's.
  Size matte_size(Size picture) const override { return picture; }

  Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
    if (auto ok = prepare(picture.size()); !ok) return ok;
    const BodyPixPadding padding = body_pix_padding({region.width, region.height}, input_);
    show(picture, region, padding);
    find_probabilities(network_->run());
    place_in_input(input_.height, region.height, padding.vertical, out.height, down_);
    place_in_input(input_.width, region.width, padding.horizontal, out.width, right_);
    for (int y = 0; y < out.height; ++y) write_row(y, out);
    return {};
  }

 private:
  Expected<void> prepare(Size picture);
  void show(ConstImageView picture, Rect region, BodyPixPadding padding);
  void find_probabilities(std::span<const float> logits);
  void write_row(int y, Plane out);

  Request request_;
  Architecture architecture_;
  Size picture_, input_;
  std::optional<Network> network_;
  std::vector<std::uint8_t> rgb_, black_;  // the picture; a row of it that lies outside
  std::vector<float> columns_;             // a row of the region, after one black place
  std::vector<float> row_;                 // of logits or probabilities
  std::vector<float> probabilities_;       // of the network's input
  std::vector<Lerp> down_, right_;
};

Expected<void> BodyPix::prepare(Size picture) {
  if (picture == picture_) return {};
  const Size input = body_pix_input(picture, request_.resolution, architecture_.stride);
  const auto graph = load(request_.folder, input);
  if (!graph) return std::unexpected(graph.error());
  auto network = Network::create(*graph);
  if (!network) return fail_in("bodypix: " + request_.folder, network.error());
  network_ = *std::move(network);
  const auto width = static_cast<std::size_t>(picture.width);
  rgb_.resize(3 * width * static_cast<std::size_t>(picture.height));
  black_.resize(3 * width);
  columns_.assign(3 * (width + 1), 0);
  row_.resize(static_cast<std::size_t>(input.width));
  probabilities_.resize(row_.size() * static_cast<std::size_t>(input.height));
  picture_ = picture;
  input_ = input;
  return {};
}

/// Fills the network's input.
void BodyPix::show(ConstImageView picture, Rect region, BodyPixPadding padding) {
  const std::ptrdiff_t stride = 3 * static_cast<std::ptrdiff_t>(picture_.width);
  to_rgb(picture, rgb_.data(), stride);
  place_in_picture(region.height, padding.vertical, input_.height, down_);
  place_in_picture(region.width, padding.horizontal, input_.width, right_);
  const auto row_at = [&](int y) {
    return y < 0 ? black_.data() : rgb_.data() + (region.y + y) * stride + 3 * region.x;
  };
  const Levels& levels = architecture_.levels;
  float* to = network_->input().data();
  for (const Lerp& down : down_) {
    blend(row_at(down.low), row_at(down.high), down.part, 3 * region.width, columns_.data() + 3);
    for (const Lerp& right : right_) {
      const float* low = columns_.data() + 3 * (right.low + 1);
      const float* high = columns_.data() + 3 * (right.high + 1);
      for (std::size_t c = 0; c < 3; ++c)
        *to++ = (low[c] + (high[c] - low[c]) * right.part) * levels.scale + levels.shift[c];
    }
  }
}

void BodyPix::find_probabilities(std::span<const float> logits) {
  const Shape shape = network_->output_shape();
  // Corners on corners: the same as a picture without padding.
  place_in_input(shape.height, input_.height, 0, input_.height, down_);
  place_in_input(shape.width, input_.width, 0, input_.width, right_);
  float* to = probabilities_.data();
  for (const Lerp& down : down_) {
    blend(logits.data() + down.low * shape.width, logits.data() + down.high * shape.width,
          down.part, shape.width, row_.data());
    for (const Lerp& right : right_) *to++ = 1 / (1 + std::exp(-at(row_.data(), right)));
  }
}

void BodyPix::write_row(int y, Plane out) {
  const Lerp& down = down_[static_cast<std::size_t>(y)];
  blend(probabilities_.data() + static_cast<std::ptrdiff_t>(down.low) * input_.width,
        probabilities_.data() + static_cast<std::ptrdiff_t>(down.high) * input_.width, down.part,
        input_.width, row_.data());
  for (int x = 0; x < out.width; ++x) {
    const float probability = at(row_.data(), right_[static_cast<std::size_t>(x)]);
    out.row(y)[x] = request_.threshold ? (probability > *request_.threshold ? 255 : 0)
                                       : probability_byte(probability);
  }
}

}  // namespace

Expected<std::unique_ptr<Segmenter>> make_body_pix(const Spec& spec, const SegmenterNeeds&) {
  const auto resolution = body_pix_resolution(text(spec, kBodyPixResolution));
  if (!resolution)
    return fail(Errc::kRequest,
                "bodypix?internal_resolution={}: expected low, medium, high, full or a number from "
                "0.1 to 2",
                text(spec, kBodyPixResolution));
  Request request{.folder = spec.argument, .resolution = *resolution};
  if (spec.find(kBodyPixThreshold.name)) request.threshold = number(spec, kBodyPixThreshold);
  const auto architecture = examine(request.folder);
  if (!architecture) return std::unexpected(architecture.error());
  return std::make_unique<BodyPix>(std::move(request), *architecture);
}

}  // namespace scrim
