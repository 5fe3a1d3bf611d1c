#include "effects/colormaps.h"

#include <algorithm>
#include <iterator>

namespace scrim {
namespace {

constexpr std::uint32_t kWinter[] = {0x0000ff, 0x00ff80};
constexpr std::uint32_t kAutumn[] = {0xff0000, 0xffff00};
constexpr std::uint32_t kBone[] = {0x000000, 0x0e0e13, 0x1c1c27, 0x2a2a3a, 0x38384d, 0x464661,
                                   0x545474, 0x626782, 0x707b90, 0x7d8d9d, 0x8ba0ab, 0x99b4b9,
                                   0xa7c7c7, 0xbdd5d5, 0xd3e3e3, 0xe9f1f1, 0xffffff};
constexpr std::uint32_t kHot[] = {0x000000, 0x280000, 0x500000, 0x780000, 0xa00000, 0xc80000,
                                  0xf00000, 0xff1900, 0xff4100, 0xff6600, 0xff8e00, 0xffb600,
                                  0xffde00, 0xffff0f, 0xffff5f, 0xffffaf, 0xffffff};
constexpr std::uint32_t kInferno[] = {0x000004, 0x210c4a, 0x57106e, 0x8a226a, 0xbc3754,
                                      0xe35933, 0xf98c0a, 0xf9c932, 0xfcffa4};
constexpr std::uint32_t kMagma[] = {0x000004, 0x1d1147, 0x51127c, 0x832681, 0xb73779,
                                    0xe55064, 0xfb8761, 0xfec287, 0xfcfdbf};
constexpr std::uint32_t kOcean[] = {0x000000, 0x000010, 0x000020, 0x000030, 0x000040, 0x000050,
                                    0x001160, 0x002870, 0x004080, 0x00578f, 0x006f9f, 0x0f87af,
                                    0x3f9fbf, 0x6fb7cf, 0x9fcfdf, 0xcfe7ef, 0xffffff};
constexpr std::uint32_t kTurbo[] = {0x30123b, 0x4040a2, 0x466be3, 0x4294ff, 0x28bceb, 0x18ddc2,
                                    0x32f298, 0x6dfe62, 0xa4fc3c, 0xcbed34, 0xecd13a, 0xfdae35,
                                    0xfb8122, 0xec530f, 0xd23105, 0xac1701, 0x7a0403};
constexpr std::uint32_t kViridis[] = {0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c,
                                      0x27ad81, 0x5cc863, 0xaadc32, 0xfde725};
constexpr std::uint32_t kNight[] = {0x001204, 0x0b5a1e, 0x35b04a, 0x9df7a0, 0xf2fff0};

constexpr std::span<const std::uint32_t> kMaps[] = {kWinter, kAutumn, kBone,  kHot,   kInferno,
                                                    kMagma,  kNight,  kOcean, kTurbo, kViridis};
static_assert(std::size(kMaps) == std::size(kColormapNames));

}  // namespace

std::span<const std::uint32_t> colormap(std::string_view name) {
  return kMaps[std::ranges::find(kColormapNames, name) - std::begin(kColormapNames)];
}

}  // namespace scrim
