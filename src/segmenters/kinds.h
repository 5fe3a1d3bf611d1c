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

/// A network's 0..1 as a matte has it.
inline std::uint8_t probability_byte(float probability) {
  // Written so that a NaN becomes 0.
  const float bounded = probability > 0 ? (probability < 1 ? probability : 1) : 0;
  return static_cast<std::uint8_t>(bounded * 255 + 0.5f);
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

}  // namespace scrim
