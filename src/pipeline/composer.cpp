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

Expected<std::vector<std::unique_ptr<Effect>>> make_effects(std::span<const Spec> specs,
                                                            Size size) {
  std::vector<std::unique_ptr<Effect>> effects;
  for (const Spec& spec : specs) {
    auto effect = make_effect(spec, size);
    if (!effect) return std::unexpected(effect.error());
    effects.push_back(*std::move(effect));
  }
  return effects;
}

void apply(const std::vector<std::unique_ptr<Effect>>& effects, Layer layer, const Scene& scene) {
  for (const auto& effect : effects) effect->apply(layer, scene);
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

Expected<Composer> Composer::make(const Look& look, Size size) {
  if (auto ok = check(look); !ok) return std::unexpected(ok.error());
  const Chain chain = completed(look.background);
  Composer made;
  auto background = make_background(chain.front(), size);
  if (!background) return fail_in("--background", background.error());
  made.background_ = *std::move(background);
  const std::pair<Effects&, std::span<const Spec>> chains[] = {
      {made.background_effects_, std::span(chain).subspan(1)},
      {made.person_effects_, look.person},
      {made.picture_effects_, look.picture}};
  for (const auto& [effects, specs] : chains) {
    auto list = make_effects(specs, size);
    if (!list) return std::unexpected(list.error());
    effects = *std::move(list);
  }
  made.drawn_ = Image(size);
  fill(made.drawn_.view(), Yuv{});  // black, should the first draw fail
  made.spare_matte_ = Matte(size);
  if (!made.background_effects_.empty()) made.treated_ = Image(size);
  if (!made.person_effects_.empty()) {
    made.person_ = Image(size);
    made.person_matte_ = Matte(size);
  }
  return made;
}

void Composer::draw_background(const Scene& scene, Stats& stats) {
  StageTimer timer(stats, Stage::kBackground);
  // A background that can't be drawn any more stands still: the last one is still there.
  const bool fresh = background_->draw(scene.camera, scene.now, drawn_.view()).value_or(false);
  static_cast<void>(fresh);
  if (background_effects_.empty()) return;
  copy(drawn_.view(), treated_.view());
  copy(scene.matte, spare_matte_.view());
  apply(background_effects_, {treated_.view(), spare_matte_.view()}, scene);
}

ConstPlane Composer::compose(ConstImageView camera, ConstPlane matte, Clock::time_point now,
                             Composed out, Stats& stats) {
  Image& background = background_effects_.empty() ? drawn_ : treated_;
  const Scene scene{camera, std::as_const(background).view(), matte, now};
  draw_background(scene, stats);
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
    copy(matte, spare_matte_.view());
    apply(picture_effects_, {picture, spare_matte_.view()}, scene);
  }
  return spare_matte_.view();
}

}  // namespace scrim
