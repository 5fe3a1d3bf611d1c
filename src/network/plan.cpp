// From stages to steps: shapes become maps in memory, weights become packed panels.
#include "network/plan.h"

#include <algorithm>

#include "network/arena.h"
#include "network/check.h"
#include "network/fuse.h"
#include "network/lerp.h"

namespace scrim {
namespace {

constexpr std::size_t kMaxMemory = std::size_t{1} << 27;  // floats: 512 MiB

int round_up(int channels) {
  return (channels + kLanes - 1) / kLanes * kLanes;
}

/// Copies a map with dense channels to one with padded ones, or back.
void copy_map(const Step& s) {
  const std::ptrdiff_t places = static_cast<std::ptrdiff_t>(s.in.height) * s.in.width;
  for (std::ptrdiff_t i = 0; i < places; ++i)
    std::copy_n(s.in.data + i * s.in.pitch, s.in.channels, s.out.data + i * s.out.pitch);
}

class Planner {
 public:
  Planner(const Graph& graph, const Kernels& kernels)
      : graph_(graph), kernels_(kernels), fused_(fuse(graph)), maps_(fused_.shapes.size()) {}
  Expected<Plan> make();

 private:
  void shape_maps();
  Expected<void> place_maps();
  std::vector<int> last_uses() const;
  /// Of the Graph's tensors only: fusion makes no constants.
  bool is_constant(int index) const {
    return static_cast<std::size_t>(index) < graph_.tensors.size() && tensor(index).is_constant();
  }
  void place_constant(int tensor);
  void add_step(const FusedStage& stage);
  void add_copies_at_ends();
  void add_weights(const FusedStage& stage, Step& step);
  void add_mean_weights(const FusedStage& stage, Step& step);
  std::vector<float> conv_matrix(const FusedStage& stage, const Map& in) const;
  std::vector<float> transposed_matrix(const FusedStage& stage, const Step& step) const;
  std::vector<float> bias_of(const FusedStage& stage) const;
  const float* keep(const std::vector<float>& values, std::size_t padded_size);
  const Lerp* keep(std::vector<Lerp> lerps);
  Map& map(int tensor) { return maps_[static_cast<std::size_t>(tensor)]; }
  const Tensor& tensor(int index) const { return graph_.tensors[static_cast<std::size_t>(index)]; }
  const float* data(int tensor) { return tensor < 0 ? nullptr : map(tensor).data; }

