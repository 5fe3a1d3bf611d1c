// The peak: twelve independent chains of fused multiply-adds hide the latency of the unit, and
// nothing touches memory.
#include "floor.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/clock.h"
#include "image/kernels.h"

namespace scrim {
namespace {

constexpr int kRuns = 20;
constexpr int kChains = 12;

template <int kLanes>
using Vector [[gnu::vector_size(kLanes * 4)]] = float;

// Always inlined: it takes on the instruction set of its caller.
template <int kLanes>
[[gnu::always_inline]] inline float multiply_add(int rounds) {
  std::array<Vector<kLanes>, kChains> chains{};
  const Vector<kLanes> factor = Vector<kLanes>{} + 0.9999f;
  const Vector<kLanes> term = Vector<kLanes>{} + 1.0f;
  for (int i = 0; i < rounds; ++i)
    for (auto& chain : chains) {
      chain = chain * factor + term;
      asm volatile("" : "+x"(chain));  // keeps each step; the compiler would fold them
    }
  float sum = 0;
  for (const auto& chain : chains) sum += chain[0];
  return sum;
}

#if defined(__x86_64__) && defined(SCRIM_DISPATCH)
__attribute__((target("avx2,fma"), optimize("fp-contract=fast"))) float multiply_add_avx2(int n) {
  return multiply_add<8>(n);
}
#endif

struct Way {
  float (*run)(int rounds);
  int lanes;
};

Way best_way() {
#if defined(__x86_64__) && defined(SCRIM_DISPATCH)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return {multiply_add_avx2, 8};
#endif
  return {multiply_add<4>, 4};
}

/// The shortest of several runs of `work`, in seconds.
template <class Work>
double shortest(Work work) {
  double best = 1e9;
  for (int i = 0; i < kRuns; ++i) {
    const auto begin = Clock::now();
    work();
    best = std::min(best, Seconds(Clock::now() - begin).count());
  }
  return best;
}

}  // namespace

double peak_macs_per_second() {
  constexpr int kRounds = 200'000;
  const Way way = best_way();
  volatile float sink = 0;
  const double seconds = shortest([&] { sink = way.run(kRounds); });
  return double{kRounds} * kChains * way.lanes / seconds;
}

double blend_pass_ms(Size size) {
  Image person(size), background(size), out(size);
  Matte alpha(size);
  fill(alpha.view(), 128);
  for (ImageView view : {person.view(), background.view()})
    for (Plane plane : {view.y, view.u, view.v}) fill(plane, 128);
  const double seconds = shortest([&] {
    blend(std::as_const(person).view(), std::as_const(background).view(),
          std::as_const(alpha).view(), out.view());
  });
  return seconds * 1000;
}

}  // namespace scrim
