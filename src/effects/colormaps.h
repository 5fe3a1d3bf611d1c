// Colours for grey levels, as the plotting libraries name them: points between which the colours
// run evenly, 0xRRGGBB from black to white. Reentrant.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace scrim {

inline constexpr std::string_view kColormapNames[] = {
    "winter", "autumn", "bone", "hot", "inferno", "magma", "night", "ocean", "turbo", "viridis"};

/// `name` is one of those.
std::span<const std::uint32_t> colormap(std::string_view name);

}  // namespace scrim
