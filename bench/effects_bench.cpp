// CPU time of every effect at 720p, on the presenter with the true matte, in the chain where it is
// at home: `effect/<name>`.
//
// Run from the top folder, where overlay finds its picture:
//   build/release/effects_bench --benchmark_repetitions=9 --benchmark_report_aggregates_only=true
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "effects/effect.h"
#include "media/file_pictures.h"
#include "sources/presenter.h"

namespace scrim {
namespace {

constexpr Size kSize{1280, 720};
constexpr int kMoments = 4;
constexpr double kStep = 1.0 / 30;

/// Some pictures in a row with their mattes, and a layer that they are copied into.
struct Stand {
  std::vector<Image> pictures;
  std::vector<Matte> mattes;
  Image layer{kSize};
  Matte matte{kSize};

  Stand() {
    Presenter presenter(kSize, {});
    for (int i = 0; i < kMoments; ++i) {
      pictures.emplace_back(kSize);
      mattes.emplace_back(kSize);
      presenter.draw(3 + i * kStep, pictures.back().view(), mattes.back().view());
    }
  }
};

Stand& stand() {
  static Stand the_stand;
  return the_stand;
}

void run(benchmark::State& state, const Spec& spec, Role role) {
  const FilePictures files;
  auto effect = make_effect(spec, {kSize, role, &files});
  if (!effect) return state.SkipWithError(effect.error().what.c_str());
  Stand& s = stand();
  int frame = 0;
  for (auto _ : state) {
    const auto i = static_cast<std::size_t>(frame % kMoments);
    state.PauseTiming();
    copy(std::as_const(s.pictures[i]).view(), s.layer.view());
    copy(std::as_const(s.mattes[i]).view(), s.matte.view());
    state.ResumeTiming();
    const ConstImageView camera = std::as_const(s.pictures[i]).view();
    (*effect)->apply(
        {s.layer.view(), s.matte.view()},
        {camera, camera, std::as_const(s.mattes[i]).view(), at_seconds(frame++ * kStep)});
  }
}

void add_all() {
  for (const EffectKind& kind : effect_kinds()) {
    Spec spec = example_of(kind);
    if (kind.argument == Argument::kFile) spec.argument = "docs/demo.png";
    benchmark::RegisterBenchmark(
        fmt::format("effect/{}", kind.name).c_str(),
        [spec, role = kind.home](benchmark::State& state) { run(state, spec, role); })
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace
}  // namespace scrim

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  scrim::add_all();
  benchmark::RunSpecifiedBenchmarks();
}
