// What readers see while there is no camera's picture to show. Reentrant.
#pragma once

#include <optional>

#include "base/error.h"
#include "base/spec.h"
#include "image/image.h"
#include "pipeline/composer.h"

namespace scrim {

/// The Background that `spec` names; without one what `composer` makes of a dark, empty room, with
/// a discreet sign on it. Never holds a camera's pixels. kRequest for what is wrong in the Spec.
Expected<Image> make_pause_picture(const std::optional<Spec>& spec, Composer& composer, Size size);

}  // namespace scrim
