// The table of backgrounds. A new one: a file in this folder with its maker, and a row here.
#include <memory>

#include "backgrounds/background.h"
#include "backgrounds/kinds.h"

namespace scrim {
namespace {

using enum Argument;

constexpr BackgroundKind kKinds[] = {
    {{"colour", kColour, "one colour: colour:00b140"}, make_colour},
    {{"gradient", kColours, "one colour into the next: gradient:navy-b06a7a-f6b48a",
      kGradientOptions},
     make_gradient},
    {{"image", kFile, "a picture: image:beach.jpg", kFramingOptions}, make_image},
    {{"room", kNone, "the room itself, for effects to work on: room,blur"}, make_room},
    {{"scene", kName, "a drawn picture: scene:studio", kSceneOptions, kSceneNames}, make_scene},
    {{"slides", kFolder, "the pictures of a folder, one after the other", kSlidesOptions},
     make_slides},
    {{"upload", kId, "a picture or video added in the panel", kFramingOptions}, make_upload},
    {{"video", kFile, "a video, GIF, WebP or APNG, over and over", kFramingOptions}, make_video},
};

}  // namespace

std::span<const BackgroundKind> background_kinds() {
  return kKinds;
}

Expected<std::unique_ptr<Background>> make_background(const Spec& spec, Size size,
                                                      const Playback& playback) {
  auto kind = choose(background_kinds(), spec, "background");
  if (!kind) return std::unexpected(kind.error());
  return (*kind)->make(spec, size, playback);
}

}  // namespace scrim
