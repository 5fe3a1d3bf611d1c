// What each step of the matte costs on one core, in CPU time, at 720p; and all of them together
// in a live run, the network's own time taken out. Pictures are the presenter's, answers those of
// the usual network, whose weights must be there.
//
//   build/release/matte_bench --benchmark_enable_random_interleaving=true
//       --benchmark_repetitions=9 --benchmark_report_aggregates_only=true
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <memory>
#include <vector>

#include "cpu_clock.h"
#include "image/scale.h"
#include "matte/edge_colour.h"
#include "matte/matting.h"
#include "segmenters/photometry.h"
#include "segmenters/sampler.h"
#include "sources/presenter.h"

namespace scrim {
namespace {

constexpr Size kPicture{1280, 720}, kGrid{320, 180}, kInput{256, 256};
constexpr int kFrames = 16;

/// Counts the time that another segmenter takes.
class Timed : public Segmenter {
 public:
  explicit Timed(std::unique_ptr<Segmenter> inner) : inner_(std::move(inner)) {}
  Size matte_size(Size picture) const override { return inner_->matte_size(picture); }
  Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
    const double begin = cpu_seconds();
    auto ok = inner_->segment(picture, region, out);
    seconds += cpu_seconds() - begin;
    return ok;
  }
  double seconds = 0;

 private:
  std::unique_ptr<Segmenter> inner_;
};

/// A second of the presenter waving, and what the network says.
struct Scene {
  std::vector<Image> pictures;
  std::vector<Matte> answers;  // on the whole picture, at the grid's size
  std::unique_ptr<Timed> network;

