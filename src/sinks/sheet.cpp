// Tested by tests/sinks/sheet_test.cpp.
#include "sinks/sheet.h"

#include <algorithm>

#include "image/convert.h"
#include "image/scale.h"
#include "media/picture.h"
#include "sinks/kinds.h"

namespace scrim {
namespace {

constexpr int kTileWidth = 480;
constexpr int kColumns = 3;

/// Even sides, so that chroma stays aligned from tile to tile.
Size tile_size(Size size) {
  const int height = static_cast<int>(std::int64_t{kTileWidth} * size.height / size.width);
  return {kTileWidth, std::clamp(height / 2 * 2, 2, kMaxSide / 16)};
}

}  // namespace

SheetSink::SheetSink(std::string path, Size size, int rows, double every_seconds)
    : path_(std::move(path)),
      size_(size),
      tile_(tile_size(size)),
      rows_(rows),
      every_(std::chrono::round<Clock::duration>(Seconds(every_seconds))),
      sheet_({kColumns * tile_.width, rows * tile_.height}) {}

ImageView SheetSink::tile(int row, int column) {
  return crop(sheet_.view(), {column * tile_.width, row * tile_.height, tile_.width, tile_.height});
}

Expected<void> SheetSink::write(const Shot& shot) {
  if (!first_) first_ = shot.captured;
  if (taken_ == rows_ || shot.captured - *first_ < taken_ * every_) return {};
  scale(shot.camera, tile(taken_, 0));
  const ImageView matte = tile(taken_, 1);
  fill(matte, Yuv{});
  scale(shot.matte, matte.y);
  to_internal(matte, {Matrix::kBt601, Range::kFull}, matte);  // a matte is 0..255, luma 16..235
  scale(shot.picture, tile(taken_, 2));
  ++taken_;
  return {};
}

Expected<void> SheetSink::close() {
  const Rect used{0, 0, sheet_.size().width, std::max(taken_, 1) * tile_.height};
  return save_png(path_, crop(std::as_const(sheet_).view(), used));
}

OpenedSink open_sheet_sink(const Spec& spec, const SinkRequest& request) {
  if (!spec.argument.ends_with(".png"))
    return fail(Errc::kRequest, "sheet:{}: a sheet is a PNG; name it FILE.png", spec.argument);
  return std::make_unique<SheetSink>(spec.argument, request.size, integer(spec, kSheetSinkRows),
                                     number(spec, kSheetSinkEvery));
}

}  // namespace scrim
