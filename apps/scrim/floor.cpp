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

double blend_pass_ms(Size size) {
  Image person(size), background(size), out(size);
  Matte alpha(size);
  fill(alpha.view(), 128);
  for (ImageView view : {person.view(), background.view()})
    for (Plane plane : {view.y, view.u, view.v}) fill(plane, 128);
  return typical_ms([&] {
    blend(std::as_const(person).view(), std::as_const(background).view(),
          std::as_const(alpha).view(), out.view());
  });
}

double pack_pass_ms(Size size) {
  Image picture(size);
  fill(picture.view(), Yuv{128, 128, 128});
  const auto stride = least_stride(Layout::kYuyv, size.width);
  std::vector<std::uint8_t> packed(byte_count(Layout::kYuyv, size, stride));
  return typical_ms([&] {
    pack(std::as_const(picture).view(), {Layout::kYuyv, size, packed.data(), stride});
  });
}

}  // namespace scrim
