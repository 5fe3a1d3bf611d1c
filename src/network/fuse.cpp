#include "network/fuse.h"

#include <algorithm>
#include <utility>

namespace scrim {
namespace {

/// Who makes and who reads each tensor; -1: nobody, or, of readers, more than one.
class Uses {
 public:
  Uses(const std::vector<FusedStage>& stages, std::size_t tensors, int network_output)
      : makers_(tensors, -1), readers_(tensors, -1), counts_(tensors, 0) {
    for (std::size_t i = 0; i < stages.size(); ++i) {
      const FusedStage& stage = stages[i];
      for (int read : {stage.input, stage.other, stage.scale, stage.residual}) note(read, i);
      makers_[static_cast<std::size_t>(stage.output)] = static_cast<int>(i);
    }
    note(network_output, stages.size());
  }

  /// The index of the stage that makes `tensor`; -1: it is there before all stages.
  int maker(int tensor) const { return makers_[static_cast<std::size_t>(tensor)]; }

  /// The one stage that reads `tensor` once, and that is not the world outside; or null.
  FusedStage* only_reader(std::vector<FusedStage>& stages, int tensor) const {
    const auto at = static_cast<std::size_t>(tensor);
    const auto reader = static_cast<std::size_t>(readers_[at]);
    return counts_[at] == 1 && reader < stages.size() ? &stages[reader] : nullptr;
  }

 private:
  void note(int tensor, std::size_t reader) {
    if (tensor < 0) return;
    readers_[static_cast<std::size_t>(tensor)] = static_cast<int>(reader);
    ++counts_[static_cast<std::size_t>(tensor)];
  }

  std::vector<int> makers_, readers_, counts_;
};

bool takes_residual(Op op) {
  return op != Op::kGlobalMean && op != Op::kTransposeConv;
}

class Fuser {
 public:
  explicit Fuser(const Graph& graph);
  Fused fuse();

 private:
  void add_stage(const Node& node);
  void convolve_before_resizing();
  void fold_activations();
  void fold_scales();
  void fold_sums();
  void fold_sums_into_means();
  void take_means_before_resizing();
  void gate_while_resizing();
  const FusedStage* plain_resize(const Uses& uses, int tensor) const;
  int add_tensor(Shape shape);
  void drop_folded();
  bool is_pointwise(const FusedStage& stage) const;
  Uses uses() const { return {stages_, shapes_.size(), graph_.output}; }
  static void fold(FusedStage& stage) { stage.output = -1; }
  const Shape& shape(int tensor) const { return shapes_[static_cast<std::size_t>(tensor)]; }

