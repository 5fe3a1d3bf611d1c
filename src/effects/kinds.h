// The makers that the table in effects.cpp names, with their options. Each gets a Spec that passed
// check(); errors are kRequest. Lengths are in pixels of a 720-line picture.
#pragma once

#include <memory>

#include "effects/colormaps.h"
#include "effects/effect.h"

namespace scrim {

using MadeEffect = Expected<std::unique_ptr<Effect>>;

MadeEffect make_adjust(const Spec&, const EffectRequest&);
MadeEffect make_temperature(const Spec&, const EffectRequest&);
MadeEffect make_gamma(const Spec&, const EffectRequest&);
MadeEffect make_saturation(const Spec&, const EffectRequest&);
MadeEffect make_contrast(const Spec&, const EffectRequest&);
MadeEffect make_brightness(const Spec&, const EffectRequest&);
MadeEffect make_autoframe(const Spec&, const EffectRequest&);
MadeEffect make_autolight(const Spec&, const EffectRequest&);
MadeEffect make_blur(const Spec&, const EffectRequest&);
MadeEffect make_bokeh(const Spec&, const EffectRequest&);
MadeEffect make_cartoon(const Spec&, const EffectRequest&);
MadeEffect make_clock(const Spec&, const EffectRequest&);
MadeEffect make_colormap(const Spec&, const EffectRequest&);
MadeEffect make_denoise(const Spec&, const EffectRequest&);
MadeEffect make_despill(const Spec&, const EffectRequest&);
MadeEffect make_flip(const Spec&, const EffectRequest&);
MadeEffect make_glow(const Spec&, const EffectRequest&);
MadeEffect make_grey(const Spec&, const EffectRequest&);
MadeEffect make_hologram(const Spec&, const EffectRequest&);
MadeEffect make_lightwrap(const Spec&, const EffectRequest&);
MadeEffect make_mirror(const Spec&, const EffectRequest&);
MadeEffect make_mosaic(const Spec&, const EffectRequest&);
MadeEffect make_opacity(const Spec&, const EffectRequest&);
MadeEffect make_outline(const Spec&, const EffectRequest&);
MadeEffect make_overlay(const Spec&, const EffectRequest&);
MadeEffect make_pixelate(const Spec&, const EffectRequest&);
MadeEffect make_rotate(const Spec&, const EffectRequest&);
MadeEffect make_scanlines(const Spec&, const EffectRequest&);
MadeEffect make_sepia(const Spec&, const EffectRequest&);
MadeEffect make_shadow(const Spec&, const EffectRequest&);
MadeEffect make_sharpen(const Spec&, const EffectRequest&);
MadeEffect make_shower(const Spec&, const EffectRequest&);
MadeEffect make_text(const Spec&, const EffectRequest&);
MadeEffect make_vignette(const Spec&, const EffectRequest&);
MadeEffect make_zoom(const Spec&, const EffectRequest&);

inline constexpr auto kNumber = Option::Type::kNumber;
inline constexpr auto kInteger = Option::Type::kInteger;
inline constexpr auto kText = Option::Type::kText;
inline constexpr auto kChoice = Option::Type::kChoice;

inline constexpr std::string_view kPlaces[] = {"top-left",    "top",    "top-right",
                                               "left",        "middle", "right",
                                               "bottom-left", "bottom", "bottom-right"};
inline constexpr std::string_view kMosaicParts[] = {"person", "face"};
inline constexpr std::string_view kClockShows[] = {"time", "elapsed"};

inline constexpr Option kAdjustBrightness{"brightness", "1 changes nothing", kNumber, "1", 0, 4};
inline constexpr Option kAdjustContrast{"contrast", "1 changes nothing", kNumber, "1", 0, 4};
inline constexpr Option kAdjustSaturation{
    "saturation", "1 changes nothing, 0 is grey", kNumber, "1", 0, 4};
inline constexpr Option kAdjustGamma{"gamma", "above 1 lightens the shadows", kNumber, "1", 0.2, 5};
inline constexpr Option kAdjustTemperature{
    "temperature", "below 0 colder, above 0 warmer", kNumber, "0", -1, 1};
inline constexpr Option kAdjustOptions[] = {kAdjustBrightness, kAdjustContrast, kAdjustSaturation,
                                            kAdjustGamma, kAdjustTemperature};

inline constexpr Option kBrightnessValue{"value", "1 changes nothing", kNumber, "1.2", 0, 4};
inline constexpr Option kBrightnessOptions[] = {kBrightnessValue};

inline constexpr Option kContrastValue{"value", "1 changes nothing", kNumber, "1.2", 0, 4};
inline constexpr Option kContrastOptions[] = {kContrastValue};

inline constexpr Option kSaturationValue{"value", "1 changes nothing, 0 is grey", kNumber, "1.3", 0,
                                         4};
inline constexpr Option kSaturationOptions[] = {kSaturationValue};

inline constexpr Option kGammaValue{"value", "above 1 lightens the shadows", kNumber, "1.3", 0.2,
                                    5};
inline constexpr Option kGammaOptions[] = {kGammaValue};

inline constexpr Option kTemperatureValue{
    "value", "below 0 colder, above 0 warmer", kNumber, "0.4", -1, 1};
inline constexpr Option kTemperatureOptions[] = {kTemperatureValue};

inline constexpr Option kAutoframeClosest{"closest", "the most that it zooms in", kNumber, "2", 1,
                                          4};
inline constexpr Option kAutoframeOptions[] = {kAutoframeClosest};

inline constexpr Option kAutolightStrength{
    "strength", "0 changes nothing, 1 goes all the way to a well-lit face", kNumber, "0.7", 0, 1};
inline constexpr Option kAutolightOptions[] = {kAutolightStrength};

inline constexpr Option kBlurRadius{"radius", "how far it spreads", kNumber, "24", 0, 200};
inline constexpr Option kBlurOptions[] = {kBlurRadius};

inline constexpr Option kBokehRadius{"radius", "radius of the discs", kNumber, "20", 4, 80};
inline constexpr Option kBokehShine{"shine", "how much bright points stand out", kNumber, "0.5", 0,
                                    1};
inline constexpr Option kBokehOptions[] = {kBokehRadius, kBokehShine};

inline constexpr Option kCartoonLevels{
    "levels", "how many shades of light there are", kInteger, "6", 2, 16};
inline constexpr Option kCartoonOptions[] = {kCartoonLevels};

inline constexpr Option kColormapMap{"map", "which colours", kChoice, "viridis", 0,
                                     0,     kColormapNames};
inline constexpr Option kColormapOptions[] = {kColormapMap};

inline constexpr Option kDenoiseStrength{
    "strength", "how much grain it takes out", kNumber, "0.7", 0, 1};
inline constexpr Option kDenoiseOptions[] = {kDenoiseStrength};

inline constexpr Option kDespillColour{"colour", "the screen's colour", kText, "00b140"};
inline constexpr Option kDespillStrength{
    "strength", "how much of the tint it takes off", kNumber, "1", 0, 1};
inline constexpr Option kDespillOptions[] = {kDespillColour, kDespillStrength};

inline constexpr Option kGlowColour{"colour", "RRGGBB or a name", kText, "40d0ff"};
inline constexpr Option kGlowRadius{"radius", "how far it reaches", kNumber, "36", 2, 200};
inline constexpr Option kGlowOpacity{"opacity", "0 invisible, 1 solid", kNumber, "0.9", 0, 1};
inline constexpr Option kGlowOptions[] = {kGlowColour, kGlowRadius, kGlowOpacity};

inline constexpr Option kHologramSeed{
    "seed", "another number flickers in another way", kInteger, "1", 0, 1e6};
inline constexpr Option kHologramOptions[] = {kHologramSeed};

inline constexpr Option kLightwrapWidth{"width", "how far it spills", kNumber, "24", 4, 200};
inline constexpr Option kLightwrapStrength{"strength", "0 none, 1 most", kNumber, "0.8", 0, 1};
inline constexpr Option kLightwrapOptions[] = {kLightwrapWidth, kLightwrapStrength};

inline constexpr Option kMosaicSize{"size", "width of a block", kNumber, "32", 2, 400};
inline constexpr Option kMosaicPart{"part", "what is hidden", kChoice, "person", 0,
                                    0,      kMosaicParts};
inline constexpr Option kMosaicOptions[] = {kMosaicSize, kMosaicPart};

inline constexpr Option kOpacityValue{"value", "0 invisible, 1 solid", kNumber, "0.5", 0, 1};
inline constexpr Option kOpacityOptions[] = {kOpacityValue};

inline constexpr Option kOutlineColour{"colour", "RRGGBB or a name", kText, "white"};
inline constexpr Option kOutlineWidth{"width", "width of the line", kNumber, "8", 2, 100};
inline constexpr Option kOutlineOptions[] = {kOutlineColour, kOutlineWidth};

inline constexpr Option kOverlayPlace{"place", "where in the picture", kChoice, "top-right", 0, 0,
                                      kPlaces};
inline constexpr Option kOverlayHeight{
    "height", "its height as a part of the picture's; 0 keeps its own size", kNumber, "0.2", 0, 1};
inline constexpr Option kOverlayMargin{"margin", "distance from the border", kNumber, "24", 0, 720};
inline constexpr Option kOverlayOpacity{"opacity", "0 invisible, 1 solid", kNumber, "1", 0, 1};
inline constexpr Option kOverlayOptions[] = {kOverlayPlace, kOverlayHeight, kOverlayMargin,
                                             kOverlayOpacity};

inline constexpr Option kPixelateSize{"size", "width of a block", kNumber, "16", 2, 400};
inline constexpr Option kPixelateOptions[] = {kPixelateSize};

inline constexpr Option kRotateDegrees{"degrees", "clockwise", kNumber, "8", -180, 180};
inline constexpr Option kRotateOptions[] = {kRotateDegrees};

inline constexpr Option kScanlinesEvery{"every", "from one line to the next", kNumber, "4", 2, 100};
inline constexpr Option kScanlinesStrength{"strength", "0 none, 1 black", kNumber, "0.4", 0, 1};
inline constexpr Option kScanlinesOptions[] = {kScanlinesEvery, kScanlinesStrength};

inline constexpr Option kShadowX{"x", "how far to the right", kNumber, "18", -200, 200};
inline constexpr Option kShadowY{"y", "how far down", kNumber, "10", -200, 200};
inline constexpr Option kShadowSoftness{"softness", "how soft its edge is", kNumber, "24", 0, 200};
inline constexpr Option kShadowOpacity{"opacity", "0 invisible, 1 black", kNumber, "0.6", 0, 1};
inline constexpr Option kShadowOptions[] = {kShadowX, kShadowY, kShadowSoftness, kShadowOpacity};

inline constexpr Option kSharpenAmount{"amount", "0 changes nothing", kNumber, "1", 0, 4};
inline constexpr Option kSharpenOptions[] = {kSharpenAmount};

inline constexpr Option kShowerStrength{"strength", "how wavy the glass is", kNumber, "1", 0, 3};
inline constexpr Option kShowerOptions[] = {kShowerStrength};

inline constexpr Option kTextPlace{"place", "where in the picture", kChoice, "bottom-left", 0, 0,
                                   kPlaces};
inline constexpr Option kTextSize{"size", "height of the letters", kNumber, "32", 8, 300};
inline constexpr Option kTextColour{"colour", "RRGGBB or a name", kText, "white"};
inline constexpr Option kTextPlate{
    "plate", "opacity of the dark plate behind the letters", kNumber, "0.6", 0, 1};
inline constexpr Option kTextMargin{"margin", "distance from the border", kNumber, "32", 0, 720};
inline constexpr Option kTextFont{"font", "a font file, or a name such as Serif", kText, "Sans"};
inline constexpr Option kTextOptions[] = {kTextPlace, kTextSize,   kTextColour,
                                          kTextPlate, kTextMargin, kTextFont};

inline constexpr Option kClockPlace{"place", "where in the picture", kChoice, "top-left", 0, 0,
                                    kPlaces};
inline constexpr Option kClockShow{
    "show", "the time of day, or the time since the start", kChoice, "time", 0, 0, kClockShows};
inline constexpr Option kClockOptions[] = {kClockPlace, kTextSize, kTextColour, kTextPlate,
                                           kTextMargin, kTextFont, kClockShow};

inline constexpr Option kVignetteStrength{"strength", "0 none, 1 black corners", kNumber, "0.6", 0,
                                          1};
inline constexpr Option kVignetteOptions[] = {kVignetteStrength};

inline constexpr Option kZoomFactor{"factor", "how many times as large", kNumber, "1.5", 1, 10};
inline constexpr Option kZoomX{
    "x", "the point that comes to the middle: 0 left, 1 right", kNumber, "0.5", 0, 1};
inline constexpr Option kZoomY{"y", "the same: 0 top, 1 bottom", kNumber, "0.5", 0, 1};
inline constexpr Option kZoomOptions[] = {kZoomFactor, kZoomX, kZoomY};

}  // namespace scrim
