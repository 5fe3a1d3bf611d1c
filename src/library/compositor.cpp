// Pictures are copied in and out: stages count on rows that may be read up to the next multiple of
// 64 bytes, a caller may want `out` to be `in`, and what fails half way must not be seen. Tested by
// tests/library/library_test.cpp.
#include "library/compositor.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace scrim {
namespace {

struct OptionKind {
  std::string_view name;
  std::string OptionTexts::*text;
  bool is_chain = false;
};
constexpr OptionKind kOptions[] = {
    {"background", &OptionTexts::background, true},
    {"person", &OptionTexts::person, true},
    {"picture", &OptionTexts::picture, true},
    {"segmenter", &OptionTexts::segmenter},
    {"matte", &OptionTexts::matte},
    {"effort", &OptionTexts::effort},
};
constexpr std::string_view kEfforts[] = {"auto", "low", "normal", "high"};

Expected<Look> parse_look(const OptionTexts& texts) {
  Look look;
  for (const LookChain& each : kLookChains) {
    const OptionKind& option = *std::ranges::find(kOptions, each.name(), &OptionKind::name);
    auto parsed = parse_chain(texts.*option.text);
    if (!parsed) return fail_in(std::string(option.name), parsed.error());
    look.*each.chain = *std::move(parsed);
  }
  return look;
}

Expected<LookRequest> read(const OptionTexts& texts) {
  auto look = parse_look(texts);
  if (!look) return std::unexpected(look.error());
  if (!texts.effort.empty() && std::ranges::count(kEfforts, texts.effort) == 0)
    return fail_unknown("effort", texts.effort, kEfforts);
  return look_request(*std::move(look), {texts.segmenter, texts.matte, texts.effort});
}

/// The words of the command line, but here options have no dashes.
std::unexpected<Error> fail_with(Error error) {
  for (const OptionKind& option : kOptions)
    for (const std::string dashed = "--" + std::string(option.name);;) {
      const auto at = error.what.find(dashed);
      if (at == std::string::npos) break;
      error.what.erase(at, 2);
    }
  return std::unexpected(std::move(error));
}

Look shown(const LookRequest& request) {
  return with_despill(request.look, request.segmenter);
}

}  // namespace

Expected<Composer> Compositor::open_composer(const LookRequest& request) const {
  Playback playback;
  playback.pictures = &pictures_;
  auto made = Composer::make(shown(request), size_, playback);
  if (!made) return fail_with(made.error());
  return made;
}

Expected<std::unique_ptr<Segmenter>> Compositor::open_segmenter(const LookRequest& request) const {
  auto made = make_segmenter(request.segmenter);
  if (!made) return fail_in("segmenter", made.error());
  return made;
}

Expected<void> Compositor::set(std::string_view option, std::string_view text) {
  const auto* known = std::ranges::find(kOptions, option, &OptionKind::name);
  if (known == std::end(kOptions))
    return fail_unknown("option", option, names_of<OptionKind>(kOptions));
  OptionTexts texts = texts_;
  texts.*known->text = text;
  auto request = read(texts);
  if (!request) return fail_with(request.error());

  Expected<std::unique_ptr<Segmenter>> segmenter;
  if (option == "segmenter" || request->segmenter != request_.segmenter)
    segmenter = open_segmenter(*request);
  if (!segmenter) return std::unexpected(segmenter.error());
  std::optional<Composer> composer;
  if (known->is_chain || shown(*request) != shown(request_)) {
    auto made = open_composer(*request);
    if (!made) return std::unexpected(made.error());
    composer.emplace(*std::move(made));
  }
  Matting matting(request->matte);

  // From here on nothing can fail.
  if (*segmenter) segmenter_ = *std::move(segmenter);
  if (composer && composer_) composer->adopt(*composer_);
  if (composer) composer_ = std::move(composer);
  if (option == "matte" || option == "effort") matting_ = std::move(matting);
  request_ = *std::move(request);
  texts_ = std::move(texts);
  return {};
}

bool Compositor::is_shown(const std::string& name) const {
  const Look& look = request_.look;
  return std::ranges::any_of(kLookChains, [&](const LookChain& each) {
    return std::ranges::count(look.*each.chain, name, &Spec::argument) != 0;
  });
}

Expected<void> Compositor::give_picture(const std::string& name, ConstImageView picture,
                                        std::optional<ConstPlane> alpha) {
  auto before = pictures_.exchange(name, copy_of(picture, alpha));
  if (!composer_ || !is_shown(name)) return {};
  auto composer = open_composer(request_);
  if (!composer) {
    pictures_.exchange(name, std::move(before));
    return std::unexpected(composer.error());
  }
  composer->adopt(*composer_, name);
  composer_ = *std::move(composer);
  return {};
}

Expected<void> Compositor::make_matte(ConstImageView in, Clock::time_point now) {
  if (!segmenter_) {
    auto made = open_segmenter(request_);
    if (!made) return std::unexpected(made.error());
    segmenter_ = *std::move(made);
  }
  if (camera_.size() != size_) {
    camera_ = Image(size_);
    matte_ = Matte(size_);
  }
  copy(in, camera_.view());
  return matting_.make(camera_.view(), now, *segmenter_, matte_.view());
}

Expected<void> Compositor::process(ConstImageView in, ImageView out, Clock::time_point now) {
  if (!composer_) {
    auto made = open_composer(request_);
    if (!made) return std::unexpected(made.error());
    composer_ = *std::move(made);
  }
  if (composed_.size() != size_) composed_ = Image(size_);
  if (auto ok = make_matte(in, now); !ok) return ok;
  composer_->compose(camera_.view(), matte_.view(), now, {composed_.view()}, stats_);
  copy(std::as_const(composed_).view(), out);
  return {};
}

Expected<void> Compositor::matte(ConstImageView in, Plane out, Clock::time_point now) {
  if (auto ok = make_matte(in, now); !ok) return ok;
  copy(std::as_const(matte_).view(), out);
  return {};
}

}  // namespace scrim
