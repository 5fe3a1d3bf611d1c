#include "peak.h"

#include <algorithm>

#include "cpu_clock.h"

namespace scrim {
namespace {

constexpr long kRounds = 10000;
/// As many as hide the latency of a multiply-add on two units; they and two constants stay in
/// registers.
constexpr int kSums = 12;

typedef float Four __attribute__((vector_size(16)));

#if defined(__x86_64__)
typedef float Eight __attribute__((vector_size(32)));
typedef float Sixteen __attribute__((vector_size(64)));

// The instruction itself: what the compiler makes of a * b + c depends on this project's options.
template <class Vec>
[[gnu::always_inline]] inline void fused_chain() {
  Vec sums[kSums] = {};
  const Vec factor = Vec{} + 0.999f, step = Vec{} + 0.001f;
  for (long i = 0; i < kRounds; ++i)
#pragma GCC unroll 12
    for (int s = 0; s < kSums; ++s)
      asm volatile("vfmadd213ps %2, %1, %0" : "+v"(sums[s]) : "v"(factor), "v"(step));
}

[[gnu::target("avx2,fma")]] void chain_of_eights() {
  fused_chain<Eight>();
}

[[gnu::target("avx512f")]] void chain_of_sixteens() {
  fused_chain<Sixteen>();
}
#endif

void chain_of_fours() {
  Four sums[kSums] = {};
  const Four factor = Four{} + 0.999f, step = Four{} + 0.001f;
  for (long i = 0; i < kRounds; ++i)
#pragma GCC unroll 12
    for (int s = 0; s < kSums; ++s) {
      sums[s] = sums[s] * factor + step;
      asm volatile("" : "+x"(sums[s]));
    }
}

struct Chain {
  void (*run)();
  int lanes;
};

Chain widest_chain() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return {chain_of_sixteens, 16};
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return {chain_of_eights, 8};
#endif
  return {chain_of_fours, 4};
}

}  // namespace

long run_multiply_adds() {
  static const Chain chain = widest_chain();
  chain.run();
  return kRounds * kSums * chain.lanes;
}

double measure_peak() {
  double best = 0;
  for (int stretch = 0; stretch < 300; ++stretch) {
    const double begin = cpu_seconds();
    const long done = run_multiply_adds();
    best = std::max(best, static_cast<double>(done) / (cpu_seconds() - begin));
  }
  return best;
}

}  // namespace scrim
