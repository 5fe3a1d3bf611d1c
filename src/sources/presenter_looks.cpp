#include "sources/presenter_looks.h"

namespace scrim {
namespace {

struct ToneCode {
  std::uint32_t base, shade, light;
};

Tone tone(ToneCode code) {
  return {rgb(code.base), rgb(code.shade), rgb(code.light)};
}

struct Face {
  ToneCode skin, hair;
  std::uint32_t lips, iris;
  HairStyle style;
  bool beard, glasses, headset;
};

constexpr Face kFaces[] = {
    {{0xecbd9c, 0xc07f60, 0xfbdcc3},
     {0x5d3524, 0x2d1812, 0xa0643c},
     0xc4675f,
     0x5c7a52,
     HairStyle::kLong,
     false,
     false,
     false},
    {{0x9c6244, 0x663a29, 0xc68c66},
     {0x2c201d, 0x110b0a, 0x5d463c},
     0x92493f,
     0x3b2417,
     HairStyle::kCurly,
     false,
     false,
     true},
    {{0xdba67f, 0xa96f4d, 0xf1cba9},
     {0x2b2422, 0x120e0d, 0x5f5048},
     0xb26a58,
     0x4a3020,
     HairStyle::kShort,
     true,
     true,
     false},
    {{0xf1cbb4, 0xc98e76, 0xfde6d9},
     {0xb0602c, 0x6d3413, 0xe09a5a},
     0xc96f66,
     0x4f7fa0,
     HairStyle::kLong,
     false,
     true,
     false},
    {{0x6f452f, 0x43271b, 0x9c6a4a},
     {0x1f1716, 0x0b0707, 0x4b3b36},
     0x6d352f,
     0x2a1910,
     HairStyle::kShort,
     false,
     false,
     true},
    {{0xe6b596, 0xb67d61, 0xf7d6be},
     {0x9a9692, 0x5f5b5a, 0xd0ccc6},
     0xb76a60,
     0x56748c,
     HairStyle::kShort,
     false,
     true,
     false},
};

struct Clothes {
  ToneCode shirt, collar;
  bool open_collar;
};

constexpr Clothes kClothes[] = {
    {{0x2e6f74, 0x184248, 0x559c9c}, {0xf2ece0, 0xb9b1a6, 0xffffff}, true},
    {{0xd49a3c, 0x94621c, 0xf0c36f}, {0xc58a30, 0x85561a, 0xe6b45c}, false},
    {{0x33486b, 0x1b2940, 0x5b75a0}, {0x3a5178, 0x20304c, 0x6b86b2}, true},
    {{0x7d3f5d, 0x4a2035, 0xa9688a}, {0x8d4d6c, 0x54283e, 0xb9789a}, false},
    {{0x4c7a4f, 0x2b4a30, 0x7aa879}, {0xf0ece2, 0xb4aea2, 0xffffff}, true},
    {{0x8aa4bd, 0x566d84, 0xb9cee0}, {0x98b1c8, 0x60788f, 0xc8dae8}, true},
};

struct Walls {
  ToneCode wall, wood, chair;
};

constexpr Walls kWalls[] = {
    {{0xc3ccd0, 0x8b979e, 0xe9eff0},
     {0x9b6a43, 0x5f3d25, 0xc79466},
     {0x596067, 0x33383e, 0x838b93}},
    {{0xdccfbd, 0xa8977f, 0xf5ecdd},
     {0x9b6a43, 0x5f3d25, 0xc79466},
     {0x596067, 0x33383e, 0x838b93}},
    {{0xb7c3cf, 0x828f9e, 0xdde6ee},
     {0x7d5a40, 0x4a3222, 0xa98060},
     {0x4d4a4a, 0x2a2828, 0x777373}},
    {{0xb9c4b4, 0x84917f, 0xdfe7da},
     {0xb08a5e, 0x6f5334, 0xd6b487},
     {0x8d7a68, 0x57493c, 0xb5a390}},
    {{0xdcb9a2, 0xa88068, 0xf4dccb},
     {0x8a5f45, 0x533626, 0xb78a6b},
     {0x5f6b62, 0x384039, 0x8b978e}},
};

/// Row `seed` of a table for small seeds; later rounds go through it at another stride.
template <class Row, std::size_t kRows>
const Row& pick(const Row (&rows)[kRows], int seed, int salt) {
  const auto index = static_cast<std::size_t>(seed < 1 ? 0 : seed - 1);
  const std::size_t round = index / std::size(kFaces);
  return rows[(index + round * static_cast<std::size_t>(salt)) % kRows];
}

}  // namespace

Looks looks_of(int seed) {
  const Face& face = pick(kFaces, seed, 0);
  const Clothes& clothes = pick(kClothes, seed, 1);
  const Walls& walls = pick(kWalls, seed, 3);
  Looks looks;
  looks.skin = tone(face.skin);
  looks.hair = tone(face.hair);
  looks.shirt = tone(clothes.shirt);
  looks.collar = tone(clothes.collar);
  looks.lips = rgb(face.lips);
  looks.iris = rgb(face.iris);
  looks.hair_style = face.style;
  looks.open_collar = clothes.open_collar;
  looks.beard = face.beard;
  looks.glasses = face.glasses;
  looks.headset = face.headset;
  looks.wall = tone(walls.wall);
  looks.wood = tone(walls.wood);
  looks.chair = tone(walls.chair);
  return looks;
}

}  // namespace scrim
