#include "look_options.h"

#include "spec_argument.h"

namespace scrim {

void LookOptions::add_look(CLI::App& parser) {
  parser
      .add_option("--background,-b", background_,
                  "What stands behind the person: blur (default), colour:00b140, image:FILE, ...")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->envname("SCRIM_BACKGROUND");
  parser.add_option("--person,-p", person_, "Effects on the person: EFFECT[,EFFECT...]")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->envname("SCRIM_PERSON");
  parser.add_option("--picture", picture_, "Effects on the finished picture: mirror, ...")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->envname("SCRIM_PICTURE");
}

void LookOptions::add_matte(CLI::App& parser) {
  parser.add_option("--segmenter", segmenter_, "What finds the person: person?model=NAME")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->envname("SCRIM_SEGMENTER");
  parser.add_option("--matte", matte_, "How the matte is treated: raw, threshold=0.5, smooth=0.8")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->envname("SCRIM_MATTE");
  parser
      .add_option("--effort", effort_,
                  "low: the lighter network, edges as it says; high: a finer fit of edges, for "
                  "recordings; auto: normal, live low while the computer is too slow for that")
      ->check(CLI::IsMember({"auto", "low", "normal", "high"}))
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->envname("SCRIM_EFFORT");
}

Expected<LookRequest> LookOptions::parse() const {
  LookRequest request;
  const struct {
    const char* name;
    const std::string& text;
    Chain& chain;
  } chains[] = {{"--background", background_, request.look.background},
                {"--person", person_, request.look.person},
                {"--picture", picture_, request.look.picture}};
  for (const auto& [name, text, chain] : chains) {
    auto parsed = chain_argument(name, text);
    if (!parsed) return std::unexpected(parsed.error());
    chain = *std::move(parsed);
  }
  if (auto ok = check(request.look); !ok) return std::unexpected(ok.error());
  const Spec usual{"person", "", {}}, light{"person", "", {{"model", "selfie_landscape"}}};
  auto segmenter = segmenter_.empty() ? Expected<Spec>(effort_ == "low" ? light : usual)
                                      : parse_spec(segmenter_);
  if (!segmenter) return fail_in("--segmenter", segmenter.error());
  if (auto kind = choose(segmenter_kinds(), *segmenter, "segmenter"); !kind)
    return fail_in("--segmenter", kind.error());
  request.segmenter = *std::move(segmenter);
  if (effort_ == "auto" && request.segmenter == usual) request.lighter = light;
  auto matte = parse_matte_settings(matte_);
  if (!matte) return std::unexpected(matte.error());
  request.matte = *matte;
  if (effort_ == "low") request.matte.effort = Effort::kLow;
  if (effort_ == "high") request.matte.effort = Effort::kHigh;
  return request;
}

}  // namespace scrim
