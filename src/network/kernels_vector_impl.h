// Vectors of the compiler's, and the arithmetic on them that kernels share. See kernels_impl.h.
#include <string.h>

#include "network/kernels.h"

#if defined(__clang__)
#define SCRIM_UNROLL _Pragma("clang loop unroll(full)")
#else
#define SCRIM_UNROLL _Pragma("GCC unroll 32")
#endif
#define SCRIM_INLINE static inline __attribute__((always_inline))

namespace scrim::SCRIM_KERNELS {
namespace {

#if defined(__AVX2__)
constexpr int kWidth = 8;
/// Places per tile for panels of 1, 2 and 3 vectors: at most 12 accumulators of 16 registers.
constexpr int kTileRows[] = {0, 8, 6, 4};
#else
constexpr int kWidth = 4;
constexpr int kTileRows[] = {0, 6, 6, 4};
#endif

typedef float Vec __attribute__((vector_size(kWidth * sizeof(float))));
typedef unsigned VecBits __attribute__((vector_size(kWidth * sizeof(float))));
typedef float VecInMemory
    __attribute__((vector_size(kWidth * sizeof(float)), aligned(sizeof(float)), may_alias));

SCRIM_INLINE Vec load(const float* from) {
  return *reinterpret_cast<const VecInMemory*>(from);
}
SCRIM_INLINE void store(float* to, Vec value) {
  *reinterpret_cast<VecInMemory*>(to) = value;
}
SCRIM_INLINE Vec spread(float value) {
  return value - Vec{};
}
/// To the next place. The compiler must not know that the steps are alike: it would compute all
/// multiples ahead, more than there are registers for.
template <class Pointer>
SCRIM_INLINE void advance(Pointer& at, ptrdiff_t step) {
  at += step;
  asm("" : "+r"(at));
}

// GCC 12 makes a comparison and a blend of `a > b ? a : b`, where x86 has one instruction for it.
#if defined(__AVX2__)
SCRIM_INLINE Vec larger(Vec a, Vec b) {
  return __builtin_ia32_maxps256(a, b);
}
SCRIM_INLINE Vec smaller(Vec a, Vec b) {
  return __builtin_ia32_minps256(a, b);
}
#elif defined(__SSE2__)
SCRIM_INLINE Vec larger(Vec a, Vec b) {
  return __builtin_ia32_maxps(a, b);
}
SCRIM_INLINE Vec smaller(Vec a, Vec b) {
  return __builtin_ia32_minps(a, b);
}
#else
SCRIM_INLINE Vec larger(Vec a, Vec b) {
  return a > b ? a : b;
}
SCRIM_INLINE Vec smaller(Vec a, Vec b) {
  return a < b ? a : b;
}
#endif

/// 1 / (1 + e^-x): e^y = 2^n e^r with |r| <= ln 2 / 2, e^r by its series (error 2e-8).
SCRIM_INLINE Vec logistic(Vec x) {
  const Vec y = smaller(larger(-x, spread(-87)), spread(87));
  // Adding 1.5 * 2^23 rounds to an integer, which then stands in the lowest bits.
  const Vec rounder = spread(12582912.0f);
  const Vec shifted = y * 1.44269504f + rounder;
  const Vec n = shifted - rounder;
  const Vec r = (y - n * 0.693145752f) - n * 1.42860677e-6f;
  Vec e = r * (1.0f / 720) + 1.0f / 120;
  e = e * r + 1.0f / 24;
  e = e * r + 1.0f / 6;
  e = e * r + 0.5f;
  e = e * r + 1.0f;
  e = e * r + 1.0f;
  const VecBits exponent = (__builtin_bit_cast(VecBits, shifted) - 0x4b400000u + 127u) << 23;
  return 1.0f / (1.0f + e * __builtin_bit_cast(Vec, exponent));
}

SCRIM_INLINE Vec hard_swish(Vec x) {
  return x * smaller(larger(x + 3.0f, Vec{}), spread(6)) * (1.0f / 6);
}

/// In place. The choice stands outside of the loops: inside it would cost more than the arithmetic.
template <int kCount>
SCRIM_INLINE void activate(Vec (&x)[kCount], Activation activation) {
  switch (activation) {
    case Activation::kNone:
      break;
    case Activation::kRelu:
      SCRIM_UNROLL for (int i = 0; i < kCount; ++i) x[i] = larger(x[i], Vec{});
      break;
    case Activation::kRelu6:
      SCRIM_UNROLL for (int i = 0; i < kCount; ++i) x[i] = smaller(larger(x[i], Vec{}), spread(6));
      break;
    case Activation::kHardSwish:
      SCRIM_UNROLL for (int i = 0; i < kCount; ++i) x[i] = hard_swish(x[i]);
      break;
    case Activation::kLogistic: {
      // A copy for the loop: an array that a loop indexes lies in memory, and `x` must not.
      Vec all[kCount];
      SCRIM_UNROLL for (int i = 0; i < kCount; ++i) all[i] = x[i];
      for (int i = 0; i < kCount; ++i) all[i] = logistic(all[i]);
      SCRIM_UNROLL for (int i = 0; i < kCount; ++i) x[i] = all[i];
      break;
    }
  }
}

SCRIM_INLINE Vec activate(Vec x, Activation activation) {
  Vec one[1] = {x};
  activate(one, activation);
  return one[0];
}

/// Activates any number of values in a row.
void activate_span(float* values, ptrdiff_t n, Activation activation) {
  if (activation == Activation::kNone) return;
  ptrdiff_t i = 0;
  for (; i + kWidth <= n; i += kWidth) store(values + i, activate(load(values + i), activation));
  if (i == n) return;
  float rest[kWidth] = {};
  memcpy(rest, values + i, static_cast<size_t>(n - i) * sizeof(float));
  store(rest, activate(load(rest), activation));
  memcpy(values + i, rest, static_cast<size_t>(n - i) * sizeof(float));
}

}  // namespace
}  // namespace scrim::SCRIM_KERNELS
