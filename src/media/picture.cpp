#include "media/picture.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <string_view>

#include "base/unique_fd.h"
#include "media/jpeg.h"
#include "media/png.h"
#include "media/video_reader.h"

namespace scrim {
namespace {

using namespace std::string_view_literals;

Expected<void> save(const std::string& path, Size size, Content content, ConstImageView picture,
                    ConstPlane grey) {
  auto encoder = PngEncoder::make(size, content);
  if (!encoder) return fail_in("write " + path, encoder.error());
  return encoder->save(path, picture, grey);
}

Expected<void> check_pixels(Size size, std::int64_t most) {
  const auto pixels = std::int64_t{size.width} * size.height;
  if (pixels <= most) return {};
  return fail(Errc::kRequest, "a picture of {}x{}: larger than the {} pixels allowed", size.width,
              size.height, most);
}

Expected<Image> decode_jpeg(std::span<const std::uint8_t> bytes, std::int64_t most_pixels) {
  const auto size = jpeg_size(bytes);
  if (!size) return std::unexpected(size.error());
  if (auto ok = check_pixels(*size, most_pixels); !ok) return std::unexpected(ok.error());
  Image picture(*size);
  if (auto ok = JpegDecoder().decode(bytes, picture.view()); !ok)
    return std::unexpected(ok.error());
  return picture;
}

/// The header stands first in every PNG: its length, "IHDR", then width and height.
Expected<Size> png_size(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kSizesAt = 16;
  if (bytes.size() < kSizesAt + 8 || !std::ranges::equal(bytes.subspan(12, 4), "IHDR"sv))
    return fail(Errc::kSystem, "PNG: it is damaged");
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (const auto byte : bytes.subspan(at, 4)) value = value << 8 | byte;
    return static_cast<int>(std::min<std::uint32_t>(value, INT_MAX));
  };
  return Size{number(kSizesAt), number(kSizesAt + 4)};
}

Expected<Image> decode_png(std::span<const std::uint8_t> bytes, std::int64_t most_pixels) {
  const auto size = png_size(bytes);
  if (!size) return std::unexpected(size.error());
  if (auto ok = check_pixels(*size, most_pixels); !ok) return std::unexpected(ok.error());
  const UniqueFd file(::memfd_create("picture", MFD_CLOEXEC));
  if (!file || !write_all(file.get(), bytes.data(), bytes.size()))
    return fail_errno("keep a picture in memory");
  auto picture = load_picture(fmt::format("/proc/self/fd/{}", file.get()));
  if (!picture) return fail(Errc::kSystem, "PNG: it is damaged");
  return picture;
}

Expected<std::vector<std::uint8_t>> encode(Content content, Size size, ConstImageView picture,
                                           ConstPlane matte) {
  auto encoder = PngEncoder::make(size, content);
  if (!encoder) return std::unexpected(encoder.error());
  const auto bytes = encoder->encode(picture, matte);
  if (!bytes) return std::unexpected(bytes.error());
  return std::vector<std::uint8_t>(bytes->begin(), bytes->end());
}

}  // namespace

Expected<Image> decode_picture(std::span<const std::uint8_t> bytes, std::int64_t most_pixels) {
  const auto begins = [&](std::string_view magic) {
    return bytes.size() > magic.size() &&
           std::ranges::equal(bytes.first(magic.size()), magic, {}, {},
                              [](char c) { return static_cast<std::uint8_t>(c); });
  };
  if (begins("\xff\xd8\xff")) return decode_jpeg(bytes, most_pixels);
  if (begins("\x89PNG")) return decode_png(bytes, most_pixels);
  return fail(Errc::kSystem, "neither a JPEG nor a PNG picture");
}

Expected<std::vector<std::uint8_t>> encode_png(ConstPlane grey) {
  return encode(Content::kMatte, grey.size(), {}, grey);
}

Expected<std::vector<std::uint8_t>> encode_png(ConstImageView picture) {
  return encode(Content::kPicture, picture.size(), picture, {});
}

Expected<Image> load_picture(const std::string& path, const ReadOptions& options) {
  auto reader = VideoReader::open(path, options);
  if (!reader) return std::unexpected(reader.error());
  if (auto first = reader->next(); !first) return std::unexpected(first.error());
  Image picture(reader->size());
  if (auto ok = reader->convert(picture.view()); !ok) return std::unexpected(ok.error());
  return picture;
}

Expected<void> save_png(const std::string& path, ConstImageView picture) {
  return save(path, picture.size(), Content::kPicture, picture, {});
}

Expected<void> save_png(const std::string& path, ConstPlane grey) {
  return save(path, grey.size(), Content::kMatte, {}, grey);
}

}  // namespace scrim