  const Graph& graph_;
  const Kernels& kernels_;
  Fused fused_;
  std::vector<Map> maps_;  // one per tensor
  Plan plan_;
};

/// A kernel that takes or makes dense maps; all others want whole vectors for each place.
bool takes_dense(const FusedStage& stage) {
  return stage.op == Op::kConv && stage.scale < 0;
}
bool makes_dense(const FusedStage& stage) {
  return stage.op == Op::kTransposeConv;
}

std::array<int, 4> reads(const FusedStage& stage) {
  return {stage.input, stage.other, stage.scale, stage.residual};
}

std::size_t size_of(const Map& map) {
  return static_cast<std::size_t>(map.height) * static_cast<std::size_t>(map.width) *
         static_cast<std::size_t>(map.pitch);
}

void Planner::shape_maps() {
  for (std::size_t i = 0; i < maps_.size(); ++i) {
    const Shape& shape = fused_.shapes[i];
    maps_[i] = {nullptr, shape.height, shape.width, shape.channels, round_up(shape.channels)};
  }
  plan_.input = map(graph_.input);
  plan_.output = map(graph_.output);
  plan_.input.pitch = plan_.input.channels;
  plan_.output.pitch = plan_.output.channels;
  bool dense_input = true, dense_output = false;
  for (const FusedStage& stage : fused_.stages) {
    for (int read : reads(stage)) {
      if (read == graph_.input) dense_input &= takes_dense(stage) && stage.residual != read;
      if (read == graph_.output) dense_output = false;
    }
    if (stage.output == graph_.output) dense_output = makes_dense(stage);
  }
  if (dense_input) map(graph_.input).pitch = plan_.input.pitch;
  if (dense_output) map(graph_.output).pitch = plan_.output.pitch;
}

/// The last stage that reads each tensor.
std::vector<int> Planner::last_uses() const {
  std::vector<int> last(maps_.size(), -1);
  const int end = static_cast<int>(fused_.stages.size());
  for (int i = 0; i < end; ++i)
    for (int read : reads(fused_.stages[static_cast<std::size_t>(i)]))
      if (read >= 0) last[static_cast<std::size_t>(read)] = i;
  last[static_cast<std::size_t>(graph_.output)] = end;
  return last;
}

Expected<void> Planner::place_maps() {
  const std::vector<int> last = last_uses();
  std::vector<int> tensors = {graph_.input};
  std::vector<Lifetime> lifetimes = {
      {size_of(map(graph_.input)), 0, last[static_cast<std::size_t>(graph_.input)]}};
  for (std::size_t i = 0; i < fused_.stages.size(); ++i) {
    const int output = fused_.stages[i].output;
    const int born = static_cast<int>(i);
    tensors.push_back(output);
    lifetimes.push_back(
        {size_of(map(output)), born, std::max(born, last[static_cast<std::size_t>(output)])});
  }
  const ArenaLayout layout = lay_out(lifetimes);
  // The ends have dense copies of their own, if need be.
  const std::size_t extra = size_of(plan_.input) + size_of(plan_.output);
  if (layout.size + extra > kMaxMemory)
    return fail(Errc::kSystem, "the network needs too much memory");
  plan_.memory = Floats(layout.size);
  for (std::size_t i = 0; i < tensors.size(); ++i)
    map(tensors[i]).data = plan_.memory.data() + layout.offsets[i];
  return {};
}

/// A constant that is used as a picture or a factor, padded as pictures are.
void Planner::place_constant(int index) {
  Map& to = map(index);
  if (index < 0 || to.data) return;
  plan_.constants.emplace_back(size_of(to));
  to.data = plan_.constants.back().data();
  Map from = to;
  from.pitch = from.channels;
  // Steps only read their inputs; Map serves both sides and is not const.
  from.data = const_cast<float*>(tensor(index).data.data());
  copy_map({.in = from, .out = to});
}

const float* Planner::keep(const std::vector<float>& values, std::size_t padded_size) {
  plan_.constants.emplace_back(std::max(padded_size, values.size()));
  std::ranges::copy(values, plan_.constants.back().data());
  return plan_.constants.back().data();
}

const Lerp* Planner::keep(std::vector<Lerp> lerps) {
  plan_.lerps.push_back(std::move(lerps));
  return plan_.lerps.back().data();
}

/// One row per output channel (up to whole vectors); a place's channels padded as the input's are.
std::vector<float> Planner::conv_matrix(const FusedStage& stage, const Map& in) const {
  const Tensor& weights = tensor(stage.node->inputs[1]);
  const auto pitch = static_cast<std::size_t>(in.pitch);
  const auto channels = static_cast<std::size_t>(weights.shape.channels);
  const std::size_t places = weights.data.size() / channels;  // of all output channels
  const auto per_output = places / static_cast<std::size_t>(weights.shape.batch);
  std::vector<float> matrix(static_cast<std::size_t>(round_up(weights.shape.batch)) * per_output *
                            pitch);
  for (std::size_t i = 0; i < places; ++i)
    std::copy_n(weights.data.data() + i * channels, channels, matrix.data() + i * pitch);
  return matrix;
}

/// Neighbours whose outputs fit into one vector together, where a place's alone would leave half of
/// it empty: the multiplications with zero cost nothing more, and the outputs lie side by side.
int places_together(const Step& step) {
  const int outputs = step.window.kernel.down * step.window.kernel.right * step.out.channels;
  int places = 1;
  while (2 * places * outputs <= kLanes && step.in.width % (2 * places) == 0) places *= 2;
  return places;
}

/// One row for each output of a group of places: kernel row, place, kernel column, channel. Each
/// has zeros for the other places' inputs.
std::vector<float> Planner::transposed_matrix(const FusedStage& stage, const Step& step) const {
  const Tensor& weights = tensor(stage.node->inputs[1]);
  const Shape& shape = weights.shape;
  const int group = step.together, depth = group * step.in.pitch;
  const int outputs = group * shape.batch * shape.height * shape.width;
  std::vector<float> matrix(static_cast<std::size_t>(round_up(outputs)) *
                            static_cast<std::size_t>(depth));
  auto row = matrix.begin();
  for (int ky = 0; ky < shape.height; ++ky)
    for (int place = 0; place < group; ++place)
      for (int kx = 0; kx < shape.width; ++kx)
        for (int output = 0; output < shape.batch; ++output, row += depth)
          std::copy_n(weights.data.data() +
                          ((output * shape.height + ky) * shape.width + kx) * shape.channels,
                      shape.channels, row + place * step.in.pitch);
  return matrix;
}

std::vector<float> Planner::bias_of(const FusedStage& stage) const {
  const std::vector<int>& inputs = stage.node->inputs;
  if (inputs.size() > 2) return tensor(inputs[2]).data;
  return std::vector<float>(
      static_cast<std::size_t>(fused_.shapes[static_cast<std::size_t>(stage.output)].channels));
}

void Planner::add_weights(const FusedStage& stage, Step& step) {
  step.window = window_of(graph_, *stage.node);
  std::vector<float> bias = bias_of(stage);
  if (stage.op == Op::kDepthwise) {
    const Tensor& weights = tensor(stage.node->inputs[1]);
    const Map dense{nullptr, weights.shape.height, weights.shape.width, step.in.channels,
                    step.in.channels};
    Map from = dense, to = dense;
    to.pitch = step.in.pitch;
    plan_.constants.emplace_back(size_of(to));
    to.data = plan_.constants.back().data();
    from.data = const_cast<float*>(weights.data.data());
    copy_map({.in = from, .out = to});
    step.weights = to.data;
    step.bias = keep(bias, static_cast<std::size_t>(step.in.pitch));
    return;
  }
  const bool transposed = stage.op == Op::kTransposeConv;
  if (transposed) step.together = places_together(step);
  const std::vector<float> matrix =
      transposed ? transposed_matrix(stage, step) : conv_matrix(stage, step.in);
  const int per_place = transposed ? step.window.kernel.down * step.window.kernel.right : 1;
  const int outputs = step.out.channels * per_place * step.together;
  const int columns = round_up(outputs);
  const int depth = static_cast<int>(matrix.size()) / columns;
  plan_.constants.emplace_back(matrix.size());
  step.weights = plan_.constants.back().data();
  kernels_.pack(matrix.data(), columns, depth, plan_.constants.back().data());
  const std::vector<float> once = bias;
  while (bias.size() < static_cast<std::size_t>(outputs))
    bias.insert(bias.end(), once.begin(), once.end());
  step.bias = keep(bias, static_cast<std::size_t>(columns));
}

void Planner::add_step(const FusedStage& stage) {
  for (int read : reads(stage))
    if (read >= 0 && is_constant(read)) place_constant(read);
  Step step{.run = kernels_.run[static_cast<std::size_t>(stage.op)],
            .in = map(stage.input),
            .out = map(stage.output),
            .other = data(stage.other),
            .scale = data(stage.scale),
            .residual = data(stage.residual),
            .op = stage.op,
            .activation = stage.activation};
  if (stage.op == Op::kConv || stage.op == Op::kDepthwise || stage.op == Op::kTransposeConv)
    add_weights(stage, step);
  if (stage.op == Op::kMaxPool) step.window = window_of(graph_, *stage.node);
  if (stage.op == Op::kPad) step.window.before = stage.node->before;
  if (stage.op == Op::kResize) {
    step.down = keep(make_lerps(step.in.height, step.out.height, stage.node->sampling));
    step.right = keep(make_lerps(step.in.width, step.out.width, stage.node->sampling));
  }
  if (stage.op == Op::kGlobalMean && stage.node->op == Op::kResize) add_mean_weights(stage, step);
  plan_.steps.push_back(step);
}

/// The mean of the picture as it would be after it was resized.
void Planner::add_mean_weights(const FusedStage& stage, Step& step) {
  const Shape& large = tensor(stage.node->output).shape;
  const Sampling sampling = stage.node->sampling;
  std::vector<float> weights = mean_weights(step.in.height, large.height, sampling);
  const std::vector<float> columns = mean_weights(step.in.width, large.width, sampling);
  weights.insert(weights.end(), columns.begin(), columns.end());
  step.weights = keep(weights, weights.size());
}

/// The world outside sees dense ends, whatever the kernels want.
void Planner::add_copies_at_ends() {
  Map& input = map(graph_.input);
  Map& output = map(graph_.output);
  plan_.input.data = input.data;
  plan_.output.data = output.data;
  if (input.pitch != plan_.input.pitch) {
    plan_.constants.emplace_back(size_of(plan_.input));
    plan_.input.data = plan_.constants.back().data();
    plan_.steps.insert(plan_.steps.begin(), {.run = copy_map, .in = plan_.input, .out = input});
  }
  if (output.pitch != plan_.output.pitch) {
    plan_.constants.emplace_back(size_of(plan_.output));
    plan_.output.data = plan_.constants.back().data();
    plan_.steps.push_back({.run = copy_map, .in = output, .out = plan_.output});
  }
}

Expected<Plan> Planner::make() {
  shape_maps();
  if (auto done = place_maps(); !done) return std::unexpected(done.error());
  for (const FusedStage& stage : fused_.stages) add_step(stage);
  std::size_t zeros = 0, scratch = 0;
  for (const Step& step : plan_.steps) {
    zeros = std::max(
        zeros, static_cast<std::size_t>(step.in.width) * static_cast<std::size_t>(step.in.pitch));
    scratch = std::max(scratch, scratch_size(step));
  }
  plan_.zeros = Floats(zeros);
  plan_.scratch = Floats(scratch);
  for (Step& step : plan_.steps) {
    step.zeros = plan_.zeros.data();
    step.scratch = plan_.scratch.data();
  }
  add_copies_at_ends();
  return std::move(plan_);
}

}  // namespace

Expected<Plan> make_plan(const Graph& graph, const Kernels& kernels) {
  if (auto done = check_graph(graph); !done) return std::unexpected(done.error());
  return Planner(graph, kernels).make();
}

}  // namespace scrim
