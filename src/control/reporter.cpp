// Tested by tests/apps/panel.
#include "control/reporter.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "control/describe.h"
#include "control/settings_commands.h"
#include "media/jpeg.h"

namespace scrim {
namespace {

using View = Viewfinder::View;

constexpr int kQuality = 75;
constexpr Clock::duration kWaitForPicture = std::chrono::milliseconds(500);
constexpr const char* kPictures = "multipart/x-mixed-replace; boundary=picture";

}  // namespace

Reporter::Reporter(Session& session)
    : session_(session),
      previews_{HttpFeed{kPictures, [this] { hurry(); }}, HttpFeed{kPictures, [this] { hurry(); }},
                HttpFeed{kPictures, [this] { hurry(); }}},
      events_("text/event-stream", [this] { hurry(); }),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

HttpFeed* Reporter::preview(View view) {
  return unless_crowded(previews_[static_cast<std::size_t>(view)]);
}

HttpFeed* Reporter::events() {
  return unless_crowded(events_);
}

HttpFeed* Reporter::unless_crowded(HttpFeed& feed) {
  return watchers() < kMostWatchers ? &feed : nullptr;
}

int Reporter::watchers() const {
  int sum = events_.watchers();
  for (const HttpFeed& preview : previews_) sum += preview.watchers();
  return sum;
}

void Reporter::hurry() {
  {
    std::lock_guard lock(mutex_);
    hurried_ = true;
  }
  changed_.notify_all();
}

void Reporter::close() {
  for (HttpFeed& preview : previews_) preview.close();
  events_.close();
}

void Reporter::run(const std::stop_token& stop) {
  auto next_figures = Clock::now();
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const auto begun = Clock::now();
    const bool tells = std::exchange(hurried_, false) || begun >= next_figures;
    lock.unlock();
    if (tells) tell();
    if (tells) next_figures = begun + kBetweenFigures;
    bool shows = false;
    for (View view : {View::kOutput, View::kMatte, View::kCamera})
      if (HttpFeed& feed = previews_[static_cast<std::size_t>(view)]; feed.watchers() > 0)
        shows = true, show(view, feed);
    const bool watched = shows || events_.watchers() > 0;
    lock.lock();
    const auto hurried = [this] { return hurried_; };
    if (watched)
      changed_.wait_until(lock, stop, shows ? begun + kBetweenPreviews : next_figures, hurried);
    else
      changed_.wait(lock, stop, hurried);
  }
}

void Reporter::tell() {
  if (events_.watchers() == 0) return;
  Json event = describe(session_.status());
  event["settings"] = describe(session_.settings());
  events_.publish("event: stats\ndata: " + line_of(event) + "\n\n");
}

void Reporter::show(View view, HttpFeed& feed) {
  if (!session_.viewfinder().take(view, Clock::now() + kWaitForPicture, picture_.view())) return;
  const auto jpeg = encode_jpeg(std::as_const(picture_).view(), kQuality);
  if (!jpeg) return;
  std::string part = fmt::format(
      "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {}\r\n\r\n", jpeg->size());
  part.append(jpeg->begin(), jpeg->end());
  feed.publish(part + "\r\n");
}

}  // namespace scrim
