// The kinds that read files, for programs that may not: `image` is a picture that was given under
// that name, and the others say what to do instead. Tested by tests/library/library_test.cpp.
#include <utility>

#include "backgrounds/kinds.h"
#include "backgrounds/still.h"

namespace scrim {
namespace {

MadeBackground fail_without_files(const Spec& spec) {
  return fail(Errc::kRequest,
              "{}: no files are read here; decode it yourself, and give its picture to be named as "
              "image:NAME",
              print(spec));
}

}  // namespace

MadeBackground make_image(const Spec& spec, Size size, const Playback& playback) {
  if (!playback.pictures) return fail_without_files(spec);
  auto clip = playback.pictures->open(spec.argument, 0);
  if (!clip) return fail_in("image", clip.error());
  Image picture(size);
  lay(std::as_const(clip->front().picture).view(), framing_of(spec), picture.view());
  return std::make_unique<Still>(std::move(picture));
}

MadeBackground make_slides(const Spec& spec, Size, const Playback&) {
  return fail_without_files(spec);
}

MadeBackground make_upload(const Spec& spec, Size, const Playback&) {
  return fail_without_files(spec);
}

MadeBackground make_video(const Spec& spec, Size, const Playback&) {
  return fail_without_files(spec);
}

}  // namespace scrim
