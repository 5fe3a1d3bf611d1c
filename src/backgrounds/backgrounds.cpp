// The table of backgrounds. A new one: a file in this folder with its maker, and a row here.
#include <memory>

#include "backgrounds/background.h"
#include "backgrounds/kinds.h"

namespace scrim {
namespace {

constexpr BackgroundKind kKinds[] = {
    {{"colour", "RRGGBB", "one colour: colour:00b140"}, make_colour},
    {{"image", "FILE", "a picture, cut to fit: image:beach.jpg"}, make_image},
    {{"room", "", "the room itself, for effects to work on: room,blur"}, make_room},
    {{"scene", "", "a drawn landscape", kSceneOptions}, make_scene},
};

}  // namespace

std::span<const BackgroundKind> background_kinds() {
  return kKinds;
}

Expected<std::unique_ptr<Background>> make_background(const Spec& spec, Size size) {
  auto kind = choose(background_kinds(), spec, "background");
  if (!kind) return std::unexpected(kind.error());
  return (*kind)->make(spec, size);
}

}  // namespace scrim
