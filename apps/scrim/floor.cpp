// The peak: twelve independent chains of fused multiply-adds hide the latency of the unit, and
// nothing touches memory.
#include "floor.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <array>
#include <utility>
#include <vector>

#include "image/convert.h"
#include "image/kernels.h"

namespace scrim {
namespace {

constexpr int kChains = 12;

using Four [[gnu::vector_size(16)]] = float;

/// Each chain begins elsewhere, and all are added up: so the compiler can leave none out.
float multiply_add(int rounds) {
  std::array<Four, kChains> chains{};
  for (int k = 0; k < kChains; ++k) chains[static_cast<std::size_t>(k)] += static_cast<float>(k);
  for (int i = 0; i < rounds; ++i)
    for (Four& chain : chains) {
      chain = chain * 0.9999f + 1.0f;
    }
  float sum = 0;
  for (const Four& chain : chains) sum += chain[0];
  return sum;
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) float multiply_add_avx2(int rounds) {
  const __m256 factor = _mm256_set1_ps(0.9999f), term = _mm256_set1_ps(1.0f);
  __m256 chains[kChains];
#pragma GCC unroll 12
  for (int k = 0; k < kChains; ++k) chains[k] = _mm256_set1_ps(static_cast<float>(k));
  for (int i = 0; i < rounds; ++i)
#pragma GCC unroll 12
    for (int k = 0; k < kChains; ++k) {
      chains[k] = _mm256_fmadd_ps(chains[k], factor, term);
    }
  float sum = 0;
  for (const __m256& chain : chains) sum += _mm256_cvtss_f32(chain);
  return sum;
}
#endif

struct Way {
  float (*run)(int rounds);
  int lanes;
};

Way best_way() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return {multiply_add_avx2, 8};
#endif
  return {multiply_add, 4};
}

}  // namespace

double peak_macs_per_second() {
  constexpr int kRounds = 200'000;
  const Way way = best_way();
  volatile float sink = 0;
  const double ms = typical_ms([&] { sink = way.run(kRounds); });
  return double{kRounds} * kChains * way.lanes / ms * 1000;
}

namespace {

/// What is there before a frame comes: a background, a matte, and where results go.
struct Passes {
  explicit Passes(Size size)
      : picture(size),
        background(size),
        blended(size),
        alpha(size),
        packed(byte_count(Layout::kYuyv, size, least_stride(Layout::kYuyv, size.width))) {
    for (ImageView view : {picture.view(), background.view(), blended.view()})
      fill(view, Yuv{128, 128, 128});
    fill(alpha.view(), 128);
  }
  void blend() {
    scrim::blend(std::as_const(picture).view(), std::as_const(background).view(),
                 std::as_const(alpha).view(), blended.view());
  }
  void pack() {
    const Size size = blended.size();
    scrim::pack(std::as_const(blended).view(),
                {Layout::kYuyv, size, packed.data(), least_stride(Layout::kYuyv, size.width)});
  }

  Image picture, background, blended;
  Matte alpha;
  std::vector<std::uint8_t> packed;
};

}  // namespace

double blend_pass_ms(Size size) {
  Passes passes(size);
  return typical_ms([&] { passes.blend(); });
}

double pack_pass_ms(Size size) {
  Passes passes(size);
  return typical_ms([&] { passes.pack(); });
}

double path_at_pace_ms(Size size, Clock::duration period,
                       const std::function<void(ImageView)>& decode) {
  Passes passes(size);
  const auto once = [&] {
    decode(passes.picture.view());
    passes.blend();
    passes.pack();
  };
  return typical_ms(once, period);
}

}  // namespace scrim
