// Tested by tests/library/library_test.cpp.
#include "library/given_pictures.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "image/scale.h"

namespace scrim {

std::optional<ClipPicture> GivenPictures::exchange(const std::string& name,
                                                   std::optional<ClipPicture> picture) {
  std::optional<ClipPicture> before;
  if (auto node = pictures_.extract(name)) before = std::move(node.mapped());
  if (picture) pictures_.emplace(name, *std::move(picture));
  return before;
}

Expected<Clip> GivenPictures::open(const std::string& path, int height) const {
  const auto found = pictures_.find(path);
  if (found == pictures_.end())
    return fail(Errc::kRequest,
                "'{}': no picture was given under this name, and no files are read here; give it "
                "first (scrim_give_picture)",
                path);
  const ClipPicture& own = found->second;
  const Size size = own.picture.size();
  const double scale_by = height > 0 ? static_cast<double>(height) / size.height : 1;
  const auto side = [&](int pixels) {
    return std::clamp(static_cast<int>(std::lround(pixels * scale_by)), 1, kMaxSide);
  };
  const Size wanted{side(size.width), side(size.height)};
  Clip clip;
  clip.push_back({Image(wanted), Matte(wanted)});
  scale(own.picture.view(), clip[0].picture.view());
  scale(own.alpha.view(), clip[0].alpha.view());
  return clip;
}

ClipPicture copy_of(ConstImageView picture, std::optional<ConstPlane> alpha) {
  ClipPicture made{Image(picture.size()), Matte(picture.size())};
  copy(picture, made.picture.view());
  if (alpha)
    copy(*alpha, made.alpha.view());
  else
    fill(made.alpha.view(), 255);
  return made;
}

}  // namespace scrim
