// The makers that the table in segmenters.cpp names, one per file of this folder, with their
// options. Each gets a Spec that passed check().
#pragma once

#include <memory>

#include "segmenters/segmenter.h"

namespace scrim {

/// kRequest: no such network; kSystem: its file is missing or damaged.
Expected<std::unique_ptr<Segmenter>> make_person(const Spec&, const SegmenterNeeds&);
Expected<std::unique_ptr<Segmenter>> make_oval(const Spec&, const SegmenterNeeds&);
/// kSystem: the folder has no BodyPix network.
Expected<std::unique_ptr<Segmenter>> make_body_pix(const Spec&, const SegmenterNeeds&);
/// kRequest: a colour that is none, or too grey.
Expected<std::unique_ptr<Segmenter>> make_chroma(const Spec&, const SegmenterNeeds&);
/// kRequest: no such URL, or a token file that cannot be read. Asks nobody yet.
Expected<std::unique_ptr<Segmenter>> make_remote(const Spec&, const SegmenterNeeds&);
std::string warning_of_remote(const Spec&);

/// A network's 0..1 as a matte has it.
inline std::uint8_t probability_byte(float probability) {
  // Bounded last, which GCC can do for many at once; a NaN becomes 0.
  const float level = probability * 255 + 0.5f, some = level > 0 ? level : 0;
  return static_cast<std::uint8_t>(static_cast<int>(some < 255 ? some : 255));
}

inline constexpr Option kPersonModel{"model", "the network: a name from `scrim models`",
                                     Option::Type::kText, "selfie"};
inline constexpr Option kPersonOptions[] = {kPersonModel};

inline constexpr Option kOvalX{"x", "its middle, from the left", Option::Type::kNumber, "0.5", 0,
                               1};
inline constexpr Option kOvalY{"y", "its middle, from the top", Option::Type::kNumber, "0.6", 0, 1};
inline constexpr Option kOvalWidth{
    "width", "its width, as a part of the picture's", Option::Type::kNumber, "0.5", 0.01, 2};
inline constexpr Option kOvalHeight{
    "height", "its height, as a part of the picture's", Option::Type::kNumber, "0.8", 0.01, 2};
inline constexpr Option kOvalOptions[] = {kOvalX, kOvalY, kOvalWidth, kOvalHeight};

inline constexpr Option kBodyPixResolution{"internal_resolution",
                                           "the size it looks at, as a part of the picture's: low, "
                                           "medium, high, full, or a number up to 2",
                                           Option::Type::kText, "medium"};
inline constexpr Option kBodyPixThreshold{"threshold",
                                          "a hard edge: person where the probability is above it",
                                          Option::Type::kNumber,
                                          "0.7",
                                          0,
                                          1};
inline constexpr Option kBodyPixFlip{
    "flip", "has no effect, as flipHorizontal has none on the masks of BodyPix 2.x",
    Option::Type::kFlag, "off"};
inline constexpr Option kBodyPixOptions[] = {kBodyPixResolution, kBodyPixThreshold, kBodyPixFlip};

inline constexpr Option kChromaColour{"colour", "the screen's colour", Option::Type::kText,
                                      "00b140"};
inline constexpr Option kChromaTolerance{"tolerance",
                                         "how much paler than that colour the screen may be",
                                         Option::Type::kNumber,
                                         "0.5",
                                         0,
                                         0.9};
inline constexpr Option kChromaSoftness{
    "softness", "how soft the edge is", Option::Type::kNumber, "0.35", 0.01, 1};
inline constexpr Option kChromaOptions[] = {kChromaColour, kChromaTolerance, kChromaSoftness};

inline constexpr std::string_view kRemoteFormats[] = {"alpha8", "mask"};
inline constexpr Option kRemoteFormat{"format",
                                      "what is asked for; mask adds nothing to the URL",
                                      Option::Type::kChoice,
                                      "alpha8",
                                      0,
                                      0,
                                      kRemoteFormats};
inline constexpr Option kRemoteRequests{
    "requests", "on their way at a time", Option::Type::kInteger, "3", 1, 8};
inline constexpr Option kRemotePatience{
    "patience",
    "seconds that it may take to come up, where nobody waits live",
    Option::Type::kNumber,
    "30",
    0,
    3600};
inline constexpr Option kRemoteTokenFile{
    "token-file", "a file whose first line it wants as a token", Option::Type::kText, ""};
inline constexpr Option kRemoteOptions[] = {kRemoteFormat, kRemoteRequests, kRemotePatience,
                                            kRemoteTokenFile};

}  // namespace scrim
