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

constexpr EffectKind kKinds[] = {
    {{"adjust", "",
      "light and colour in one go: brightness, contrast, saturation, gamma, temperature",
      kAdjustOptions},
     make_adjust,
     Role::kPicture,
     {},
     "adjust?saturation=1.4&temperature=0.7"},
    {{"autoframe", "", "follows the person, zooms in, moves seldom and smoothly",
      kAutoframeOptions},
     make_autoframe,
     Role::kPicture,
     kPictureOnly},
    {{"autolight", "", "brings a dark or glaring picture of you to good light", kAutolightOptions},
     make_autolight},
    {{"blur", "", "soft focus", kBlurOptions}, make_blur, Role::kBackground},
    {{"bokeh", "", "out of focus as through a lens: bright points become discs", kBokehOptions},
     make_bokeh,
     Role::kBackground},
    {{"brightness", "", "lighter or darker", kBrightnessOptions}, make_brightness},
    {{"cartoon", "", "flat colours and ink lines", kCartoonOptions}, make_cartoon},
    {{"clock", "", "the time of day, on a plate", kClockOptions},
     make_clock,
     Role::kPicture,
     kPictureOnly},
    {{"colormap", "", "other colours for dark to light", kColormapOptions}, make_colormap},
    {{"contrast", "", "harder or softer light", kContrastOptions}, make_contrast},
    {{"denoise", "", "takes the grain out where nothing moves", kDenoiseOptions}, make_denoise},
    {{"despill", "", "takes the shine of a coloured screen off the person", kDespillOptions},
     make_despill,
     Role::kPerson,
     kPersonOnly},
    {{"flip", "", "upside down"}, make_flip},
    {{"gamma", "", "lighter or darker shadows", kGammaOptions}, make_gamma},
    {{"glow", "", "a shine around the person", kGlowOptions},
     make_glow,
     Role::kPerson,
     kNotPicture},
    {{"grey", "", "no colours"}, make_grey},
    {{"hologram", "", "a projection in thin air, with its scan lines", kHologramOptions},
     make_hologram,
     Role::kPerson},
    {{"lightwrap", "", "light of the background falls round the edge of the person",
      kLightwrapOptions},
     make_lightwrap,
     Role::kPerson,
     kNotBackground},
    {{"mirror", "", "left and right exchanged, as in a mirror"}, make_mirror},
    {{"mosaic", "", "hides the person, or their face, behind large blocks", kMosaicOptions},
     make_mosaic,
     Role::kPerson,
     kNotBackground,
     "mosaic?part=face"},
    {{"opacity", "", "lets the background show through the person", kOpacityOptions},
     make_opacity,
     Role::kPerson,
     kPersonOnly},
    {{"outline", "", "a line around the person", kOutlineOptions},
     make_outline,
     Role::kPerson,
     kNotPicture},
    {{"overlay", "FILE", "a picture or animation over it, transparent where it says so",
      kOverlayOptions},
     make_overlay,
     Role::kPicture,
     {},
     "overlay:logo.png"},
    {{"pixelate", "", "large square pixels", kPixelateOptions}, make_pixelate},
    {{"rotate", "", "turned", kRotateOptions}, make_rotate},
    {{"saturation", "", "stronger or paler colours", kSaturationOptions}, make_saturation},
    {{"scanlines", "", "dark lines, as on a tube", kScanlinesOptions}, make_scanlines},
    {{"sepia", "", "an old print"}, make_sepia},
    {{"shadow", "", "the person throws one", kShadowOptions},
     make_shadow,
     Role::kPerson,
     kNotPicture},
    {{"sharpen", "", "crisper edges", kSharpenOptions}, make_sharpen},
    {{"shower", "", "seen through the wet glass of a shower door", kShowerOptions}, make_shower},
    {{"temperature", "", "warmer or colder light", kTemperatureOptions}, make_temperature},
    {{"text", "WORDS", "a name plate: text:Ada", kTextOptions},
     make_text,
     Role::kPicture,
     kNotPerson,
     "text:Your name"},
    {{"vignette", "", "darker towards the corners", kVignetteOptions},
     make_vignette,
     Role::kPicture,
     kNotPerson},
    {{"zoom", "", "nearer; x and y pan", kZoomOptions}, make_zoom},
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
