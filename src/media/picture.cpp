#include "media/picture.h"

#include "media/png.h"
#include "media/video_reader.h"

namespace scrim {
namespace {

Expected<void> save(const std::string& path, Size size, Content content, ConstImageView picture,
                    ConstPlane grey) {
  auto encoder = PngEncoder::make(size, content);
  if (!encoder) return fail_in("write " + path, encoder.error());
  return encoder->save(path, picture, grey);
}

}  // namespace

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
