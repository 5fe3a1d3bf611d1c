// The makers that the table in segmenters.cpp names, one per file of this folder, with their
// options. Each gets a Spec that passed check().
#pragma once

#include <memory>

#include "segmenters/segmenter.h"

namespace scrim {

/// kRequest: no such network; kSystem: its file is missing or damaged.
Expected<std::unique_ptr<Segmenter>> make_person(const Spec&);
Expected<std::unique_ptr<Segmenter>> make_oval(const Spec&);
/// kSystem: the folder has no BodyPix network.
Expected<std::unique_ptr<Segmenter>> make_body_pix(const Spec&);
/// kRequest: a colour that is none, or too grey.
Expected<std::unique_ptr<Segmenter>> make_chroma(const Spec&);

/// A network's 0..1 as a matte has it.
inline std::uint8_t probability_byte(float probability) {
  // Bounded last, which GCC can do for many at once; a NaN becomes 0.
  const float level = probability * 255 + 0.5f, some = level > 0 ? level : 0;
  return static_cast<std::uint8_t>(static_cast<int>(some < 255 ? some : 255));
}

inline constexpr Option kPersonOptions[] = {
    {"model", "the network: a name from `scrim models`", Option::Type::kText, "selfie"},
};

inline constexpr Option kOvalOptions[] = {
    {"x", "its middle, from the left", Option::Type::kNumber, "0.5", 0, 1},
    {"y", "its middle, from the top", Option::Type::kNumber, "0.6", 0, 1},
    {"width", "of the whole picture's", Option::Type::kNumber, "0.5", 0.01, 2},
    {"height", "of the whole picture's", Option::Type::kNumber, "0.8", 0.01, 2},
};

inline constexpr Option kBodyPixOptions[] = {
    {"internal_resolution", "of the picture's: low, medium, high, full, or a number up to 2",
     Option::Type::kText, "medium"},
    {"threshold", "the mask where the probability is above it, not the probabilities",
     Option::Type::kNumber, "0.7", 0, 1},
    {"flip", "flipHorizontal, which moves no masks in BodyPix 2.x: taken, without effect",
     Option::Type::kFlag, "off"},
};

inline constexpr Option kChromaOptions[] = {
    {"colour", "of the screen", Option::Type::kText, "00b140"},
    {"tolerance", "how much paler than that the screen may be", Option::Type::kNumber, "0.5", 0,
     0.9},
    {"softness", "of the edge, from screen to person", Option::Type::kNumber, "0.35", 0.01, 1},
};

}  // namespace scrim
