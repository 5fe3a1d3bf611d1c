// Input for networks: a drawn person, photos where there are any, and files.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "base/error.h"
#include "network/model.h"

namespace scrim {

inline std::vector<std::byte> bytes_of_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  std::vector<std::byte> bytes(text.size());
  std::ranges::transform(text, bytes.begin(), [](char c) { return static_cast<std::byte>(c); });
  return bytes;
}

/// The weights of a known network; empty if they have not been fetched.
inline std::vector<std::byte> model_bytes(const std::string& name) {
  const auto model = find_model(name);
  return model ? bytes_of_file(model->file) : std::vector<std::byte>();
}

/// RGB in 0..1: a room of soft shades, before it a head, a neck and shoulders, and some noise.
inline std::vector<float> drawn_person(int height, int width, unsigned seed) {
  std::mt19937 random(seed);
  const auto noise = [&] { return static_cast<float>(random() % 256) / 255 * 0.04f; };
  const auto inside = [](float x, float y, float cx, float cy, float rx, float ry) {
    return std::pow((x - cx) / rx, 2.0f) + std::pow((y - cy) / ry, 2.0f) < 1;
  };
  std::vector<float> rgb;
  const float middle = 0.4f + 0.05f * static_cast<float>(seed);
  for (int j = 0; j < height; ++j)
    for (int i = 0; i < width; ++i) {
      const float x = (static_cast<float>(i) + 0.5f) / static_cast<float>(width);
      const float y = (static_cast<float>(j) + 0.5f) / static_cast<float>(height);
      std::array<float, 3> colour = {0.5f + 0.3f * x, 0.6f - 0.2f * y, 0.5f};
      if (inside(x, y, middle, 1.05f, 0.35f, 0.42f)) colour = {0.15f, 0.2f, 0.4f};
      if (inside(x, y, middle, 0.6f, 0.07f, 0.15f)) colour = {0.75f, 0.55f, 0.45f};
      if (inside(x, y, middle, 0.35f, 0.13f, 0.2f)) colour = {0.85f, 0.65f, 0.55f};
      if (inside(x, y, middle, 0.22f, 0.14f, 0.1f)) colour = {0.2f, 0.12f, 0.08f};
      for (float part : colour) rgb.push_back(part + noise());
    }
  return rgb;
}

/// In -1..1, the same everywhere.
inline std::vector<float> random_values(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<float> values(count);
  // Not std::uniform_real_distribution: it differs between libraries.
  for (float& value : values) value = static_cast<float>(random() % 65536) / 32768.0f - 1.0f;
  return values;
}

}  // namespace scrim
