// The makers that the table in effects.cpp names, one per file of this folder, with their options.
// Each gets a Spec that passed check() and the picture size; errors are kRequest.
#pragma once

#include <memory>

#include "effects/effect.h"

namespace scrim {

Expected<std::unique_ptr<Effect>> make_blur(const Spec&, Size);
Expected<std::unique_ptr<Effect>> make_mirror(const Spec&, Size);

inline constexpr Option kBlurOptions[] = {
    {"radius", "how far it reaches, in pixels of a 720-line picture", Option::Type::kNumber, "24",
     0, 200},
};

}  // namespace scrim
