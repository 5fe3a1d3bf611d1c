#include "network/schedule.h"

#include <algorithm>

#include "network/check.h"
#include "network/lerp.h"

namespace scrim {
namespace {

/// Values that a stage makes at a turn: a few such bands lie in a second-level cache.
constexpr long long kBandValues = 8192;
/// However small its rows are, a stage has no more turns than this.
constexpr int kMaxBands = 64;

bool goes_by_input(const FusedStage& stage) {
  return stage.op == Op::kGlobalMean || stage.op == Op::kTransposeConv;
}

class Scheduler {
 public:
  Scheduler(const Graph& graph, const Fused& fused);
  std::vector<Turn> make();

 private:
  int height(int tensor) const { return shape(tensor).height; }
  const Shape& shape(int tensor) const { return fused_.shapes[static_cast<std::size_t>(tensor)]; }
  const FusedStage& stage(int index) const {
    return fused_.stages[static_cast<std::size_t>(index)];
  }
  int maker(int tensor) const {
    return tensor < 0 ? -1 : makers_[static_cast<std::size_t>(tensor)];
  }
  int& done(int index) { return done_[static_cast<std::size_t>(index)]; }
  int band(const FusedStage& stage) const;
  int rows_of_input(const FusedStage& stage, int last) const;
  void need(int tensor, int rows);
  void produce(int index, int rows);
  void take_turn(int index, int last);

  const Graph& graph_;
  const Fused& fused_;
  std::vector<int> makers_;              // of each tensor; -1: it is there before all stages
  std::vector<std::vector<int>> means_;  // of each stage's output, and of nothing else
  std::vector<int> done_;                // rows of each stage
  std::vector<Turn> turns_;
};

Scheduler::Scheduler(const Graph& graph, const Fused& fused)
    : graph_(graph),
      fused_(fused),
      makers_(fused.shapes.size(), -1),
      means_(fused.stages.size()),
      done_(fused.stages.size()) {
  for (std::size_t i = 0; i < fused.stages.size(); ++i) {
    const FusedStage& stage = fused.stages[i];
    makers_[static_cast<std::size_t>(stage.output)] = static_cast<int>(i);
    const int from = maker(stage.input);
    if (stage.op == Op::kGlobalMean && stage.other < 0 && from >= 0 &&
        !goes_by_input(this->stage(from)))
      means_[static_cast<std::size_t>(from)].push_back(static_cast<int>(i));
  }
}

int Scheduler::band(const FusedStage& stage) const {
  const Shape& rows = shape(goes_by_input(stage) ? stage.input : stage.output);
  const long long row = static_cast<long long>(rows.width) * rows.channels;
  return static_cast<int>(std::max(
      {1LL, kBandValues / row, static_cast<long long>(rows.height + kMaxBands - 1) / kMaxBands}));
}

/// Of the picture that comes in, as many as the stage's own rows up to `last` are made from.
int Scheduler::rows_of_input(const FusedStage& stage, int last) const {
  const int all = height(stage.input);
  if (stage.op == Op::kResize) {
    const auto lerps = make_lerps(all, height(stage.output), stage.node->sampling);
    return lerps[static_cast<std::size_t>(last - 1)].high + 1;
  }
  if (stage.op != Op::kConv && stage.op != Op::kDepthwise) return last;
  const Window w = window_of(graph_, *stage.node);
  const int end = (last - 1) * w.stride.down + (w.kernel.down - 1) * w.dilation.down + 1;
  return std::clamp(end - w.before.down, 0, all);
}

/// Sees to it that the first `rows` rows of `tensor` are there.
void Scheduler::need(int tensor, int rows) {
  const int from = maker(tensor);
  if (from < 0) return;
  const FusedStage& maker = stage(from);
  if (maker.op == Op::kGlobalMean) rows = height(maker.input);
  if (maker.op == Op::kTransposeConv) {
    const int kernel = height(maker.output) / height(maker.input);
    rows = (rows + kernel - 1) / kernel;
  }
  produce(from, rows);
}

void Scheduler::produce(int index, int rows) {
  const FusedStage& stage = this->stage(index);
  while (done(index) < rows) {
    const int last = std::min(done(index) + band(stage), row_count(fused_, stage));
    need(stage.scale, 1);
    need(stage.input, rows_of_input(stage, last));
    need(stage.other, last);
    need(stage.residual, last);
    // Taking means, those before may have come this far already.
    if (done(index) < last) take_turn(index, last);
  }
}

void Scheduler::take_turn(int index, int last) {
  turns_.push_back({index, done(index), last});
  done(index) = last;
  for (int mean : means_[static_cast<std::size_t>(index)]) take_turn(mean, last);
}

std::vector<Turn> Scheduler::make() {
  for (std::size_t i = 0; i < fused_.stages.size(); ++i)
    if (fused_.stages[i].output == graph_.output)
      produce(static_cast<int>(i), row_count(fused_, fused_.stages[i]));
  return std::move(turns_);
}

}  // namespace

int row_count(const Fused& fused, const FusedStage& stage) {
  const int tensor = goes_by_input(stage) ? stage.input : stage.output;
  return fused.shapes[static_cast<std::size_t>(tensor)].height;
}

std::vector<Turn> make_schedule(const Graph& graph, const Fused& fused) {
  return Scheduler(graph, fused).make();
}

}  // namespace scrim
