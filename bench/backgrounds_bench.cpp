// What each background costs per camera frame at 1280x720 and 30 fps, its decoding thread included:
// CPU time of the whole process. Files are written before the measuring starts.
//   backgrounds_bench --benchmark_filter=background/video
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "backgrounds/background.h"
#include "backgrounds/scene.h"
#include "media/picture.h"
#include "media/video_writer.h"

namespace scrim {
namespace {

constexpr Size kSize{1280, 720};
constexpr double kFps = 30;

/// Pictures and a clip of a scene that drifts sideways, in a folder that goes at the end.
class Material {
 public:
  Material() {
    std::string pattern = std::filesystem::temp_directory_path() / "scrim-bench-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    std::filesystem::create_directory(folder_ + "/slides");
    Image picture(kSize);
    for (int i = 0; i < 3; ++i) {
      draw_scene(kScenes[i], 1, picture.view());
      write(save_png(folder_ + "/slides/" + std::to_string(i) + ".png", picture.view()));
    }
    write_clip();
  }
  ~Material() { std::filesystem::remove_all(folder_); }

  std::string clip() const { return folder_ + "/clip.mp4"; }
  std::string slides() const { return folder_ + "/slides"; }
  std::string picture() const { return slides() + "/0.png"; }

 private:
  static void write(const Expected<void>& done) {
    if (!done) throw std::runtime_error(done.error().what);
  }

  void write_clip() const {
    Image wide({kSize.width + 256, kSize.height});
    draw_scene(kScenes[0], 1, wide.view());
    auto writer = create_video(clip(), {.size = kSize, .fps = kFps});
    if (!writer) throw std::runtime_error(writer.error().what);
    for (int i = 0; i < 120; ++i) {
      const ConstImageView all = std::as_const(wide).view();
      const int x = 2 * i;
      write((*writer)->write({all.y.crop({x, 0, kSize.width, kSize.height}),
                              all.u.crop({i, 0, kSize.width / 2, kSize.height / 2}),
                              all.v.crop({i, 0, kSize.width / 2, kSize.height / 2})},
                             {}, i / kFps));
    }
    write((*writer)->close());
  }

  std::string folder_;
};

void draw(benchmark::State& state, const Spec& spec) {
  auto background = make_background(spec, kSize);
  if (!background) return state.SkipWithError(background.error().what.c_str());
  Image camera(kSize), out(kSize);
  fill(camera.view().y, 128);
  fill(camera.view().u, 128);
  fill(camera.view().v, 128);
  std::int64_t frame = 0;
  (void)(*background)->draw(std::as_const(camera).view(), kStart, out.view());
  for (auto _ : state) {
    const auto now = at_seconds(static_cast<double>(++frame) / kFps);
    benchmark::DoNotOptimize((*background)->draw(std::as_const(camera).view(), now, out.view()));
  }
}

}  // namespace
}  // namespace scrim

int main(int argc, char** argv) {
  using namespace scrim;
  const Material material;
  const Spec specs[] = {{"colour", "00b140", {}},
                        {"gradient", "navy-white", {}},
                        {"image", material.picture(), {}},
                        {"room", "", {}},
                        {"scene", "shelf", {}},
                        {"slides", material.slides(), {}},
                        {"video", material.clip(), {}}};
  for (const Spec& spec : specs)
    benchmark::RegisterBenchmark(("background/" + spec.kind).c_str(),
                                 [spec](benchmark::State& state) { draw(state, spec); })
        ->MeasureProcessCPUTime()
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
