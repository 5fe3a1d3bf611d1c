// Tested by tests/pipeline/composer_test.cpp.
#include "pipeline/composer.h"

#include <algorithm>
#include <iterator>

#include "image/convert.h"
#include "image/kernels.h"

namespace scrim {
namespace {

/// The background chain with its Background in front, whatever was left out.
Chain completed(Chain chain) {
  if (chain.empty()) chain.push_back({"blur", "", {}});
  const bool names_background = find_kind(background_kinds(), chain.front().kind) != nullptr;
  const bool names_effect = find_kind(effect_kinds(), chain.front().kind) != nullptr;
  if (names_effect && !names_background) chain.insert(chain.begin(), {"room", "", {}});
  return chain;
}

std::string option_of(Role role) {
  return fmt::format("--{}", name_of(role));
}

Expected<void> check_effects(std::span<const Spec> specs, Role role) {
  for (const Spec& spec : specs) {
    auto kind = choose(effect_kinds(), spec, "effect");
    if (!kind) return fail_in(option_of(role), kind.error());
    if (!has_place((*kind)->chains, role))
      return fail(Errc::kRequest, "{}: the effect '{}' has no place in this chain", option_of(role),
                  spec.kind);
  }
  return {};
}

Expected<EffectChain> make_effects(std::span<const Spec> specs, const EffectRequest& request) {
  EffectChain effects;
  for (const Spec& spec : specs) {
    auto effect = make_effect(spec, request);
    if (!effect) return fail_in(option_of(request.role), effect.error());
    effects.push_back(*std::move(effect));
  }
  return effects;
}

/// The effects of one chain, beside the Specs that they were made of.
struct Made {
  EffectChain& effects;
  std::span<const Spec> specs;
};

/// The place of `old`'s effect of the same Spec as the one at `index`: for the second of a kind the
/// second.
std::size_t place_of_same(const Made& made, std::size_t index, const Made& old) {
  const Spec& spec = made.specs[index];
  auto before = std::ranges::count(made.specs.first(index), spec);
  std::size_t at = 0;
  while (at < old.specs.size() && (old.specs[at] != spec || before-- > 0)) ++at;
  return at;
}

bool stays(const Spec& spec, std::string_view except) {
  return except.empty() || spec.argument != except;
}

void adopt_effects(const Made& made, const Made& old, std::string_view except) {
  for (std::size_t i = 0; i < made.specs.size(); ++i) {
    const auto at = place_of_same(made, i, old);
    if (at < old.specs.size() && stays(made.specs[i], except))
      std::swap(made.effects[i], old.effects[at]);
  }
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
  if (auto ok = check_effects(std::span(background).subspan(1), Role::kBackground); !ok) return ok;
  if (auto ok = check_effects(look.person, Role::kPerson); !ok) return ok;
  return check_effects(look.picture, Role::kPicture);
}

Expected<Composer> Composer::make(const Look& look, Size size, const Playback& playback) {
  if (auto ok = check(look); !ok) return std::unexpected(ok.error());
  const Chain chain = completed(look.background);
  Composer made;
  made.made_of_ = {chain, look.person, look.picture};
  auto background = make_background(chain.front(), size, playback);
  if (!background) return fail_in("--background", background.error());
  EffectChain background_effects;
  const struct {
    EffectChain& effects;
    std::span<const Spec> specs;
    Role role;
  } chains[] = {{background_effects, std::span(chain).subspan(1), Role::kBackground},
                {made.person_effects_, look.person, Role::kPerson},
                {made.picture_effects_, look.picture, Role::kPicture}};
  for (const auto& [effects, specs, role] : chains) {
    auto list = make_effects(specs, {size, role, playback.pictures});
    if (!list) return std::unexpected(list.error());
    effects = *std::move(list);
  }
  made.backdrop_ = Backdrop(*std::move(background), std::move(background_effects), size);
  made.shows_room_ = chain.front().kind == "room";
  if (!made.picture_effects_.empty()) made.picture_matte_ = Matte(size);
  if (!made.person_effects_.empty()) {
    made.person_ = Image(size);
    made.person_matte_ = Matte(size);
  }
  return made;
}

void Composer::adopt(Composer& old, std::string_view except) {
  const std::span<const Spec> background = made_of_.background, was = old.made_of_.background;
  if (background.front() == was.front() && stays(background.front(), except))
    backdrop_.adopt_background(old.backdrop_);
  adopt_effects({backdrop_.effects(), background.subspan(1)},
                {old.backdrop_.effects(), was.subspan(1)}, except);
  adopt_effects({person_effects_, made_of_.person}, {old.person_effects_, old.made_of_.person},
                except);
  adopt_effects({picture_effects_, made_of_.picture}, {old.picture_effects_, old.made_of_.picture},
                except);
}

ConstPlane Composer::compose(ConstImageView camera, ConstPlane matte, Clock::time_point now,
                             Composed out, Stats& stats) {
  Scene scene{camera, {}, matte, now};
  {
    StageTimer timer(stats, Stage::kBackground);
    scene.background = backdrop_.draw(camera, matte, now);
  }
  const bool cut_out = out.person.y.data != nullptr;
  const bool mends_edge = cut_out || !shows_room_;
  if (mends_edge) {
    StageTimer timer(stats, Stage::kPerson);
    edge_colour_.see(camera, matte);
  }
  ConstImageView person = camera;
  ConstPlane person_matte = matte;
  if (!person_effects_.empty()) {
    StageTimer timer(stats, Stage::kPerson);
    copy(camera, person_.view());
    copy(matte, person_matte_.view());
    if (mends_edge) edge_colour_.apply(camera, matte, EdgeColour::Share::kWhole, person_.view());
    apply(person_effects_, {person_.view(), person_matte_.view()}, scene);
    person = person_.view();
    person_matte = person_matte_.view();
  }
  {
    StageTimer timer(stats, Stage::kBlend);
    blend(person, scene.background, person_matte, out.picture);
    if (cut_out) copy(person, out.person);
    if (person_effects_.empty()) {  // it was blended as the camera sees it
      if (!shows_room_) edge_colour_.apply(camera, matte, EdgeColour::Share::kByMatte, out.picture);
      if (cut_out) edge_colour_.apply(camera, matte, EdgeColour::Share::kWhole, out.person);
    }
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
