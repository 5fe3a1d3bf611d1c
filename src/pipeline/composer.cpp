// Tested by tests/pipeline/composer_test.cpp.
#include "pipeline/composer.h"

#include <algorithm>
#include <iterator>

#include "image/convert.h"
#include "image/kernels.h"

namespace scrim {
namespace {

struct ChainKind {
  std::string_view name;
  bool Chains::*allowed;
};
constexpr ChainKind kBackgroundChain{"background", &Chains::background};
constexpr ChainKind kPersonChain{"person", &Chains::person};
constexpr ChainKind kPictureChain{"picture", &Chains::picture};

/// The background chain with its Background in front, whatever was left out.
Chain completed(Chain chain) {
  if (chain.empty()) chain.push_back({"blur", "", {}});
  const bool names_background = find_kind(background_kinds(), chain.front().kind) != nullptr;
  const bool names_effect = find_kind(effect_kinds(), chain.front().kind) != nullptr;
  if (names_effect && !names_background) chain.insert(chain.begin(), {"room", "", {}});
  return chain;
}

Expected<void> check_effects(std::span<const Spec> specs, ChainKind chain) {
  for (const Spec& spec : specs) {
    auto kind = choose(effect_kinds(), spec, "effect");
    if (!kind) return fail_in(fmt::format("--{}", chain.name), kind.error());
    if (!((*kind)->chains.*chain.allowed))
      return fail(Errc::kRequest, "--{}: the effect '{}' has no place in this chain", chain.name,
                  spec.kind);
  }
  return {};
}

Expected<EffectChain> make_effects(std::span<const Spec> specs, Size size) {
  EffectChain effects;
  for (const Spec& spec : specs) {
    auto effect = make_effect(spec, size);
    if (!effect) return std::unexpected(effect.error());
    effects.push_back(*std::move(effect));
  }
  return effects;
}

}  // namespace

Expected<void> check(const Look& look) {
  const Chain background = completed(look.background);
  const Spec& first = background.front();
  if (!find_kind(background_kinds(), first.kind)) {
    auto names = names_of(background_kinds());
    std::ranges::copy(names_of(effect_kinds()), std::back_inserter(names));
    return fail_unknown("--background", first.kind, names);
  }
  if (auto kind = choose(background_kinds(), first, "background"); !kind)
    return fail_in("--background", kind.error());
  if (auto ok = check_effects(std::span(background).subspan(1), kBackgroundChain); !ok) return ok;
  if (auto ok = check_effects(look.person, kPersonChain); !ok) return ok;
  return check_effects(look.picture, kPictureChain);
}

Expected<Composer> Composer::make(const Look& look, Size size, const Playback& playback) {
  if (auto ok = check(look); !ok) return std::unexpected(ok.error());
  const Chain chain = completed(look.background);
  Composer made;
  auto background = make_background(chain.front(), size, playback);
  if (!background) return fail_in("--background", background.error());
  EffectChain background_effects;
  const std::pair<EffectChain&, std::span<const Spec>> chains[] = {
      {background_effects, std::span(chain).subspan(1)},
      {made.person_effects_, look.person},
      {made.picture_effects_, look.picture}};
  for (const auto& [effects, specs] : chains) {
    auto list = make_effects(specs, size);
    if (!list) return std::unexpected(list.error());
    effects = *std::move(list);
  }
  made.backdrop_ = Backdrop(*std::move(background), std::move(background_effects), size);
  if (!made.picture_effects_.empty()) made.picture_matte_ = Matte(size);
  if (!made.person_effects_.empty()) {
    made.person_ = Image(size);
    made.person_matte_ = Matte(size);
  }
  return made;
}

ConstPlane Composer::compose(ConstImageView camera, ConstPlane matte, Clock::time_point now,
                             Composed out, Stats& stats) {
  Scene scene{camera, {}, matte, now};
  {
    StageTimer timer(stats, Stage::kBackground);
    scene.background = backdrop_.draw(camera, matte, now);
  }
  ConstImageView person = camera;
  ConstPlane person_matte = matte;
  if (!person_effects_.empty()) {
    StageTimer timer(stats, Stage::kPerson);
    copy(camera, person_.view());
    copy(matte, person_matte_.view());
    apply(person_effects_, {person_.view(), person_matte_.view()}, scene);
    person = person_.view();
    person_matte = person_matte_.view();
  }
  {
    StageTimer timer(stats, Stage::kBlend);
    blend(person, scene.background, person_matte, out.picture);
    if (out.person.y.data) copy(person, out.person);
  }
  if (picture_effects_.empty()) return person_matte;
  StageTimer timer(stats, Stage::kPicture);
  return finish(person_matte, out, scene);
}

/// The picture chain; each picture begins with the same matte, and ends with the same.
ConstPlane Composer::finish(ConstPlane matte, Composed out, const Scene& scene) {
  for (const ImageView& picture : {out.person, out.picture}) {
    if (!picture.y.data) continue;
    copy(matte, picture_matte_.view());
    apply(picture_effects_, {picture, picture_matte_.view()}, scene);
  }
  return picture_matte_.view();
}

}  // namespace scrim
