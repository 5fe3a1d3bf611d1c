// A picture from a file; live it follows the file. Tested by tests/backgrounds/backgrounds_test.cpp
// and reload_test.cpp.
#include "media/picture.h"

#include <algorithm>
#include <utility>

#include "backgrounds/following.h"
#include "backgrounds/kinds.h"
#include "base/mailbox.h"

namespace scrim {
namespace {

enum class Care { kLenient, kWhole };

Expected<Image> load(const std::string& path, Size size, const Framing& framing, Care care) {
  auto loaded = load_picture(path, {.whole = care == Care::kWhole});
  if (!loaded) return loaded;
  Image picture(size);
  lay(std::as_const(*loaded).view(), framing, picture.view());
  return picture;
}

class Picture : public Background {
 public:
  explicit Picture(Image picture) { fresh_.put(std::move(picture)); }

  void follow_file(const std::string& path, Size size, const Framing& framing,
                   const Playback& playback) {
    watch_ = follow(path, playback, {.load = [this, path, size, framing]() -> Expected<void> {
                      // What is half written must not replace what is whole.
                      auto picture = load(path, size, framing, Care::kWhole);
                      if (!picture) return std::unexpected(picture.error());
                      fresh_.put(*std::move(picture));
                      return {};
                    }});
  }

  Expected<bool> draw(ConstImageView, Clock::time_point, ImageView out) override {
    const auto picture = fresh_.try_take();
    if (picture) copy(picture->view(), out);
    return picture.has_value();
  }

 private:
  Mailbox<Image> fresh_{Pacing::kLive};
  std::unique_ptr<FileWatch> watch_;  // fills fresh_
};

}  // namespace

MadeBackground make_image(const Spec& spec, Size size, const Playback& playback) {
  const Framing framing = framing_of(spec);
  auto picture = load(spec.argument, size, framing, Care::kLenient);
  // A background that can't be read is a wrong request: nothing has been opened yet.
  if (!picture) {
    const bool drawn = std::ranges::find(kSceneNames, spec.argument) != kSceneNames.end();
    return fail(Errc::kRequest, "{}{}", picture.error().what,
                drawn ? "; did you mean 'scene:" + spec.argument + "'?" : "");
  }
  auto made = std::make_unique<Picture>(*std::move(picture));
  made->follow_file(spec.argument, size, framing, playback);
  return made;
}

}  // namespace scrim