  const Graph& graph_;
  std::vector<FusedStage> stages_;
  std::vector<Shape> shapes_;
};

Fuser::Fuser(const Graph& graph) : graph_(graph) {
  for (const Tensor& tensor : graph.tensors) shapes_.push_back(tensor.shape);
  for (const Node& node : graph.nodes) add_stage(node);
}

void Fuser::add_stage(const Node& node) {
  FusedStage stage{.op = node.op,
                   .activation = node.activation,
                   .input = node.inputs[0],
                   .output = node.output,
                   .node = &node};
  if (node.op == Op::kAdd || node.op == Op::kMultiply || node.op == Op::kConcat)
    stage.other = node.inputs[1];
  if (node.op == Op::kMultiply && shape(stage.input) != shape(stage.other)) {
    // One of the two is a factor per channel, which may stand on either side.
    if (shape(stage.input) != shape(stage.output)) std::swap(stage.input, stage.other);
    stage.scale = std::exchange(stage.other, -1);
  }
  stages_.push_back(stage);
}

Fused Fuser::fuse() {
  for (auto pass : {&Fuser::convolve_before_resizing, &Fuser::fold_activations, &Fuser::fold_scales,
                    &Fuser::fold_sums, &Fuser::fold_sums_into_means,
                    &Fuser::take_means_before_resizing, &Fuser::gate_while_resizing}) {
    (this->*pass)();
    drop_folded();
  }
  return {std::move(stages_), std::move(shapes_)};
}

void Fuser::drop_folded() {
  std::erase_if(stages_, [](const FusedStage& stage) { return stage.output < 0; });
}

bool Fuser::is_pointwise(const FusedStage& stage) const {
  const Node& node = *stage.node;
  if (stage.op != Op::kConv || node.stride != Pair{1, 1}) return false;
  const Shape& weights = shape(node.inputs[1]);
  return weights.height == 1 && weights.width == 1;
}

/// conv(resize(x)) becomes resize(conv(x)) where that is the lesser work. The weights of a linear
/// interpolation add up to one, so the bias passes through it unchanged; an activation would not.
void Fuser::convolve_before_resizing() {
  const Uses uses = this->uses();
  for (FusedStage& resize : stages_) {
    if (resize.op != Op::kResize || resize.activation != Activation::kNone) continue;
    FusedStage* conv = uses.only_reader(stages_, resize.output);
    if (!conv || !is_pointwise(*conv) || conv->activation != Activation::kNone) continue;
    const FusedStage* after = uses.only_reader(stages_, conv->output);
    if (after && after->op == Op::kActivation) continue;
    const Shape small = shape(resize.input);
    const Shape large = shape(resize.output);
    if (count(small) >= count(large)) continue;
    const int between = resize.output;
    shapes_[static_cast<std::size_t>(between)] = {1, small.height, small.width,
                                                  shape(conv->output).channels};
    std::swap(resize.op, conv->op);
    std::swap(resize.node, conv->node);
  }
}

void Fuser::fold_activations() {
  const Uses uses = this->uses();
  for (FusedStage& stage : stages_) {
    if (stage.output < 0 || stage.activation != Activation::kNone) continue;
    FusedStage* after = uses.only_reader(stages_, stage.output);
    if (!after || after->op != Op::kActivation) continue;
    stage.activation = after->activation;
    stage.output = after->output;
    fold(*after);
  }
}

void Fuser::fold_scales() {
  const Uses uses = this->uses();
  for (FusedStage& stage : stages_) {
    if (stage.op != Op::kMultiply || stage.scale < 0) continue;
    if (stage.activation != Activation::kNone) continue;
    FusedStage* conv = uses.only_reader(stages_, stage.output);
    if (!conv || !is_pointwise(*conv) || conv->scale >= 0) continue;
    conv->input = stage.input;
    conv->scale = stage.scale;
    fold(stage);
  }
}

/// The sum moves to where its later operand is made; the other one must be there by then.
void Fuser::fold_sums() {
  const Uses uses = this->uses();
  for (FusedStage& sum : stages_) {
    if (sum.op != Op::kAdd || sum.activation != Activation::kNone) continue;
    int later = sum.input, earlier = sum.other;
    if (uses.maker(later) < uses.maker(earlier)) std::swap(later, earlier);
    if (uses.maker(later) < 0 || uses.only_reader(stages_, later) != &sum) continue;
    FusedStage& maker = stages_[static_cast<std::size_t>(uses.maker(later))];
    if (maker.residual >= 0 || maker.output != later || !takes_residual(maker.op)) continue;
    maker.residual = earlier;
    maker.output = sum.output;
    fold(sum);
  }
}

void Fuser::fold_sums_into_means() {
  const Uses uses = this->uses();
  for (FusedStage& mean : stages_) {
    if (mean.op != Op::kGlobalMean || uses.maker(mean.input) < 0) continue;
    FusedStage& sum = stages_[static_cast<std::size_t>(uses.maker(mean.input))];
    if (sum.op != Op::kAdd || sum.activation != Activation::kNone || sum.residual >= 0) continue;
    if (uses.only_reader(stages_, sum.output) != &mean) continue;
    mean.input = sum.input;
    mean.other = sum.other;
    fold(sum);
  }
}

/// The stage that enlarges a picture to `tensor` and does nothing else, or null.
const FusedStage* Fuser::plain_resize(const Uses& uses, int tensor) const {
  const int maker = tensor < 0 ? -1 : uses.maker(tensor);
  if (maker < 0) return nullptr;
  const FusedStage& stage = stages_[static_cast<std::size_t>(maker)];
  const bool plain = stage.activation == Activation::kNone && stage.residual < 0 && stage.scale < 0;
  return stage.op == Op::kResize && plain ? &stage : nullptr;
}

int Fuser::add_tensor(Shape shape) {
  shapes_.push_back(shape);
  return static_cast<int>(shapes_.size()) - 1;
}

/// mean(x + resize(y)) becomes mean(x) + mean(resize(y)), and of the latter only y is looked at.
void Fuser::take_means_before_resizing() {
  const Uses uses = this->uses();
  std::vector<FusedStage> stages;
  for (FusedStage stage : stages_) {
    if (stage.op == Op::kGlobalMean && plain_resize(uses, stage.input) && stage.other >= 0)
      std::swap(stage.input, stage.other);
    const FusedStage* resize =
        stage.op == Op::kGlobalMean ? plain_resize(uses, stage.other) : nullptr;
    if (resize) {
      const Shape place = shape(stage.output);
      const auto mean_of = [&](int input, const Node* node) {
        const FusedStage mean{.op = stage.op, .input = input, .output = add_tensor(place)};
        stages.push_back(mean);
        stages.back().node = node;
        return mean.output;
      };
      stage.input = mean_of(stage.input, stage.node);
      stage.other = mean_of(resize->input, resize->node);
      stage.op = Op::kAdd;
    }
    stages.push_back(stage);
  }
  stages_ = std::move(stages);
}

/// x * scale + resize(y) is made in one go, and the enlarged picture is never stored.
void Fuser::gate_while_resizing() {
  const Uses uses = this->uses();
  for (FusedStage& gate : stages_) {
    if (gate.op != Op::kMultiply || gate.scale < 0 || gate.activation != Activation::kNone)
      continue;
    const FusedStage* resize = plain_resize(uses, gate.residual);
    if (!resize || uses.only_reader(stages_, gate.residual) != &gate) continue;
    FusedStage& enlarged = stages_[static_cast<std::size_t>(uses.maker(gate.residual))];
    gate.op = Op::kResize;
    gate.node = enlarged.node;
    gate.other = std::exchange(gate.input, enlarged.input);
    gate.residual = -1;
    fold(enlarged);
  }
}

}  // namespace

Fused fuse(const Graph& graph) {
  return Fuser(graph).fuse();
}

}  // namespace scrim
