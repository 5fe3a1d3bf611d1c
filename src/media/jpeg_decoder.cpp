// libjpeg gives a row of blocks at a time; its chroma is halved and its range narrowed while it is
// in the cache, so the picture is written once. Tested by tests/media/jpeg_test.cpp.
// clang-format off
#include <cstdio>  // the next one needs it
#include <jpeglib.h>
#include <jerror.h>
// clang-format on

#include <algorithm>
#include <array>
#include <csetjmp>
#include <span>
#include <utility>

#include "image/convert.h"
#include "image/scale.h"
#include "media/jpeg.h"

namespace scrim {
namespace {

constexpr ColourSpace kJfif{Matrix::kBt601, Range::kFull};
constexpr int kMostRows = 2 * DCTSIZE;  // of luma in a row of blocks

/// What libjpeg is told to call; it leaves by a jump back into guarded().
struct Failure : jpeg_error_mgr {
  std::jmp_buf back;
  std::array<char, JMSG_LENGTH_MAX> text;
};

[[noreturn]] void leave(j_common_ptr info) {
  auto& failure = static_cast<Failure&>(*info->err);
  failure.format_message(info, failure.text.data());
  std::longjmp(failure.back, 1);
}

/// Many cameras leave a few bytes before the end mark; the picture is whole all the same.
bool is_harmless(const jpeg_error_mgr& warning) {
  return warning.msg_code == JWRN_EXTRANEOUS_DATA && warning.msg_parm.i[1] == JPEG_EOI;
}

/// Warnings tell of damage.
void take_message(j_common_ptr info, int level) {
  if (level < 0 && !is_harmless(*info->err)) leave(info);
}

/// How many times a plane is coarser than luma.
struct Coarseness {
  int across, down;
};

}  // namespace

struct JpegDecoder::Scratch {
  Scratch() {
    info.err = ::jpeg_std_error(&failure);
    failure.error_exit = leave;
    failure.emit_message = take_message;
    usable = guarded([this] { jpeg_create_decompress(&info); });
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { ::jpeg_destroy_decompress(&info); }

  /// Whether libjpeg did not give up on what `act` asks for; nothing in it may need a destructor.
  template <class Act>
  bool guarded(Act act) {
    if (setjmp(failure.back) != 0) return false;
    act();
    return true;
  }
  Error damage() const { return {Errc::kSystem, fmt::format("JPEG: {}", failure.text.data())}; }

  Expected<Size> read_header(std::span<const std::uint8_t> jpeg);
  Expected<void> prepare();
  Coarseness coarseness() const;
  void decode_rows(ImageView out);
  void finish_rows(ImageView out);

  jpeg_decompress_struct info{};
  Failure failure{};
  bool usable = false;
  std::array<PlaneBuffer, 3> planes;  // of one row of blocks
};

Expected<Size> JpegDecoder::Scratch::read_header(std::span<const std::uint8_t> jpeg) {
  if (!usable) return std::unexpected(damage());
  const bool read = guarded([&] {
    ::jpeg_abort_decompress(&info);  // whatever became of the last one
    ::jpeg_mem_src(&info, jpeg.data(), jpeg.size());
    ::jpeg_read_header(&info, TRUE);
  });
  if (!read) return std::unexpected(damage());
  if (info.jpeg_color_space != JCS_YCbCr && info.jpeg_color_space != JCS_GRAYSCALE)
    return fail(Errc::kSystem, "JPEG: neither colour nor grey as cameras write them");
  return Size{static_cast<int>(info.image_width), static_cast<int>(info.image_height)};
}

/// How much coarser chroma is than luma; a grey picture has none.
Coarseness JpegDecoder::Scratch::coarseness() const {
  if (info.num_components < 3) return {};
  const auto& chroma = info.comp_info[1];
  return {info.max_h_samp_factor / chroma.h_samp_factor,
          info.max_v_samp_factor / chroma.v_samp_factor};
}

/// Planes as large as libjpeg fills them: whole blocks.
Expected<void> JpegDecoder::Scratch::prepare() {
  const auto components = std::span(info.comp_info, static_cast<std::size_t>(info.num_components));
  const auto& luma = components.front();
  const auto& chroma = components.back();
  const auto halved_at_most = [](int all, int part) { return all == part || all == 2 * part; };
  const bool usual =
      luma.h_samp_factor == info.max_h_samp_factor &&
      luma.v_samp_factor == info.max_v_samp_factor && info.max_v_samp_factor <= 2 &&
      (components.size() == 1 ||
       (components.size() == 3 && chroma.h_samp_factor == components[1].h_samp_factor &&
        chroma.v_samp_factor == components[1].v_samp_factor &&
        halved_at_most(info.max_h_samp_factor, chroma.h_samp_factor) &&
        halved_at_most(info.max_v_samp_factor, chroma.v_samp_factor)));
  if (!usual)
    return fail(Errc::kSystem,
                "JPEG: its colours are not 4:2:0, 4:2:2, 4:4:0 or 4:4:4; choose another format of "
                "the camera's");
  for (std::size_t i = 0; i < components.size(); ++i) {
    const Size size{static_cast<int>(components[i].width_in_blocks) * DCTSIZE,
                    components[i].v_samp_factor * DCTSIZE};
    if (planes[i].size() != size) planes[i] = PlaneBuffer(size);
  }
  return {};
}

void JpegDecoder::Scratch::decode_rows(ImageView out) {
  info.raw_data_out = TRUE;
  info.dct_method =
      JDCT_IFAST;  // 51 dB from the slow one at cameras' qualities, 5 % quicker in all
  ::jpeg_start_decompress(&info);
  std::array<std::array<JSAMPROW, kMostRows>, 3> rows;
  std::array<JSAMPARRAY, 3> arrays;
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    const Plane plane = planes[i].view();
    for (int y = 0; y < plane.height; ++y) rows[i][static_cast<std::size_t>(y)] = plane.row(y);
    arrays[i] = rows[i].data();
  }
  const int step = info.max_v_samp_factor * DCTSIZE;
  for (int top = 0; top < out.y.height; top += step) {
    ::jpeg_read_raw_data(&info, arrays.data(), static_cast<JDIMENSION>(step));
    finish_rows(crop(out, {0, top, out.y.width, std::min(step, out.y.height - top)}));
  }
  ::jpeg_finish_decompress(&info);
}

/// From planes, in the camera's colours, to `out`: as many rows of the picture as were read.
void JpegDecoder::Scratch::finish_rows(ImageView out) {
  const auto [across, down] = coarseness();
  const auto part = [&](std::size_t plane, Size size) {
    return std::as_const(planes[plane]).view().crop(whole(size));
  };
  const ConstPlane y = part(0, out.size());
  if (across == 0) {
    fill(out.u, 128);
    fill(out.v, 128);
    return to_internal({y, out.u, out.v}, kJfif, out);
  }
  const Size chroma{across == 2 ? out.u.width : out.y.width,
                    down == 2 ? out.u.height : out.y.height};
  const ConstPlane u = part(1, chroma), v = part(2, chroma);
  if (chroma == out.u.size()) return to_internal({y, u, v}, kJfif, out);
  subsample(u, out.u);
  subsample(v, out.v);
  to_internal({y, out.u, out.v}, kJfif, out);
}

Expected<Size> jpeg_size(std::span<const std::uint8_t> jpeg) {
  JpegDecoder::Scratch decoder;
  return decoder.read_header(jpeg);
}

JpegDecoder::JpegDecoder() : scratch_(std::make_unique<Scratch>()) {}
JpegDecoder::~JpegDecoder() = default;
JpegDecoder::JpegDecoder(JpegDecoder&&) noexcept = default;
JpegDecoder& JpegDecoder::operator=(JpegDecoder&&) noexcept = default;

Expected<void> JpegDecoder::decode(std::span<const std::uint8_t> jpeg, ImageView out) {
  const auto size = scratch_->read_header(jpeg);
  if (!size) return std::unexpected(size.error());
  if (*size != out.size())
    return fail(Errc::kSystem, "JPEG: it is {}x{}, not {}x{}", size->width, size->height,
                out.y.width, out.y.height);
  if (auto ok = scratch_->prepare(); !ok) return ok;
  if (!scratch_->guarded([&] { scratch_->decode_rows(out); }))
    return std::unexpected(scratch_->damage());
  return {};
}

}  // namespace scrim
