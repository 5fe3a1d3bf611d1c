// Tested by tests/control/gallery_test.cpp.
#include "control/gallery.h"

#include <cctype>
#include <utility>

#include "session/stages.h"

namespace scrim {
namespace {

// What stands for the room in thumbnails of backgrounds that show it.
constexpr std::string_view kRoom = "scene:shelf";

struct Drawn {
  const char *id, *group, *label, *chain;
};
constexpr Drawn kDrawn[] = {
    {"blur-light", "blur", "Light blur", "room,blur?radius=12"},
    {"blur", "blur", "Blur", "room,blur"},
    {"blur-strong", "blur", "Strong blur", "room,blur?radius=60"},
    {"bokeh-room", "blur", "Lens", "room,bokeh"},
    {"pixels", "blur", "Pixels", "room,pixelate?size=32"},
    {"room", "blur", "Room as it is", "room"},
    {"dusk", "colours", "Dusk", "gradient:navy-b06a7a-f6b48a"},
    {"lagoon", "colours", "Lagoon", "gradient:0b3c49-2a9d8f-e9f5db?angle=60"},
    {"peach", "colours", "Peach", "gradient:fbe3d0-f2b8a0?angle=45"},
    {"slate", "colours", "Slate", "gradient:1d2733-3a4a5c"},
    {"paper", "colours", "Paper", "colour:f2efe9"},
    {"charcoal", "colours", "Charcoal", "colour:24272c"},
    {"sage", "colours", "Sage", "colour:9caf94"},
    {"green-screen", "colours", "Green screen", "colour:00b140"},
};

/// "scene:sea" as "Sea".
GalleryPicture scene(std::string_view name) {
  std::string label(name);
  label.front() = static_cast<char>(std::toupper(label.front()));
  const std::string chain = fmt::format("scene:{}", name);
  return {fmt::format("scene-{}", name), "scenes", label, chain, chain};
}

std::vector<GalleryPicture> make_gallery() {
  std::vector<GalleryPicture> all;
  for (const auto& [id, group, label, chain] : kDrawn) {
    std::string shown = chain;
    if (shown.starts_with("room")) shown.replace(0, 4, kRoom);
    all.push_back({id, group, label, chain, shown});
  }
  if (const auto* kind = find_kind(background_kinds(), "scene"))
    for (std::string_view name : kind->names) all.push_back(scene(name));
  return all;
}

}  // namespace

const std::vector<GalleryPicture>& gallery() {
  static const std::vector<GalleryPicture> kAll = make_gallery();
  return kAll;
}

Expected<Image> draw_thumbnail(const GalleryPicture& picture, Size size) {
  auto chain = parse_chain(picture.shown);
  if (!chain) return std::unexpected(chain.error());
  auto composer = make_composer({*chain, {}, {}}, size, {});
  if (!composer) return std::unexpected(composer.error());
  Image nobody(size), drawn(size);
  Matte nowhere(size);
  fill(nobody.view().y, 16);
  fill(nobody.view().u, 128);
  fill(nobody.view().v, 128);
  fill(nowhere.view(), 0);
  Stats unused;
  composer->compose(std::as_const(nobody).view(), std::as_const(nowhere).view(), kStart,
                    {drawn.view()}, unused);
  return drawn;
}

}  // namespace scrim
