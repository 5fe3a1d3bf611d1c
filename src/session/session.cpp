// Tested on real devices by tests/vm, its commands by tests/control/commands_test.cpp.
#include "session/session.h"

#include <algorithm>
#include <utility>

#include "pipeline/pause.h"
#include "session/arguments.h"
#include "session/recording.h"
#include "session/requests.h"
#include "sources/span.h"

namespace scrim {
namespace {

/// The one that goes with a look.
Expected<Image> pause_for(const std::optional<Spec>& spec, Composer& composer, Size size) {
  auto pause = make_pause_picture(spec, composer, size);
  if (!pause) return fail_in("--pause-picture", pause.error());
  return pause;
}

/// As its owner calls it: a device by its name and mode.
std::string name_of(const Spec& camera, const std::string& description) {
  return description.empty() ? print(camera) : description;
}

/// A look made real, and the pause picture that goes with it.
Expected<NewLook> make_look(const LookRequest& request, const std::optional<Spec>& pause_picture,
                            Size size, const Playback& playback) {
  auto composer = make_composer(with_despill(request.look, request.segmenter), size, playback);
  if (!composer) return std::unexpected(composer.error());
  auto pause = pause_for(pause_picture, *composer, size);
  if (!pause) return std::unexpected(pause.error());
  return NewLook{*std::move(composer), *std::move(pause)};
}

bool is_recording(const Spec& output) {
  return output.kind == "file";
}

bool has_call(const std::vector<Spec>& outputs) {
  return !std::ranges::all_of(outputs, is_recording);
}

/// Opens a camera, and from then on only the same one: another may look elsewhere.
Reopening::Open opener(const Spec& spec, const SourceRequest& wanted) {
  return [spec = spec, wanted = wanted]() mutable {
    auto camera = open_source(spec, wanted);
    if (camera && wanted.identity.empty()) wanted.identity = (*camera)->identity();
    return camera;
  };
}

template <class... Member>
bool differ(const Settings& a, const Settings& b, Member... member) {
  return ((a.*member != b.*member) || ...);
}

bool is_default(const Settings& settings, const SettingKind& kind) {
  return values_of(settings, kind) == values_of(Settings{}, kind);
}

/// What has changed counts as said by `who`.
GivenSettings changed(const GivenSettings& now, const Settings& wanted, Origin who) {
  GivenSettings made = now;
  made.values = wanted;
  for (const SettingKind& kind : setting_kinds()) {
    if (values_of(now.values, kind) == values_of(wanted, kind)) continue;
    const bool removed = who == Origin::kFile && is_default(wanted, kind);
    made.from[index_of(kind)] = removed ? Origin::kDefault : who;
    made.places[index_of(kind)].clear();
  }
  return made;
}

Expected<void> check_live(const Settings& now, const Settings& wanted) {
  for (const SettingKind& kind : setting_kinds())
    if (!kind.live && values_of(now, kind) != values_of(wanted, kind))
      return fail(Errc::kRequest,
                  "--{0} takes effect when Scrim starts; `scrim config set {0} VALUE` keeps it for "
                  "the next time",
                  kind.name);
  return {};
}

/// Otherwise than as it is now: what it has open it would not get a second time.
Expected<void> check_fed(const Spec& wanted, const std::vector<Spec>& present) {
  const auto names_it = [&](const Spec& spec) {
    return spec.kind == wanted.kind && spec.argument == wanted.argument;
  };
  if (wanted.argument.empty() || std::ranges::none_of(present, names_it)) return {};
  return fail(Errc::kRequest,
              "'{}:{}': this run feeds it already; take it out first, then add it with the new "
              "options",
              wanted.kind, wanted.argument);
}

}  // namespace

/// What is to become of a run, and which parts of it change.
struct Session::Plan {
  LookRequest look;
  std::optional<Spec> pause_picture;
  GivenSettings given;  // the texts of all that
  std::optional<Spec> camera = {};
  std::optional<std::vector<Spec>> outputs = {};
  std::optional<bool> always_on = {};
  bool new_look = false, new_matting = false;
};

Expected<std::unique_ptr<Session>> Session::open(const Request& request, Reopening::Tell tell) {
  std::unique_ptr<Session> session(new Session(request));
  const auto open = opener(request.camera, request.wanted);
  auto camera = open();
  if (!camera) return std::unexpected(camera.error());
  session->playback_ = {request.wanted.pacing, tell};
  const std::string description = (*camera)->description();
  session->camera_ = name_of(request.camera, description);
  if (!description.empty()) tell("camera: " + description);
  auto lasting = std::make_unique<Reopening>(*std::move(camera), open, tell, session->attention_);
  session->reopening_ = lasting.get();
  auto stages = open_stages(std::make_unique<Span>(std::move(lasting), 0, request.seconds),
                            request.outputs, request.look, session->playback_);
  if (!stages) return std::unexpected(stages.error());
  session->size_ = stages->source->size();
  session->fps_ = stages->source->fps();
  auto pause = pause_for(request.pause_picture, stages->composer, session->size_);
  if (!pause) return std::unexpected(pause.error());
  stages->pause = *std::move(pause);
  stages->attention = &session->attention_;
  stages->always_on = request.always_on;
  for (std::size_t i = 0; i < request.outputs.size(); ++i)
    stages->sinks[i] = session->beside_call(request.outputs[i], std::move(stages->sinks[i]));
  session->has_call_ = has_call(request.outputs);
  stages->sinks.push_back(session->viewfinder_.make_sink(session->size_));
  session->pipeline_ = std::make_unique<Pipeline>(*std::move(stages), request.wanted.pacing);
  return session;
}

Expected<void> Session::run(const std::atomic<bool>& stop) {
  auto ended = pipeline_->run(stop);
  reopening_->end();
  return ended;
}

void Session::pause(bool paused) {
  attention_.pause(paused);
  pipeline_->nudge();
}

void Session::toggle() {
  attention_.toggle_pause();
  pipeline_->nudge();
}

Expected<void> Session::change(const std::vector<NewChain>& chains) {
  const auto turn = take_turn();
  Plan plan{.look = request_.look,
            .pause_picture = request_.pause_picture,
            .given = request_.given,
            .new_look = true};
  for (const auto& [role, chain] : chains) {
    const SettingKind& kind = setting_of(role);
    plan.look.look.*look_chain(role).chain = chain;
    plan.given.values.*kind.text = print(chain);
    plan.given.from[index_of(kind)] = Origin::kLive;
    plan.given.places[index_of(kind)].clear();
  }
  return carry_out(std::move(plan));
}

Expected<void> Session::change(const Settings& wanted, Origin who) {
  const auto turn = take_turn();
  const Settings& now = request_.given.values;
  if (auto ok = check_live(now, wanted); !ok) return ok;
  auto look = look_request(wanted);
  if (!look) return std::unexpected(look.error());
  auto pause = pause_request(wanted);
  if (!pause) return std::unexpected(pause.error());
  Plan plan{.look = request_.look,
            .pause_picture = *pause,
            .given = changed(request_.given, wanted, who)};
  const bool chains = std::ranges::any_of(kLookChains, [&](const LookChain& each) {
    return differ(now, wanted, setting_of(each.role).text);
  });
  plan.new_matting = differ(now, wanted, &Settings::segmenter, &Settings::matte, &Settings::effort);
  plan.new_look = chains || plan.new_matting || differ(now, wanted, &Settings::pause_picture);
  if (chains) plan.look.look = look->look;
  if (plan.new_matting) plan.look = {plan.look.look, look->segmenter, look->lighter, look->matte};
  if (differ(now, wanted, &Settings::camera)) {
    auto camera = camera_request(wanted);
    if (!camera) return std::unexpected(camera.error());
    plan.camera = *std::move(camera);
  }
  if (differ(now, wanted, &Settings::output)) {
    auto outputs = outputs_request(wanted);
    if (!outputs) return std::unexpected(outputs.error());
    plan.outputs = *std::move(outputs);
  }
  if (auto ok = check_not_replaced(plan.camera.value_or(request_.camera),
                                   plan.outputs.value_or(request_.outputs));
      !ok)
    return ok;
  if (differ(now, wanted, &Settings::always_on)) plan.always_on = wanted.always_on == "on";
  return carry_out(std::move(plan));
}

/// Opens all that the plan needs before anything changes.
Expected<void> Session::carry_out(Plan plan) {
  NewStages stages{.always_on = plan.always_on};
  std::optional<NewMatting> matting;
  if (plan.new_look) {
    auto look = make_look(plan.look, plan.pause_picture, size_, playback_);
    if (!look) return std::unexpected(look.error());
    stages.look = *std::move(look);
  }
  if (plan.new_matting) {
    auto made = make_matting(plan.look, playback_);
    if (!made) return std::unexpected(made.error());
    matting = *std::move(made);
  }
  if (plan.outputs) {
    auto sinks = open_outputs(*plan.outputs);
    if (!sinks) return std::unexpected(sinks.error());
    stages.sinks = *std::move(sinks);
  }
  if (plan.camera)
    if (auto ok = turn_to_camera(*plan.camera); !ok) return ok;
  if (matting) pipeline_->change(*std::move(matting));
  if (stages.look || stages.sinks || stages.always_on) {
    const auto gone = pipeline_->change(std::move(stages));
    if (!gone) return std::unexpected(gone.error());
    for (const auto& sink : *gone)
      if (auto ok = sink->close(); !ok) playback_.tell(ok.error().what);
  }
  note(std::move(plan));
  return {};
}

/// It has been carried out.
void Session::note(Plan plan) {
  std::lock_guard lock(mutex_);
  request_.look = std::move(plan.look);
  request_.pause_picture = std::move(plan.pause_picture);
  request_.given = std::move(plan.given);
  if (plan.outputs) {
    has_call_ = has_call(*plan.outputs);
    request_.outputs = *std::move(plan.outputs);
  }
}

/// A full disk is no reason for a call to end.
std::unique_ptr<Sink> Session::beside_call(const Spec& spec, std::unique_ptr<Sink> sink) const {
  if (!is_recording(spec) || playback_.pacing != Pacing::kLive) return sink;
  return scrim::beside_call(std::move(sink), has_call_, playback_.tell);
}

/// The Viewfinder's sink, the last one, stays.
Expected<std::vector<NewSink>> Session::open_outputs(const std::vector<Spec>& outputs) const {
  std::vector<NewSink> sinks;
  const auto& present = request_.outputs;
  for (const Spec& spec : outputs) {
    const auto kept = std::ranges::find(present, spec);
    if (kept != present.end()) {
      sinks.push_back({nullptr, static_cast<std::size_t>(kept - present.begin())});
      continue;
    }
    if (auto ok = check_fed(spec, present); !ok) return fail_in("--output", ok.error());
    auto sink = open_sink(spec, {size_, fps_, playback_.pacing});
    if (!sink) return fail_in("--output", sink.error());
    sinks.push_back({beside_call(spec, *std::move(sink))});
  }
  sinks.push_back({nullptr, present.size()});
  return sinks;
}

Expected<void> Session::turn_to_camera(const Spec& camera) {
  SourceRequest wanted = request_.wanted;
  wanted.size = size_;
  auto description = reopening_->change(opener(camera, wanted));
  if (!description) return fail_in("--camera", description.error());
  std::string name = name_of(camera, *description);
  playback_.tell("camera: " + name);
  std::lock_guard lock(mutex_);
  camera_ = std::move(name);
  request_.camera = camera;
  return {};
}

GivenSettings Session::settings() const {
  std::lock_guard lock(mutex_);
  return request_.given;
}

Session::State Session::state() const {
  const auto attention = attention_.state();
  if (attention == Attention::State::kPaused) return State::kPaused;
  if (attention == Attention::State::kAsleep) return State::kAsleep;
  return pipeline_->shows_pause() ? State::kWaiting : State::kLive;
}

Session::Status Session::status() const {
  std::lock_guard lock(mutex_);
  return {state(),
          request_.look.look,
          camera_,
          request_.outputs,
          request_.look.segmenter,
          size_,
          pipeline_->stats(),
          Clock::now() - opened_};
}

}  // namespace scrim
