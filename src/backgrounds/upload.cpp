// What the panel took in, by its id: a picture or a video like any other. Tested by
// tests/backgrounds/upload_test.cpp.
#include "backgrounds/kinds.h"
#include "media/upload_store.h"

namespace scrim {

MadeBackground make_upload(const Spec& spec, Size size, const Playback& playback) {
  auto file = find_upload(spec.argument);
  if (!file) return std::unexpected(file.error());
  const bool moves = file->ends_with(kUploadVideo);
  const Spec plain{moves ? "video" : "image", *std::move(file), spec.options};
  return moves ? make_video(plain, size, playback) : make_image(plain, size, playback);
}

}  // namespace scrim
