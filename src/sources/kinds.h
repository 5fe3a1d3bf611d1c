// The openers that the table in sources.cpp names, one per file of this folder, with their options.
// Each gets a Spec that passed check(); errors as Source's, kRequest for what is wrong in the Spec.
#pragma once

#include <memory>

#include "sources/source.h"

namespace scrim {

using OpenedSource = Expected<std::unique_ptr<Source>>;

OpenedSource open_file(const Spec&, const SourceRequest&);
OpenedSource open_pattern(const Spec&, const SourceRequest&);
OpenedSource open_pipewire_camera(const Spec&, const SourceRequest&);
OpenedSource open_presenter(const Spec&, const SourceRequest&);
OpenedSource open_v4l2_camera(const Spec&, const SourceRequest&);

/// The size of drawn sources for a request without one.
inline constexpr Size kDrawnSize{1280, 720};

inline constexpr Option kSecondsOption{
    "seconds", "how long it lasts when not live; 0: for ever", Option::Type::kNumber, "10", 0, 1e6};

inline constexpr Option kFileLoop{"loop", "begin again at the end; by default on when live",
                                  Option::Type::kFlag, ""};
inline constexpr Option kFileFrom{"from", "where to begin: seconds or [H:]MM:SS",
                                  Option::Type::kText, "0"};
inline constexpr Option kFileTo{"to", "where to end, likewise; by default at the file's end",
                                Option::Type::kText, ""};
inline constexpr Option kFileSourceOptions[] = {kFileLoop, kFileFrom, kFileTo};

inline constexpr Option kPatternOptions[] = {kSecondsOption};

inline constexpr Option kPresenterSeed{
    "seed", "who it is, in which room", Option::Type::kInteger, "1", 0, 1e6};
inline constexpr Option kPresenterEmpty{"empty", "the room without anybody", Option::Type::kFlag,
                                        "0"};
inline constexpr Option kPresenterNoise{
    "noise", "sensor noise, in levels of luma", Option::Type::kNumber, "2.5", 0, 20};
inline constexpr Option kPresenterOptions[] = {kPresenterSeed, kPresenterEmpty, kPresenterNoise,
                                               kSecondsOption};

inline constexpr std::string_view kCameraFormats[] = {"any",  "i420",  "nv12", "yuyv",
                                                      "uyvy", "mjpeg", "jpeg", "grey"};
inline constexpr Option kCameraSize{"size",
                                    "exactly this WIDTHxHEIGHT; by default what suits --size best",
                                    Option::Type::kText, ""};
inline constexpr Option kCameraFps{"fps",
                                   "pictures per second to ask for; by default what --fps says",
                                   Option::Type::kNumber,
                                   "30",
                                   1,
                                   240};
inline constexpr Option kCameraFormat{"format",
                                      "the format in which the camera sends pictures",
                                      Option::Type::kChoice,
                                      "any",
                                      0,
                                      0,
                                      kCameraFormats};
inline constexpr std::string_view kCameraRotations[] = {"0", "90", "180", "270"};
inline constexpr Option kCameraRotate{
    "rotate",        "degrees to turn the picture clockwise", Option::Type::kChoice, "0", 0, 0,
    kCameraRotations};
inline constexpr Option kCameraOptions[] = {kCameraSize, kCameraFps, kCameraFormat, kCameraRotate};

}  // namespace scrim
