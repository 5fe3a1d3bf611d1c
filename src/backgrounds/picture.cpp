#include "media/picture.h"

#include "backgrounds/kinds.h"
#include "backgrounds/still.h"
#include "image/scale.h"

namespace scrim {

Expected<std::unique_ptr<Background>> make_image(const Spec& spec, Size size) {
  auto loaded = load_picture(spec.argument);
  // A background that can't be read is a wrong request: nothing has been opened yet.
  if (!loaded) return fail(Errc::kRequest, "{}", loaded.error().what);
  Image picture(size);
  scale_to_cover(std::as_const(*loaded).view(), picture.view());
  return std::make_unique<Still>(std::move(picture));
}

}  // namespace scrim
