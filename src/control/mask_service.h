// Masks over HTTP: a picture comes in, who is person and who is not goes out.
//
//   POST /?format=mask|alpha8|png|jpeg&threshold=0.5&segmenter=SPEC   a JPEG or PNG body
//   GET /healthz   GET /readyz   GET /metrics
//
// Without a format the answer is width*height bytes, 1 for person and 0 for background: the
// protocol of "Open Source Virtual Background" (Ben Elder, 2020). Requests are independent of each
// other, so any number of such services behind a balancer is one service.
//
// Each worker thread has segmenters and memory of its own; they share nothing but the queue.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/spec.h"
#include "control/http_server.h"
#include "matte/matting.h"

namespace scrim {

struct MaskServiceSettings {
  std::vector<Spec> segmenters;  // that requests may choose from; the first is the usual one
  MatteSettings matte;
  int workers = 1;
  std::size_t queue = 4;             // requests that may wait; more are told to come again
  std::int64_t pixels = 32'000'000;  // of one picture
  std::string token = {};            // that requests must carry, if not empty
};

class MaskService {
 public:
  /// kRequest, kSystem: what the segmenters fail with.
  static Expected<std::unique_ptr<MaskService>> open(MaskServiceSettings settings);
  /// What is queued is answered first.
  ~MaskService();

  /// Whether a request may send its body: who has no token is told so before. Thread-safe.
  HttpAdmission admit(const HttpRequest& head);
  /// Takes a request that was admitted over; thread-safe, never waits.
  void handle(HttpRequest request, HttpServer::Exchange exchange);
  /// From now on /readyz says no, so that balancers send nothing more. Thread-safe.
  void retire();

 private:
  struct Shared;
  explicit MaskService(std::unique_ptr<Shared> shared);
  std::unique_ptr<Shared> shared_;
};

}  // namespace scrim
