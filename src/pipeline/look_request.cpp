// Tested by tests/session/settings_test.cpp, stages_test.cpp and tests/apps/bad_input.
#include "pipeline/look_request.h"

#include <algorithm>
#include <utility>

#include "segmenters/segmenter.h"

namespace scrim {
namespace {

const Spec kUsual{"person", "", {}}, kLight{"person", "", {{"model", "selfie_landscape"}}};

}  // namespace

Expected<LookRequest> look_request(Look look, const MatteTexts& texts) {
  LookRequest request;
  if (auto ok = check(look); !ok) return std::unexpected(ok.error());
  request.look = std::move(look);
  const std::string& effort = texts.effort;
  auto segmenter = texts.segmenter.empty() ? Expected<Spec>(effort == "low" ? kLight : kUsual)
                                           : parse_spec(texts.segmenter);
  if (!segmenter) return fail_in("--segmenter", segmenter.error());
  if (auto kind = choose(segmenter_kinds(), *segmenter, "segmenter"); !kind)
    return fail_in("--segmenter", kind.error());
  request.segmenter = *std::move(segmenter);
  if (effort == "auto" && request.segmenter == kUsual) request.lighter = kLight;
  auto matte = parse_matte_settings(texts.matte);
  if (!matte) return std::unexpected(matte.error());
  request.matte = *matte;
  if (effort == "low") request.matte.effort = Effort::kLow;
  if (effort == "high") request.matte.effort = Effort::kHigh;
  return request;
}

Look with_despill(Look look, const Spec& segmenter) {
  Chain& person = look.person;
  if (segmenter.kind != "chroma" || std::ranges::count(person, "despill", &Spec::kind)) return look;
  Spec despill{.kind = "despill", .argument = {}, .options = {}};
  if (const std::string* colour = segmenter.find("colour")) despill.options = {{"colour", *colour}};
  person.insert(person.begin(), std::move(despill));
  return look;
}

}  // namespace scrim
