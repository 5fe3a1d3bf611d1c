// The makers that the table in backgrounds.cpp names, one per file of this folder. Each gets a Spec
// that passed check() and the picture size; errors are kRequest.
#pragma once

#include <memory>
#include <span>

#include "backgrounds/background.h"
#include "backgrounds/framing.h"
#include "backgrounds/scene.h"

namespace scrim {

using MadeBackground = Expected<std::unique_ptr<Background>>;
MadeBackground make_colour(const Spec&, Size, const Playback&);
MadeBackground make_gradient(const Spec&, Size, const Playback&);
MadeBackground make_image(const Spec&, Size, const Playback&);
MadeBackground make_room(const Spec&, Size, const Playback&);
MadeBackground make_scene(const Spec&, Size, const Playback&);
MadeBackground make_slides(const Spec&, Size, const Playback&);
MadeBackground make_upload(const Spec&, Size, const Playback&);
MadeBackground make_video(const Spec&, Size, const Playback&);

inline constexpr Option kGradientAngle{
    "angle", "its direction: 0 to the right, 90 downwards", Option::Type::kNumber, "90", 0, 360};
inline constexpr Option kGradientOptions[] = {kGradientAngle};

inline constexpr Option kSceneSeed{
    "seed", "another number draws another variant", Option::Type::kInteger, "1", 0, 1e6};
inline constexpr Option kSceneOptions[] = {kSceneSeed};

inline constexpr Option kSlidesSeconds{
    "seconds", "how many seconds each picture stays", Option::Type::kNumber, "20", 1, 86400};
inline constexpr Option kSlidesFade{
    "fade", "how many seconds one fades into the next", Option::Type::kNumber, "1", 0, 60};
inline constexpr Option kSlidesOptions[] = {kFramingFit,  kFramingX,      kFramingY,
                                            kFramingZoom, kSlidesSeconds, kSlidesFade};

}  // namespace scrim
