// The product of matrices that convolutions are: one row for each place of the output, one column
// for each of its channels. See kernels_impl.h.
//
// A tile of kRows x kVectors sums stays in registers while the window goes by; the tile's shape is
// what the register file holds. The input is read where it lies: a window row is contiguous in
// memory, so a window is a handful of "segments". Floor: one multiply-add per place and vector of
// channels. Ideas: Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication";
// Dukhan, "The Indirect Convolution Algorithm". Tested by kernels_test.
namespace scrim::SCRIM_KERNELS {
namespace {

/// out[place] = activation(sum over segments of in[place] x weights + bias) + residual[place].
struct Product {
  const float* const* segments;  // where the first place's window rows lie
  int segment_count;
  int segment_length;
  ptrdiff_t in_step;  // floats from one place's window to the next one's
  const float* packed;
  const float* bias;
  int columns;
  const float* residual;  // or null
  float* out;
  ptrdiff_t out_step;
  ptrdiff_t places;
  Activation activation;
};

/// Vectors of the next panel when `vectors` are left: threes where no single one would remain.
constexpr int panel_vectors(int vectors) {
  if (kWidth == 4) return 2;
  return vectors == 1 ? 1 : (vectors == 2 || vectors == 4 ? 2 : 3);
}

void pack(const float* matrix, int columns, int depth, float* packed) {
  for (int column = 0; column < columns;) {
    const int panel = panel_vectors((columns - column) / kWidth) * kWidth;
    for (int k = 0; k < depth; ++k)
      for (int j = 0; j < panel; ++j)
        *packed++ = matrix[static_cast<ptrdiff_t>(column + j) * depth + k];
    column += panel;
  }
}

/// Packed weights times a factor for each input channel; `depth` factors.
void scale_packed(const float* packed, const float* scale, int columns, int depth, float* out) {
  for (int column = 0; column < columns;) {
    const int vectors = panel_vectors((columns - column) / kWidth);
    for (int k = 0; k < depth; ++k)
      for (int j = 0; j < vectors; ++j, packed += kWidth, out += kWidth)
        store(out, load(packed) * scale[k]);
    column += vectors * kWidth;
  }
}

template <int kRows, int kVectors>
SCRIM_INLINE void tile(const Product& p, const float* panel, int column, ptrdiff_t place) {
  constexpr int kSums = kRows * kVectors;
  Vec sums[kSums];
  SCRIM_UNROLL for (int i = 0; i < kSums; ++i) sums[i] =
      load(p.bias + column + i % kVectors * kWidth);
  const ptrdiff_t step = p.in_step;
  for (int s = 0; s < p.segment_count; ++s) {
    const float* in = p.segments[s] + place * step;
    for (int k = 0; k < p.segment_length; ++k, ++in, panel += kVectors * kWidth) {
      Vec weights[kVectors];
      SCRIM_UNROLL for (int v = 0; v < kVectors; ++v) weights[v] = load(panel + v * kWidth);
      SCRIM_UNROLL for (int i = 0; i < kSums; ++i) sums[i] +=
          spread(in[i / kVectors * step]) * weights[i % kVectors];
    }
  }
  activate(sums, p.activation);
  // Copies: for all the compiler knows, what is stored may be the Product itself.
  const ptrdiff_t out_step = p.out_step, at = place * out_step + column;
  if (const float* residual = p.residual) {
    residual += at;
    SCRIM_UNROLL for (int row = 0; row < kRows; ++row, advance(residual, out_step))
        SCRIM_UNROLL for (int v = 0; v < kVectors; ++v) sums[row * kVectors + v] +=
        load(residual + v * kWidth);
  }
  float* out = p.out + at;
  SCRIM_UNROLL for (int row = 0; row < kRows; ++row, advance(out, out_step))
      SCRIM_UNROLL for (int v = 0; v < kVectors; ++v)
          store(out + v * kWidth, sums[row * kVectors + v]);
}

template <int kVectors>
__attribute__((noinline)) void panel_product(const Product& p, const float* panel, int column,
                                             ptrdiff_t first, ptrdiff_t last) {
  constexpr int kRows = kTileRows[kVectors];
  ptrdiff_t place = first;
  for (; place + kRows <= last; place += kRows) tile<kRows, kVectors>(p, panel, column, place);
  if (place == last) return;
  // The last whole tile lies over places that are done already: twice the same.
  if (last - first >= kRows) return tile<kRows, kVectors>(p, panel, column, last - kRows);
  for (; place < last; ++place) tile<1, kVectors>(p, panel, column, place);
}

/// Places go in blocks that stay in the first-level cache while all panels pass over them.
void multiply(const Product& p) {
  constexpr ptrdiff_t kBlockFloats = 4096, kRowsOfAnyTile = 24;
  const ptrdiff_t depth = static_cast<ptrdiff_t>(p.segment_count) * p.segment_length;
  const ptrdiff_t tiles = kBlockFloats / (depth * kRowsOfAnyTile);
  const ptrdiff_t block = (tiles > 0 ? tiles : 1) * kRowsOfAnyTile;
  for (ptrdiff_t first = 0; first < p.places; first += block) {
    const ptrdiff_t last = first + block < p.places ? first + block : p.places;
    const float* panel = p.packed;
    for (int column = 0; column < p.columns;) {
      const int vectors = panel_vectors((p.columns - column) / kWidth);
      if (vectors == 1) panel_product<1>(p, panel, column, first, last);
      if (vectors == 2) panel_product<2>(p, panel, column, first, last);
      if (vectors == 3) panel_product<3>(p, panel, column, first, last);
      panel += vectors * kWidth * depth;
      column += vectors * kWidth;
    }
  }
}

}  // namespace
}  // namespace scrim::SCRIM_KERNELS
