// The table of effects. A new one: a file in this folder with its maker, and a row here.
#include <memory>

#include "effects/effect.h"
#include "effects/kinds.h"

namespace scrim {
namespace {

constexpr Chains kPersonOnly{.background = false, .picture = false};
constexpr Chains kPictureOnly{.background = false, .person = false};
constexpr Chains kNotPicture{.picture = false};
constexpr Chains kNotBackground{.background = false};
constexpr Chains kNotPerson{.person = false};

using enum Argument;

constexpr EffectKind kKinds[] = {
    {{"adjust", kNone,
      "light and colour in one go: brightness, contrast, saturation, gamma, temperature",
      kAdjustOptions},
     make_adjust,
     Role::kPicture,
     {},
     "adjust?saturation=1.4&temperature=0.7"},
    {{"autoframe", kNone, "zooms in on the person and follows them, smoothly", kAutoframeOptions},
     make_autoframe,
     Role::kPicture,
     kPictureOnly},
    {{"autolight", kNone, "lights your face well when the picture is too dark or too bright",
      kAutolightOptions},
     make_autolight},
    {{"blur", kNone, "out of focus, softly", kBlurOptions}, make_blur, Role::kBackground},
    {{"bokeh", kNone, "out of focus as through a lens: bright points become discs", kBokehOptions},
     make_bokeh,
     Role::kBackground},
    {{"brightness", kNone, "lighter or darker", kBrightnessOptions}, make_brightness},
    {{"cartoon", kNone, "flat colours and ink lines", kCartoonOptions}, make_cartoon},
    {{"clock", kNone, "the time of day, on a plate", kClockOptions},
     make_clock,
     Role::kPicture,
     kPictureOnly},
    {{"colormap", kNone, "false colours, from dark to light", kColormapOptions}, make_colormap},
    {{"contrast", kNone, "stronger or weaker contrast", kContrastOptions}, make_contrast},
    {{"denoise", kNone, "takes the grain out where nothing moves", kDenoiseOptions}, make_denoise},
    {{"despill", kNone, "takes off the tint that a coloured screen casts on the person",
      kDespillOptions},
     make_despill,
     Role::kPerson,
     kPersonOnly},
    {{"flip", kNone, "upside down"}, make_flip},
    {{"gamma", kNone, "lighter or darker shadows", kGammaOptions}, make_gamma},
    {{"glow", kNone, "a light around the person", kGlowOptions},
     make_glow,
     Role::kPerson,
     kNotPicture},
    {{"grey", kNone, "shades of grey, no colours"}, make_grey},
    {{"hologram", kNone, "a flickering projection with scan lines", kHologramOptions},
     make_hologram,
     Role::kPerson},
    {{"lightwrap", kNone, "light from the background spills over the person's edge",
      kLightwrapOptions},
     make_lightwrap,
     Role::kPerson,
     kNotBackground},
    {{"mirror", kNone, "left and right swapped, as in a mirror"}, make_mirror},
    {{"mosaic", kNone, "hides the person, or their face, behind large blocks", kMosaicOptions},
     make_mosaic,
     Role::kPerson,
     kNotBackground,
     "mosaic?part=face"},
    {{"opacity", kNone, "lets the background show through the person", kOpacityOptions},
     make_opacity,
     Role::kPerson,
     kPersonOnly},
    {{"outline", kNone, "a line around the person", kOutlineOptions},
     make_outline,
     Role::kPerson,
     kNotPicture},
    {{"overlay", kFile, "a picture or animation on top, such as a logo; transparent where it is",
      kOverlayOptions},
     make_overlay,
     Role::kPicture,
     {},
     "overlay:logo.png"},
    {{"pixelate", kNone, "large square pixels", kPixelateOptions}, make_pixelate},
    {{"rotate", kNone, "turns the picture", kRotateOptions}, make_rotate},
    {{"saturation", kNone, "stronger or paler colours", kSaturationOptions}, make_saturation},
    {{"scanlines", kNone, "dark lines, as on an old television", kScanlinesOptions},
     make_scanlines},
    {{"sepia", kNone, "brown tones, as in an old photograph"}, make_sepia},
    {{"shadow", kNone, "the person casts a shadow", kShadowOptions},
     make_shadow,
     Role::kPerson,
     kNotPicture},
    {{"sharpen", kNone, "crisper edges", kSharpenOptions}, make_sharpen},
    {{"shower", kNone, "seen through the wet glass of a shower door", kShowerOptions}, make_shower},
    {{"temperature", kNone, "warmer or colder light", kTemperatureOptions}, make_temperature},
    {{"text", kWords, "a name plate: text:Ada", kTextOptions},
     make_text,
     Role::kPicture,
     kNotPerson,
     "text:Your name"},
    {{"vignette", kNone, "darker towards the corners", kVignetteOptions},
     make_vignette,
     Role::kPicture,
     kNotPerson},
    {{"zoom", kNone, "zooms in; x and y say where", kZoomOptions}, make_zoom},
};

}  // namespace

std::span<const EffectKind> effect_kinds() {
  return kKinds;
}

bool has_place(const Chains& chains, Role role) {
  if (role == Role::kBackground) return chains.background;
  return role == Role::kPerson ? chains.person : chains.picture;
}

std::string_view name_of(Role role) {
  if (role == Role::kBackground) return "background";
  return role == Role::kPerson ? "person" : "picture";
}

void apply(const EffectChain& effects, Layer layer, const Scene& scene) {
  for (const auto& effect : effects) effect->apply(layer, scene);
}

Spec example_of(const EffectKind& kind) {
  const std::string_view text = kind.example.empty() ? kind.name : kind.example;
  return parse_spec(text).value_or(Spec{std::string(kind.name), "", {}});
}

Expected<std::unique_ptr<Effect>> make_effect(const Spec& spec, const EffectRequest& request) {
  auto kind = choose(effect_kinds(), spec, "effect");
  if (!kind) return std::unexpected(kind.error());
  return (*kind)->make(spec, request);
}

}  // namespace scrim
