// The makers that the table in backgrounds.cpp names, one per file of this folder. Each gets a Spec
// that passed check() and the picture size; errors are kRequest.
#pragma once

#include <memory>
#include <span>

#include "backgrounds/background.h"

namespace scrim {

Expected<std::unique_ptr<Background>> make_colour(const Spec&, Size);
Expected<std::unique_ptr<Background>> make_image(const Spec&, Size);
Expected<std::unique_ptr<Background>> make_room(const Spec&, Size);
Expected<std::unique_ptr<Background>> make_scene(const Spec&, Size);

inline constexpr Option kSceneOptions[] = {
    {"seed", "which landscape", Option::Type::kInteger, "1", 0, 1e6},
};

}  // namespace scrim