  ConstImageView picture(std::size_t i) const { return pictures[i % kFrames].view(); }
  void answer(std::size_t i, Plane out) const { copy(answers[i % kFrames].view(), out); }
};

Expected<Scene> make_scene() {
  auto network = make_segmenter({"person", "", {}});
  if (!network) return std::unexpected(network.error());
  Scene scene;
  scene.network = std::make_unique<Timed>(*std::move(network));
  Presenter presenter(kPicture, {});
  Matte raw(scene.network->matte_size(kPicture));
  for (int i = 0; i < kFrames; ++i) {
    scene.pictures.emplace_back(kPicture);
    presenter.draw(3 + i / 30.0, scene.pictures.back().view());
    const ConstImageView picture = scene.picture(static_cast<std::size_t>(i));
    if (auto ok = scene.network->segment(picture, whole(kPicture), raw.view()); !ok)
      return std::unexpected(ok.error());
    scene.answers.emplace_back(kGrid);
    scale_linear(raw.view(), scene.answers.back().view());
  }
  return scene;
}

/// Times `step(i)`, leaving out what `prepare(i)` takes.
template <class Prepare, class Step>
void add_case(const char* name, Prepare prepare, Step step) {
  const auto run = [=](benchmark::State& state) mutable {
    for (std::size_t i = 0; i < kFrames; ++i) prepare(i), step(i);
    std::size_t i = 0;
    for (auto _ : state) {
      prepare(++i);
      const double begin = cpu_seconds();
      step(i);
      state.SetIterationTime(cpu_seconds() - begin);
    }
  };
  benchmark::RegisterBenchmark(name, run)->UseManualTime()->Unit(benchmark::kMicrosecond);
}

void add_live(const char* name, std::shared_ptr<Scene> scene, MatteSettings settings) {
  const auto run = [=](benchmark::State& state) {
    Matting matting(settings);
    Matte out(kPicture);
    std::size_t i = 0;
    const auto make = [&] {
      const auto now = at_seconds(static_cast<double>(i) / 30);
      if (!matting.make(scene->picture(i++), now, *scene->network, out.view()))
        state.SkipWithError("the network fails");
    };
    for (int k = 0; k < kFrames; ++k) make();
    for (auto _ : state) {
      scene->network->seconds = 0;
      const double begin = cpu_seconds();
      make();
      state.SetIterationTime(cpu_seconds() - begin - scene->network->seconds);
    }
  };
  benchmark::RegisterBenchmark(name, run)->UseManualTime()->Unit(benchmark::kMicrosecond);
}

/// Before the network: what it is shown.
void add_input_steps(std::shared_ptr<Scene> scene) {
  const std::size_t count = 3UL * kInput.width * kInput.height;
  const auto rgb = std::make_shared<std::vector<float>>(count);
  const auto sampler = std::make_shared<Sampler>(kInput, 0.0f, 1.0f);
  const auto photometry = std::make_shared<Photometry>(kInput, 0.0f, 1.0f);
  const Rect box{240, 0, 720, 720};
  add_case(
      "step/sample", [](std::size_t) {},
      [=](std::size_t i) { sampler->sample(scene->picture(i), box, *rgb); });
  add_case(
      "step/photometry", [=](std::size_t i) { sampler->sample(scene->picture(i), box, *rgb); },
      [=](std::size_t) { photometry->apply(*rgb); });
}

/// After it, on the grid.
void add_grid_steps(std::shared_ptr<Scene> scene) {
  const auto luma = std::make_shared<Matte>(kGrid), matte = std::make_shared<Matte>(kGrid);
  const auto motion = std::make_shared<Motion>();
  const auto cleaning = std::make_shared<Cleaning>();
  const auto smoothing = std::make_shared<Smoothing>(0.8);
  const auto box = std::make_shared<PersonBox>();
  box->reset(kGrid);
  const auto shrink = [=](std::size_t i) { scale(scene->picture(i).y, luma->view()); };
  const auto answer = [=](std::size_t i) { scene->answer(i, matte->view()); };
  add_case(
      "step/luma", [](std::size_t) {}, shrink);
  add_case("step/motion", shrink, [=](std::size_t) { motion->see(luma->view()); });
  add_case("step/cleaning", answer, [=](std::size_t) { cleaning->apply(matte->view()); });
  add_case(
      "step/smoothing",
      [=](std::size_t i) {
        shrink(i);
        motion->see(luma->view());
        answer(i);
      },
      [=](std::size_t) { smoothing->apply(*motion, matte->view()); });
  const auto room = std::make_shared<Room>();
  add_case(
      "step/room",
      [=](std::size_t i) {
        shrink(i);
        answer(i);
      },
      [=](std::size_t i) {
        room->correct(scene->picture(i), luma->view(), matte->view());
        room->learn(matte->view(), whole(kGrid));
      });
  add_case("step/person_box", answer, [=](std::size_t) { box->follow(matte->view()); });
}

/// At the picture's size.
void add_edge_steps(std::shared_ptr<Scene> scene) {
  const auto luma = std::make_shared<Matte>(kGrid), matte = std::make_shared<Matte>(kGrid);
  const auto out = std::make_shared<Matte>(kPicture);
  const auto cleaning = std::make_shared<Cleaning>();
  const auto edges = std::make_shared<Edges>();
  add_case(
      "step/edges",
      [=](std::size_t i) {
        scale(scene->picture(i).y, luma->view());
        scene->answer(i, matte->view());
        cleaning->apply(matte->view());
      },
      [=](std::size_t i) {
        edges->refine(scene->picture(i), luma->view(), matte->view(), {{60, 176}}, out->view());
      });
  const auto colour = std::make_shared<EdgeColour>();
  const auto picture = std::make_shared<Image>(kPicture);
  add_case(
      "step/edge_colour",
      [=](std::size_t i) {
        scale(scene->picture(i).y, luma->view());
        scene->answer(i, matte->view());
        cleaning->apply(matte->view());
        edges->refine(scene->picture(i), luma->view(), matte->view(), {{60, 176}}, out->view());
        copy(scene->picture(i), picture->view());
      },
      [=](std::size_t i) {
        colour->see(scene->picture(i), out->view());
        colour->apply(scene->picture(i), out->view(), EdgeColour::Share::kByMatte, picture->view());
      });
}

}  // namespace
}  // namespace scrim

int main(int argc, char** argv) {
  auto made = scrim::make_scene();
  if (!made) {
    fmt::print(stderr, "matte_bench: {}\n", made.error().what);
    return 1;
  }
  const auto scene = std::make_shared<scrim::Scene>(*std::move(made));
  scrim::add_live("live/normal", scene, {});
  scrim::add_live("live/no_edges", scene, {.edges = false});
  scrim::add_live("live/low", scene, {.effort = scrim::Effort::kLow});
  scrim::add_input_steps(scene);
  scrim::add_grid_steps(scene);
  scrim::add_edge_steps(scene);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
