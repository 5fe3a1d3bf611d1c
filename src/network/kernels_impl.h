// The kernels, as portable vector code; included once by each kernels_*.cpp, which names the
// namespace in SCRIM_KERNELS. No function here or in the headers below may be visible outside,
// and none from outside may be inlined here: see kernels.h.
//
// Convolutions go through kernels_product_impl.h; only windows that cross the picture's left or
// right border are copied first. Tested by kernels_test.
#include "network/kernels_vector_impl.h"
// After the vectors that it is made of.
#include "network/kernels_product_impl.h"
#include "network/kernels_window_impl.h"

namespace scrim::SCRIM_KERNELS {
namespace {

// ---- convolutions

bool is_pointwise(const Step& s) {
  return s.window.kernel.down == 1 && s.window.kernel.right == 1 && s.window.stride.down == 1 &&
         s.window.stride.right == 1;
}

/// Writes the window of output (x, y), zeros where it leaves the picture.
void copy_window(const Step& s, int x, int y, float* to) {
  const size_t bytes = static_cast<size_t>(s.in.pitch) * sizeof(float);
  for (int ky = 0; ky < s.window.kernel.down; ++ky) {
    const float* row = window_row(s, y, ky);
    for (int kx = 0; kx < s.window.kernel.right; ++kx, to += s.in.pitch) {
      const int at =
          x * s.window.stride.right + kx * s.window.dilation.right - s.window.before.right;
      const bool inside = at >= 0 && at < s.in.width;
      memcpy(to, inside ? row + static_cast<ptrdiff_t>(at) * s.in.pitch : s.zeros, bytes);
    }
  }
}

/// Places first to last of the output, whose windows start at `segments`.
void multiply_places(const Step& s, Product product, const float* const* segments, ptrdiff_t first,
                     ptrdiff_t last) {
  const ptrdiff_t at = first * s.out.pitch;
  product.segments = segments;
  product.out = s.out.data + at;
  product.residual = s.residual ? s.residual + at : nullptr;
  product.places = last - first;
  multiply(product);
}

void convolve_row(const Step& s, const Product& product, int y) {
  const float* segments[kMaxKernel];
  const bool joined = s.window.dilation.right == 1;
  const int per_row = joined ? 1 : s.window.kernel.right;
  const Range inner = inner_range(s);
  const ptrdiff_t row = static_cast<ptrdiff_t>(y) * s.out.width;
  if (inner.first < inner.last) {
    const ptrdiff_t left = static_cast<ptrdiff_t>(inner.first) * s.window.stride.right;
    for (int ky = 0; ky < s.window.kernel.down; ++ky)
      for (int i = 0; i < per_row; ++i)
        segments[ky * per_row + i] =
            window_row(s, y, ky) +
            (left + i * s.window.dilation.right - s.window.before.right) * s.in.pitch;
    multiply_places(s, product, segments, row + inner.first, row + inner.last);
  }

  for (int i = 0; i < product.segment_count; ++i)
    segments[i] = s.scratch + static_cast<ptrdiff_t>(i) * product.segment_length;
  for (int x = 0; x < s.out.width; ++x) {
    if (x == inner.first && inner.first < inner.last) x = inner.last;
    if (x >= s.out.width) break;
    copy_window(s, x, y, s.scratch);
    multiply_places(s, product, segments, row + x, row + x + 1);
  }
}

void convolve(const Step& s) {
  const bool joined = s.window.dilation.right == 1;
  Product product{.segments = nullptr,
                  .segment_count = s.window.kernel.down * (joined ? 1 : s.window.kernel.right),
                  .segment_length = s.in.pitch * (joined ? s.window.kernel.right : 1),
                  .in_step = static_cast<ptrdiff_t>(s.window.stride.right) * s.in.pitch,
                  .packed = s.weights,
                  .bias = s.bias,
                  .columns = s.out.pitch,
                  .residual = nullptr,
                  .out = s.out.data,
                  .out_step = s.out.pitch,
                  .places = 0,
                  .activation = s.activation};
  if (!is_pointwise(s)) {
    for (int y = 0; y < s.out.height; ++y) convolve_row(s, product, y);
    return;
  }
  if (s.scale) {
    scale_packed(s.weights, s.scale, product.columns, s.in.pitch, s.scratch);
    product.packed = s.scratch;
  }
  const float* segment = s.in.data;
  multiply_places(s, product, &segment, 0, static_cast<ptrdiff_t>(s.out.height) * s.out.width);
}

/// From `columns` floats for each group of input places to one row of the output.
void scatter_row(const Step& s, const float* from, int columns, float* out) {
  const int places = s.together * s.window.kernel.right, channels = s.out.channels;
  if (places * channels == 4 && s.out.pitch == channels) {  // the matte at these networks' end
    for (int x = 0; x < s.in.width; x += s.together, from += columns, out += 4)
      memcpy(out, from, 16);
    return;
  }
  for (int x = 0; x < s.in.width; x += s.together, from += columns)
    for (int i = 0; i < places; ++i, out += s.out.pitch)
      for (int c = 0; c < channels; ++c) out[c] = from[i * channels + c];
}

/// Windows do not overlap: a product that makes all outputs of a group of places, then a copy to
/// where they belong.
void convolve_transposed(const Step& s) {
  const int down = s.window.kernel.down;
  const int run = s.together * s.window.kernel.right * s.out.channels;
  const int columns = (down * run + kLanes - 1) / kLanes * kLanes;
  const int depth = s.together * s.in.pitch;
  const ptrdiff_t out_row = static_cast<ptrdiff_t>(s.out.width) * s.out.pitch;
  for (int y = 0; y < s.in.height; ++y) {
    const float* segment = s.in.data + static_cast<ptrdiff_t>(y) * s.in.width * s.in.pitch;
    multiply({.segments = &segment,
              .segment_count = 1,
              .segment_length = depth,
              .in_step = depth,
              .packed = s.weights,
              .bias = s.bias,
              .columns = columns,
              .residual = nullptr,
              .out = s.scratch,
              .out_step = columns,
              .places = s.in.width / s.together,
              .activation = s.activation});
    float* out = s.out.data + y * down * out_row;
    for (int ky = 0; ky < down; ++ky)
      scatter_row(s, s.scratch + ky * run, columns, out + ky * out_row);
  }
}

// ---- place by place

/// Calls work<vectors>(channel) for all channels of a place, a few vectors of them at a time: what
/// belongs to channels then stays in registers while `work` goes over the places.
template <class Work>
SCRIM_INLINE void for_channels(ptrdiff_t pitch, Work work) {
  for (ptrdiff_t c = 0; c < pitch;) {
    const ptrdiff_t vectors = (pitch - c) / kWidth;
    if (vectors >= 4) work.template operator()<4>(c);
    if (vectors == 3) work.template operator()<3>(c);
    if (vectors == 2) work.template operator()<2>(c);
    if (vectors == 1) work.template operator()<1>(c);
    c += 4 * kWidth;
  }
}

/// Activates `values` floats from `at` on, which are in the output already, and adds the residual.
void finish_span(const Step& s, ptrdiff_t at, ptrdiff_t values) {
  activate_span(s.out.data + at, values, s.activation);
  if (!s.residual) return;
  for (ptrdiff_t i = at; i < at + values; i += kWidth)
    store(s.out.data + i, load(s.out.data + i) + load(s.residual + i));
}

enum class Other { kNone, kPicture, kFactors };

/// Row by row, so that what finishes a row finds it near. kSum: the residual is added at once.
template <Op kOp, Other kOther, bool kSum>
void combine_rows(const Step& s) {
  const ptrdiff_t pitch = s.in.pitch, row = s.in.width * pitch;
  for (ptrdiff_t at = 0; at < s.in.height * row; at += row) {
    for_channels(pitch, [&]<int kVectors>(ptrdiff_t c) {
      Vec factors[kVectors] = {};
      if (kOther == Other::kFactors)
        SCRIM_UNROLL for (int v = 0; v < kVectors; ++v) factors[v] = load(s.scale + c + v * kWidth);
      for (ptrdiff_t place = at + c; place < at + row; place += pitch)
        SCRIM_UNROLL for (int v = 0; v < kVectors; ++v) {
          const ptrdiff_t i = place + v * kWidth;
          Vec value = load(s.in.data + i);
          if (kOp == Op::kAdd) value += load(s.other + i);
          if (kOp == Op::kMultiply)
            value *= kOther == Other::kFactors ? factors[v] : load(s.other + i);
          if (kSum) value += load(s.residual + i);
          store(s.out.data + i, value);
        }
    });
    if (!kSum) finish_span(s, at, row);
  }
}

template <Op kOp, Other kOther>
void combine(const Step& s) {
  s.residual&& s.activation == Activation::kNone ? combine_rows<kOp, kOther, true>(s)
                                                 : combine_rows<kOp, kOther, false>(s);
}

void activate_map(const Step& s) {
  combine<Op::kActivation, Other::kNone>(s);
}

void add(const Step& s) {
  combine<Op::kAdd, Other::kPicture>(s);
}

void multiply_maps(const Step& s) {
  s.scale ? combine<Op::kMultiply, Other::kFactors>(s) : combine<Op::kMultiply, Other::kPicture>(s);
}

/// Sums several places at once, as additions wait for each other.
template <int kVectors, bool kOfSum>
void mean_of(const Step& s, ptrdiff_t channel) {
  constexpr int kPlaces = 4;
  const ptrdiff_t places = static_cast<ptrdiff_t>(s.in.height) * s.in.width;
  Vec sums[kPlaces][kVectors] = {};
  const auto add_place = [&](ptrdiff_t place, Vec(&to)[kVectors]) {
    const ptrdiff_t at = place * s.in.pitch + channel;
    SCRIM_UNROLL for (int v = 0; v < kVectors; ++v) {
      to[v] += load(s.in.data + at + v * kWidth);
      if (kOfSum) to[v] += load(s.other + at + v * kWidth);
    }
  };
  ptrdiff_t place = 0;
  for (; place + kPlaces <= places; place += kPlaces)
    SCRIM_UNROLL for (int i = 0; i < kPlaces; ++i) add_place(place + i, sums[i]);
  for (; place < places; ++place) add_place(place, sums[0]);
  for (int v = 0; v < kVectors; ++v) {
    Vec sum = sums[0][v];
    for (int i = 1; i < kPlaces; ++i) sum += sums[i][v];
    store(s.out.data + channel + v * kWidth,
          activate(sum / static_cast<float>(places), s.activation));
  }
}

/// The mean of channels whose rows and columns count differently.
template <int kVectors>
void weighted_mean_of(const Step& s, ptrdiff_t channel) {
  const float* row = s.weights;
  const float* column = s.weights + s.in.height;
  const float* in = s.in.data + channel;
  Vec means[kVectors] = {};
  for (int y = 0; y < s.in.height; ++y) {
    Vec sums[kVectors] = {};
    for (int x = 0; x < s.in.width; ++x, in += s.in.pitch)
      SCRIM_UNROLL for (int v = 0; v < kVectors; ++v) sums[v] += load(in + v * kWidth) * column[x];
    SCRIM_UNROLL for (int v = 0; v < kVectors; ++v) means[v] += sums[v] * row[y];
  }
  for (int v = 0; v < kVectors; ++v)
    store(s.out.data + channel + v * kWidth, activate(means[v], s.activation));
}

void mean(const Step& s) {
  if (s.weights) {
    for_channels(s.in.pitch, [&]<int kVectors>(ptrdiff_t c) { weighted_mean_of<kVectors>(s, c); });
    return;
  }
  ptrdiff_t c = 0;
  for (; c + 2 * kWidth <= s.in.pitch; c += 2 * kWidth)
    s.other ? mean_of<2, true>(s, c) : mean_of<2, false>(s, c);
  for (; c < s.in.pitch; c += kWidth) s.other ? mean_of<1, true>(s, c) : mean_of<1, false>(s, c);
}

/// Makes a row that lies between two of the input's.
void resize_down(const Step& s, const Lerp& lerp, float* to) {
  const ptrdiff_t row = s.in.width * static_cast<ptrdiff_t>(s.in.pitch);
  const float* low = s.in.data + lerp.low * row;
  const float* high = s.in.data + lerp.high * row;
  const Vec part = spread(lerp.part);
  for (ptrdiff_t i = 0; i < row; i += kWidth)
    store(to + i, load(low + i) + (load(high + i) - load(low + i)) * part);
}

/// Makes the output's row at `at` of such a row; kGated: and adds the other picture's by its
/// factors.
template <bool kGated>
void resize_right(const Step& s, const float* from, ptrdiff_t at) {
  // Copies: for all the compiler knows, what is stored may be the Step itself.
  const ptrdiff_t pitch = s.in.pitch, end = at + s.out.width * pitch;
  const float *other = s.other, *scale = s.scale;
  float* out = s.out.data;
  for_channels(pitch, [&]<int kVectors>(ptrdiff_t c) {
    Vec factors[kVectors];
    if (kGated)
      SCRIM_UNROLL for (int v = 0; v < kVectors; ++v) factors[v] = load(scale + c + v * kWidth);
    const Lerp* lerp = s.right;
    for (ptrdiff_t place = at + c; place < end; place += pitch, ++lerp) {
      const float* left = from + c + lerp->low * pitch;
      const float* right = from + c + lerp->high * pitch;
      const Vec part = spread(lerp->part);
      SCRIM_UNROLL for (int v = 0; v < kVectors; ++v) {
        Vec value = load(left + v * kWidth);
        value += (load(right + v * kWidth) - value) * part;
        if (kGated) value += load(other + place + v * kWidth) * factors[v];
        store(out + place + v * kWidth, value);
      }
    }
  });
}

/// Rows first, into the scratch memory, then along the row.
void resize(const Step& s) {
  const ptrdiff_t row = s.out.width * static_cast<ptrdiff_t>(s.out.pitch);
  for (int y = 0; y < s.out.height; ++y) {
    resize_down(s, s.down[y], s.scratch);
    s.scale ? resize_right<true>(s, s.scratch, y * row)
            : resize_right<false>(s, s.scratch, y * row);
    finish_span(s, y * row, row);
  }
}

/// Place by place, as the first picture's channels may end within a vector.
void concat(const Step& s) {
  const ptrdiff_t channels = s.in.channels, rest = s.out.channels - channels;
  const ptrdiff_t other_pitch = (rest + kLanes - 1) / kLanes * kLanes;
  const ptrdiff_t row = s.out.width * static_cast<ptrdiff_t>(s.out.pitch);
  const float* in = s.in.data;
  const float* other = s.other;
  float* out = s.out.data;
  for (int y = 0; y < s.out.height; ++y) {
    for (int x = 0; x < s.out.width; ++x) {
      memcpy(out, in, static_cast<size_t>(channels) * sizeof(float));
      memcpy(out + channels, other, static_cast<size_t>(rest) * sizeof(float));
      in += s.in.pitch, other += other_pitch, out += s.out.pitch;
    }
    finish_span(s, y * row, row);
  }
}

// ---- picture by picture

/// The range of a window's rows or columns that lie within `size` places.
Range inside(int from, int kernel, int dilation, int size) {
  Range range = {0, kernel};
  while (range.first < kernel && from + range.first * dilation < 0) ++range.first;
  while (range.last > range.first && from + (range.last - 1) * dilation >= size) --range.last;
  return range;
}

/// What lies outside of the picture does not count.
void max_pool(const Step& s) {
  const Window& w = s.window;
  const ptrdiff_t pitch = s.in.pitch, row = s.out.width * pitch;
  for (int y = 0; y < s.out.height; ++y) {
    const int top = y * w.stride.down - w.before.down;
    const Range rows = inside(top, w.kernel.down, w.dilation.down, s.in.height);
    for (int x = 0; x < s.out.width; ++x) {
      const int left = x * w.stride.right - w.before.right;
      const Range columns = inside(left, w.kernel.right, w.dilation.right, s.in.width);
      float* out = s.out.data + y * row + x * pitch;
      for (ptrdiff_t c = 0; c < pitch; c += kWidth) {
        Vec largest = spread(-3e38f);
        for (int ky = rows.first; ky < rows.last; ++ky)
          for (int kx = columns.first; kx < columns.last; ++kx) {
            const ptrdiff_t place =
                static_cast<ptrdiff_t>(top + ky * w.dilation.down) * s.in.width + left +
                kx * w.dilation.right;
            largest = larger(largest, load(s.in.data + place * pitch + c));
          }
        store(out + c, largest);
      }
    }
    finish_span(s, y * row, row);
  }
}

void pad(const Step& s) {
  const ptrdiff_t pitch = s.in.pitch, row = s.out.width * pitch, in_row = s.in.width * pitch;
  const ptrdiff_t left = s.window.before.right * pitch;
  for (int y = 0; y < s.out.height; ++y) {
    float* out = s.out.data + y * row;
    memset(out, 0, static_cast<size_t>(row) * sizeof(float));
    const int from = y - s.window.before.down;
    if (from >= 0 && from < s.in.height)
      memcpy(out + left, s.in.data + from * in_row, static_cast<size_t>(in_row) * sizeof(float));
    finish_span(s, y * row, row);
  }
}

}  // namespace

extern const Kernels kKernels;
constexpr Kernels kKernels = {
    .name = SCRIM_KERNELS_NAME,
    .pack = pack,
    .run = {convolve, convolve_depthwise, convolve_transposed, activate_map, add, multiply_maps,
            mean, resize, concat, max_pool, pad},
};
static_assert(kKernels.run[kOpCount - 1] == pad, "there is a kernel for each Op");

}  // namespace scrim::SCRIM_KERNELS
