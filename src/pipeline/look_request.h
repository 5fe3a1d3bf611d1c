// What a Look and its matte are asked to be: the part of a request that all programs share.
// Reentrant.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "base/spec.h"
#include "matte/matting.h"
#include "pipeline/composer.h"

namespace scrim {

/// How pictures shall look, and how the matte is made.
struct LookRequest {
  Look look;
  Spec segmenter;
  std::optional<Spec> lighter;  // live: what takes its place while the computer is too slow
  MatteSettings matte;
};

/// The texts of segmenter ("": what the effort asks for), matte and effort.
struct MatteTexts {
  std::string segmenter, matte, effort;
};

/// Checks them as far as that goes without opening anything. kRequest, in the words of the command
/// line; names the option.
Expected<LookRequest> look_request(Look look, const MatteTexts& texts);

/// The look that is shown for one that is asked for: a screen shines on the person before it, which
/// is taken off first unless the person's chain says how.
Look with_despill(Look look, const Spec& segmenter);

}  // namespace scrim
