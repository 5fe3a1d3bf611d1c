#include "session/session.h"

#include "pipeline/pause.h"
#include "sources/span.h"

namespace scrim {

Expected<Session> Session::open(const Request& request, Reopening::Tell tell) {
  const auto open_camera = [camera = request.camera, wanted = request.wanted] {
    return open_source(camera, wanted);
  };
  auto camera = open_camera();
  if (!camera) return std::unexpected(camera.error());
  if (const auto text = (*camera)->description(); !text.empty()) tell("camera: " + text);
  auto lasting = std::make_unique<Reopening>(*std::move(camera), open_camera, tell);
  auto stages = open_stages(std::make_unique<Span>(std::move(lasting), 0, request.seconds),
                            request.outputs, request.look, {request.wanted.pacing, tell});
  if (!stages) return std::unexpected(stages.error());
  const Size size = stages->source->size();
  auto pause = make_pause_picture(request.pause_picture, stages->composer, size);
  if (!pause) return fail_in("--pause-picture", pause.error());
  stages->pause = *std::move(pause);
  return Session(std::make_unique<Pipeline>(*std::move(stages), request.wanted.pacing), size);
}

}  // namespace scrim
