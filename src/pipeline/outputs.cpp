// Tested by tests/pipeline/outputs_test.cpp and pipeline_test.cpp.
#include "pipeline/outputs.h"

#include <algorithm>
#include <utility>

#include "image/scale.h"

namespace scrim {

Outputs::Outputs(Size size, std::vector<std::unique_ptr<Sink>> sinks, std::function<void()> ring)
    : ring_(std::move(ring)), picture_(size), sinks_(std::move(sinks)) {
  std::vector<const Sink*> all;
  for (const auto& sink : sinks_) {
    if (ring_) sink->when_visited(ring_);
    all.push_back(sink.get());
  }
  extras_ = extras_for(size, all);
}

Outputs::Extras Outputs::extras_for(Size size, const std::vector<const Sink*>& sinks) {
  Extras made;
  const bool cuts_out = std::ranges::any_of(sinks, &Sink::cuts_out);
  if (cuts_out) made.person = Image(size);
  for (const Sink* const sink : sinks) {
    const Size other = sink->size();
    const bool known = std::ranges::find(made.scaled, other, &Scaled::size) != made.scaled.end();
    if (other != size && !known)
      made.scaled.push_back({other, Image(other), Matte(other), cuts_out ? Image(other) : Image()});
  }
  return made;
}

Expected<void> Outputs::write(const Frame& frame, ConstPlane matte) {
  const ConstImageView picture = std::as_const(picture_).view();
  const ConstImageView person = std::as_const(extras_.person).view();
  for (Scaled& scaled : extras_.scaled) {
    scale_to_cover(picture, scaled.picture.view());
    scale(matte.crop(cover_crop(matte.size(), scaled.size)), scaled.matte.view());
    if (scaled.person.size() != Size{}) scale_to_cover(person, scaled.person.view());
  }
  for (const auto& sink : sinks_) {
    Shot shot{frame.camera.view(), picture, matte, frame.captured, person};
    const auto scaled = std::ranges::find(extras_.scaled, sink->size(), &Scaled::size);
    if (scaled != extras_.scaled.end()) {
      shot.picture = scaled->picture.view();
      shot.matte = scaled->matte.view();
      shot.person = scaled->person.view();
    }
    if (auto ok = sink->write(shot); !ok) {
      broken_ = sink.get();
      return ok;
    }
  }
  return {};
}

/// Each is asked, as some learn by being asked.
Clock::duration Outputs::linger() {
  Clock::duration longest{};
  for (const auto& sink : sinks_)
    if (sink->watched()) longest = std::max(longest, sink->linger());
  return longest;
}

Expected<void> Outputs::close(Stats& stats) {
  Expected<void> all;
  for (const auto& sink : sinks_) {
    if (sink.get() == broken_) continue;
    auto ok = sink->close();
    if (!ok && all) all = std::move(ok);
    stats.pictures_left_out(sink->left_out());
  }
  return all;
}

Outputs::Change Outputs::prepare(std::vector<NewSink> wanted) const {
  std::vector<const Sink*> all;
  for (const NewSink& each : wanted) {
    if (each.sink && ring_) each.sink->when_visited(ring_);
    all.push_back(each.sink ? each.sink.get() : sinks_[each.kept].get());
  }
  Change change{std::move(wanted), {}, extras_for(picture_.size(), all)};
  change.sinks.resize(change.wanted.size());
  return change;
}

void Outputs::exchange(Change& change) {
  auto& [wanted, sinks, extras] = change;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    std::swap(sinks[i], wanted[i].sink ? wanted[i].sink : sinks_[wanted[i].kept]);
  std::swap(sinks, sinks_);
  std::swap(extras, extras_);
}

}  // namespace scrim
