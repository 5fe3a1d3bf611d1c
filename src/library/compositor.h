// What a handle of the shared library is: a Look made real, with how its matte is made, for
// pictures of one size. Opens what is named when it is named, and the rest with the first picture;
// after that process() allocates nothing. A call that fails changes nothing. Reentrant.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "image/image.h"
#include "library/given_pictures.h"
#include "matte/matting.h"
#include "pipeline/composer.h"
#include "pipeline/look_request.h"
#include "pipeline/stats.h"
#include "segmenters/segmenter.h"

namespace scrim {

/// The options as they are written.
struct OptionTexts {
  std::string background, person, picture, segmenter, matte, effort;
  bool operator==(const OptionTexts&) const = default;
};

class Compositor {
 public:
  explicit Compositor(Size size) : size_(size) {}
  Size size() const { return size_; }

  /// kRequest for what is wrong in the option, or can't be opened; kSystem for a missing network.
  Expected<void> set(std::string_view option, std::string_view text);
  /// Shows the Look anew. kRequest if it cannot be made with the new picture.
  Expected<void> give_picture(const std::string& name, ConstImageView picture,
                              std::optional<ConstPlane> alpha);
  /// `in` may be `out`. What segmenters fail with.
  Expected<void> process(ConstImageView in, ImageView out, Clock::time_point now);
  Expected<void> matte(ConstImageView in, Plane out, Clock::time_point now);
  void forget() { matting_.reset(); }

 private:
  bool is_shown(const std::string& name) const;
  Expected<std::unique_ptr<Segmenter>> open_segmenter(const LookRequest& request) const;
  Expected<Composer> open_composer(const LookRequest& request) const;
  Expected<void> make_matte(ConstImageView in, Clock::time_point now);

  Size size_;
  GivenPictures pictures_;
  OptionTexts texts_;
  LookRequest request_{{}, {"person", "", {}}, {}, {}};  // what texts_ ask for
  Matting matting_;
  std::unique_ptr<Segmenter> segmenter_;  // null until it is named or needed
  std::optional<Composer> composer_;      // the same
  Image camera_, composed_;               // with the rows that stages may count on
  Matte matte_;
  Stats stats_;
};

}  // namespace scrim
