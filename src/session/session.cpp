// Tested on real devices by tests/vm, its commands by tests/control/commands_test.cpp.
#include "session/session.h"

#include "pipeline/pause.h"
#include "sources/span.h"

namespace scrim {
namespace {

/// A look made real, and the pause picture that goes with it.
Expected<Image> pause_for(const Session::Request& request, Composer& composer, Size size) {
  auto pause = make_pause_picture(request.pause_picture, composer, size);
  if (!pause) return fail_in("--pause-picture", pause.error());
  return pause;
}

}  // namespace

Expected<std::unique_ptr<Session>> Session::open(const Request& request, Reopening::Tell tell) {
  std::unique_ptr<Session> session(new Session(request));
  auto camera = open_source(request.camera, request.wanted);
  if (!camera) return std::unexpected(camera.error());
  session->playback_ = {request.wanted.pacing, tell};
  session->camera_ = (*camera)->description();
  if (!session->camera_.empty()) tell("camera: " + session->camera_);
  // What comes back must be the same camera: another one may look elsewhere.
  SourceRequest again = request.wanted;
  again.identity = (*camera)->identity();
  auto lasting = std::make_unique<Reopening>(
      *std::move(camera),
      [spec = request.camera, again = std::move(again)] { return open_source(spec, again); }, tell,
      session->attention_);
  auto stages = open_stages(std::make_unique<Span>(std::move(lasting), 0, request.seconds),
                            request.outputs, request.look, session->playback_);
  if (!stages) return std::unexpected(stages.error());
  session->size_ = stages->source->size();
  auto pause = pause_for(request, stages->composer, session->size_);
  if (!pause) return std::unexpected(pause.error());
  stages->pause = *std::move(pause);
  stages->attention = &session->attention_;
  stages->always_on = request.always_on;
  stages->sinks.push_back(session->viewfinder_.make_sink(session->size_));
  session->look_ = request.look.look;
  session->pipeline_ = std::make_unique<Pipeline>(*std::move(stages), request.wanted.pacing);
  return session;
}

void Session::pause(bool paused) {
  std::lock_guard lock(mutex_);
  attention_.pause(paused);
  pipeline_->nudge();
}

void Session::toggle() {
  std::lock_guard lock(mutex_);
  attention_.pause(attention_.state() != Attention::State::kPaused);
  pipeline_->nudge();
}

Expected<void> Session::change(const Change& change) {
  std::lock_guard lock(mutex_);
  Look look = look_;
  if (change.background) look.background = *change.background;
  if (change.person) look.person = *change.person;
  if (change.picture) look.picture = *change.picture;
  auto composer = make_composer(with_despill(look, request_.look.segmenter), size_, playback_);
  if (!composer) return std::unexpected(composer.error());
  auto pause = pause_for(request_, *composer, size_);
  if (!pause) return std::unexpected(pause.error());
  pipeline_->change({*std::move(composer), *std::move(pause)});
  look_ = std::move(look);
  return {};
}

Session::State Session::state() const {
  const auto attention = attention_.state();
  if (attention == Attention::State::kPaused) return State::kPaused;
  if (attention == Attention::State::kAsleep) return State::kAsleep;
  return pipeline_->shows_pause() ? State::kWaiting : State::kLive;
}

Session::Status Session::status() const {
  std::lock_guard lock(mutex_);
  return {
      state(), look_, camera_, request_.outputs, size_, pipeline_->stats(), Clock::now() - opened_};
}

}  // namespace scrim
