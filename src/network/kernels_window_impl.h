// Windows over the rows of a picture, and the convolutions that keep channels apart. See
// kernels_impl.h.
namespace scrim::SCRIM_KERNELS {
namespace {

/// Outputs of a row, first to last, whose windows lie within the input's width.
struct Range {
  int first, last;
};

Range inner_range(const Step& s) {
  const int stride = s.window.stride.right, before = s.window.before.right;
  const int span = (s.window.kernel.right - 1) * s.window.dilation.right + 1;
  const int first = (before + stride - 1) / stride;
  const int room = s.in.width + before - span;
  const int last = room < 0 ? 0 : room / stride + 1;
  const int end = last < s.out.width ? last : s.out.width;
  return first < end ? Range{first, end} : Range{0, 0};
}

/// The input row under kernel row `ky` for output row `y`, or zeros outside of the picture.
SCRIM_INLINE const float* window_row(const Step& s, int y, int ky) {
  const int row = y * s.window.stride.down + ky * s.window.dilation.down - s.window.before.down;
  if (row < 0 || row >= s.in.height) return s.zeros;
  return s.in.data + static_cast<ptrdiff_t>(row) * s.in.width * s.in.pitch;
}

/// Activates and stores several results, `step` apart.
template <int kCount>
SCRIM_INLINE void finish(const Step& s, Vec (&values)[kCount], ptrdiff_t at, ptrdiff_t step) {
  activate(values, s.activation);
  if (const float* from = s.residual) {
    from += at;
    SCRIM_UNROLL for (int i = 0; i < kCount; ++i, advance(from, step)) values[i] += load(from);
  }
  float* to = s.out.data + at;
  SCRIM_UNROLL for (int i = 0; i < kCount; ++i, advance(to, step)) store(to, values[i]);
}

/// kVectors channels' vectors of one output, its window anywhere; kernel columns `left` to `right`
/// lie within the input.
template <int kVectors>
SCRIM_INLINE void depthwise_edge(const Step& s, const float* const* rows, Range columns,
                                 ptrdiff_t from, ptrdiff_t at, int c) {
  Vec sums[kVectors];
  SCRIM_UNROLL for (int v = 0; v < kVectors; ++v) sums[v] = load(s.bias + c + v * kWidth);
  for (int ky = 0; ky < s.window.kernel.down; ++ky)
    for (int kx = columns.first; kx < columns.last; ++kx) {
      const float* in = rows[ky] + (from + kx * s.window.dilation.right) * s.in.pitch + c;
      const float* weights =
          s.weights + static_cast<ptrdiff_t>(ky * s.window.kernel.right + kx) * s.in.pitch + c;
      SCRIM_UNROLL for (int v = 0; v < kVectors; ++v) sums[v] +=
          load(in + v * kWidth) * load(weights + v * kWidth);
    }
  finish(s, sums, at + c, kWidth);
}

/// One output, its window anywhere.
__attribute__((noinline)) void depthwise_place(const Step& s, const float* const* rows, int x,
                                               int y) {
  const ptrdiff_t at = (static_cast<ptrdiff_t>(y) * s.out.width + x) * s.out.pitch;
  const ptrdiff_t from = static_cast<ptrdiff_t>(x) * s.window.stride.right - s.window.before.right;
  Range columns = {0, s.window.kernel.right};
  while (columns.first < columns.last && from + columns.first * s.window.dilation.right < 0)
    ++columns.first;
  while (columns.first < columns.last &&
         from + (columns.last - 1) * s.window.dilation.right >= s.in.width)
    --columns.last;
  int c = 0;
  for (; c + 4 * kWidth <= s.in.pitch; c += 4 * kWidth)
    depthwise_edge<4>(s, rows, columns, from, at, c);
  for (; c < s.in.pitch; c += kWidth) depthwise_edge<1>(s, rows, columns, from, at, c);
}

/// Adds one row of the windows of kPlaces outputs. Each value is read once and goes into all
/// windows that hold it. kEdge: only those of `inside` lie within the input.
template <int kPlaces, int kKernel, int kStride, int kDilation, bool kEdge>
SCRIM_INLINE void depthwise_row(const float* in, Range inside, const float* weights,
                                ptrdiff_t pitch, Vec (&sums)[kPlaces]) {
  constexpr int kValues = (kPlaces - 1) * kStride + (kKernel - 1) * kDilation + 1;
  Vec weight[kKernel];
  SCRIM_UNROLL for (int kx = 0; kx < kKernel; ++kx) weight[kx] = load(weights + kx * pitch);
  SCRIM_UNROLL for (int j = 0; j < kValues; ++j, advance(in, pitch)) {
    if (kEdge && (j < inside.first || j >= inside.last)) continue;
    const Vec value = load(in);
    SCRIM_UNROLL for (int kx = 0; kx < kKernel; ++kx) {
      const int from_first = j - kx * kDilation, i = from_first / kStride;
      if (from_first >= 0 && from_first % kStride == 0 && i < kPlaces)
        sums[i] += value * weight[kx];
    }
  }
}

/// kPlaces outputs from x on; not kEdge: all windows lie within the width.
template <int kPlaces, int kKernel, int kStride, int kDilation, bool kEdge>
SCRIM_INLINE void depthwise_tile(const Step& s, const float* const* rows, int x, int y) {
  const ptrdiff_t pitch = s.in.pitch;
  const int left = x * kStride - s.window.before.right;
  const Range inside = {-left, s.in.width - left};
  const ptrdiff_t at = (static_cast<ptrdiff_t>(y) * s.out.width + x) * pitch;
  for (ptrdiff_t c = 0; c < pitch; c += kWidth) {
    Vec sums[kPlaces];
    SCRIM_UNROLL for (int i = 0; i < kPlaces; ++i) sums[i] = load(s.bias + c);
    SCRIM_UNROLL for (int ky = 0; ky < kKernel; ++ky)
        depthwise_row<kPlaces, kKernel, kStride, kDilation, kEdge>(
            rows[ky] + left * pitch + c, inside, s.weights + ky * kKernel * pitch + c, pitch, sums);
    finish(s, sums, at + c, pitch);
  }
}

/// A row of the output, the last tile over places that are done already; false: it is too short.
template <int kKernel, int kStride, int kDilation>
__attribute__((noinline)) bool depthwise_tiles(const Step& s, const float* const* rows, Range inner,
                                               int y) {
  constexpr int kFew = 4, kMany = 8;
  const int width = s.out.width;
  if (width < kFew) return false;
  const auto tile = [&]<int kPlaces>(int x) {
    x = x + kPlaces <= width ? x : width - kPlaces;
    if (x >= inner.first && x + kPlaces <= inner.last)
      depthwise_tile<kPlaces, kKernel, kStride, kDilation, false>(s, rows, x, y);
    else
      depthwise_tile<kPlaces, kKernel, kStride, kDilation, true>(s, rows, x, y);
    return x + kPlaces;
  };
  int x = 0;
  while (x + kFew < width && width >= kMany) x = tile.template operator()<kMany>(x);
  while (x < width) x = tile.template operator()<kFew>(x);
  return true;
}

using DepthwiseTiles = bool (*)(const Step&, const float* const* rows, Range inner, int y);

/// The windows that have a fast loop.
struct DepthwiseKind {
  int kernel, stride, dilation;
  DepthwiseTiles tiles;
};

template <int kKernel, int kStride, int kDilation>
constexpr DepthwiseKind depthwise_kind() {
  return {kKernel, kStride, kDilation, depthwise_tiles<kKernel, kStride, kDilation>};
}

constexpr DepthwiseKind kDepthwiseKinds[] = {depthwise_kind<3, 1, 1>(), depthwise_kind<3, 2, 1>(),
                                             depthwise_kind<3, 1, 2>(), depthwise_kind<3, 1, 4>(),
                                             depthwise_kind<5, 1, 1>(), depthwise_kind<5, 2, 1>()};

/// The fast loop for this window, or null.
DepthwiseTiles find_depthwise_tiles(const Window& w) {
  for (const DepthwiseKind& kind : kDepthwiseKinds)
    if (w.kernel.down == kind.kernel && w.kernel.right == kind.kernel &&
        w.stride.down == kind.stride && w.stride.right == kind.stride &&
        w.dilation.down == kind.dilation && w.dilation.right == kind.dilation)
      return kind.tiles;
  return nullptr;
}

void convolve_depthwise(const Step& s) {
  const Range inner = inner_range(s);
  const DepthwiseTiles tiles = find_depthwise_tiles(s.window);
  for (int y = 0; y < s.out.height; ++y) {
    const float* rows[kMaxKernel];
    for (int ky = 0; ky < s.window.kernel.down; ++ky) rows[ky] = window_row(s, y, ky);
    if (tiles && tiles(s, rows, inner, y)) continue;
    for (int x = 0; x < s.out.width; ++x) depthwise_place(s, rows, x, y);
  }
}

}  // namespace
}  // namespace scrim::SCRIM_KERNELS
