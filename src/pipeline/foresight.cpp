// Tested by tests/pipeline/span_mattes_test.cpp.
#include "pipeline/foresight.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "image/scale.h"
#include "matte/both_ways.h"
#include "matte/motion.h"

namespace scrim {
namespace {

/// A picture's matte on the grid and, for Effort::kHigh, where it moves.
struct Moment {
  Clock::time_point at;
  PlaneBuffer seen, moving = {};
};
using Moments = std::vector<Moment>;

/// What one worker sees with; on its thread.
class Watch {
 public:
  Watch(const MatteSettings& settings, Lookout lookout)
      : lookout_(std::move(lookout)),
        looks_on_(settings.effort == Effort::kHigh && settings.smooth > 0),
        matting_(looks_on_ ? unsteadied(settings) : settings),
        both_ways_(settings.smooth) {}

  struct Span {
    Moments moments;            // from kFade before its beginning
    std::int64_t next = kNone;  // the next span that is needed, kNone after the last
  };
  static constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();
  Expected<Span> look_through(std::int64_t span, const std::atomic<bool>& stop);

 private:
  static MatteSettings unsteadied(MatteSettings settings) {
    settings.smooth = 0;
    return settings;
  }
  Expected<void> go_to(Clock::time_point moment);
  Expected<Moment> look(Clock::time_point at);
  Moments steadied(const Moments& moments, Clock::time_point begin, Clock::time_point end);

  Lookout lookout_;
  const bool looks_on_;  // into what comes after a span
  Matting matting_;
  Motion motion_;
  BothWays both_ways_;
  PlaneBuffer luma_;  // on the grid
  std::unique_ptr<Source> source_;
  Image picture_;
};

Expected<void> Watch::go_to(Clock::time_point moment) {
  if (!source_) {
    auto source = lookout_.open();
    if (!source) return std::unexpected(source.error());
    source_ = *std::move(source);
    picture_ = Image(source_->size());
  }
  const auto sought = source_->seek(std::max(moment, kStart));
  if (!sought) return std::unexpected(sought.error());
  if (!*sought) return fail(Errc::kSystem, "the input can be read only once");
  return {};
}

Expected<Moment> Watch::look(Clock::time_point at) {
  const ConstImageView picture = std::as_const(picture_).view();
  const auto seen = matting_.see(picture, at, *lookout_.segmenter);
  if (!seen) return std::unexpected(seen.error());
  Moment moment{at, PlaneBuffer(seen->size())};
  copy(*seen, moment.seen.view());
  if (!looks_on_) return moment;
  if (luma_.size() != seen->size()) luma_ = PlaneBuffer(seen->size());
  scale(picture.y, luma_.view());
  motion_.see(std::as_const(luma_).view());
  moment.moving = PlaneBuffer(seen->size());
  const Plane moving = moment.moving.view();
  for (int y = 0; y < moving.height; ++y) std::copy_n(motion_.row(y), moving.width, moving.row(y));
  if (motion_.cut()) fill(moving, 255);
  return moment;
}

/// Those from `begin` to `end`; the others help.
Moments Watch::steadied(const Moments& moments, Clock::time_point begin, Clock::time_point end) {
  std::vector<Glance> row;
  for (const Moment& moment : moments) row.push_back({moment.seen.view(), moment.moving.view()});
  Moments steady;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    if (moments[i].at < begin || moments[i].at >= end) continue;
    steady.push_back({moments[i].at, PlaneBuffer(moments[i].seen.size())});
    both_ways_.steady(row, i, steady.back().seen.view());
  }
  return steady;
}

Expected<Watch::Span> Watch::look_through(std::int64_t span, const std::atomic<bool>& stop) {
  const auto begin = SpanMattes::begin_of(span), end = SpanMattes::begin_of(span + 1);
  const auto first = begin - SpanMattes::kFade;
  if (auto ok = go_to(begin - SpanMattes::kWarmUp); !ok) return std::unexpected(ok.error());
  matting_.reset();
  motion_.reset();
  Span all;
  while (!stop) {
    const auto at = source_->read(picture_.view());
    if (!at && at.error().code == Errc::kEndOfStream) break;
    if (!at) return std::unexpected(at.error());
    if (all.next == kNone && *at >= end - SpanMattes::kFade)
      all.next = std::max(SpanMattes::index_of(*at), span + 1);
    if (*at >= (looks_on_ ? end + SpanMattes::kWarmUp : end)) break;
    auto moment = look(*at);
    if (!moment) return std::unexpected(moment.error());
    if (looks_on_ || *at >= first) all.moments.push_back(*std::move(moment));
  }
  if (looks_on_ && !stop) all.moments = steadied(all.moments, first, end);
  return all;
}

class Foresight : public SpanMattes {
 public:
  Foresight(const MatteSettings& settings, std::vector<Lookout> lookouts);
  ~Foresight() override { Foresight::cancel(); }
  void cancel() override;

 private:
  Expected<ConstPlane> seen(ConstImageView picture, Clock::time_point now,
                            std::int64_t span) override;
  Expected<const Moments*> moments_of(std::int64_t span);
  void work(Watch& watch);
  std::optional<std::int64_t> take_span();

  std::vector<Watch> watches_;
  std::atomic<bool> stop_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::int64_t, std::optional<Moments>> spans_;  // guarded by mutex_; empty: under way
  std::int64_t present_ = 0;                              // guarded by mutex_: where the run is
  std::int64_t next_ = 0;                                 // guarded by mutex_: the next to be taken
  std::optional<Error> error_;                            // guarded by mutex_
  std::vector<std::jthread> threads_;                     // last: they use all of the above
};

Foresight::Foresight(const MatteSettings& settings, std::vector<Lookout> lookouts)
    : SpanMattes(settings) {
  for (Lookout& lookout : lookouts) watches_.emplace_back(settings, std::move(lookout));
}

void Foresight::cancel() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
}

/// The next that nobody has, once it is near enough.
std::optional<std::int64_t> Foresight::take_span() {
  const auto ahead = static_cast<std::int64_t>(watches_.size());
  std::unique_lock lock(mutex_);
  changed_.wait(
      lock, [&] { return stop_ || error_ || next_ == Watch::kNone || next_ <= present_ + ahead; });
  if (stop_ || error_ || next_ == Watch::kNone) return {};
  spans_[next_] = std::nullopt;
  return next_++;
}

void Foresight::work(Watch& watch) {
  while (const auto span = take_span()) {
    auto all = watch.look_through(*span, stop_);
    {
      std::lock_guard lock(mutex_);
      if (!all) {
        error_ = all.error();
      } else if (!stop_) {  // else it is half a span
        spans_[*span] = std::move(all->moments);
        // Spans without pictures are left out, however many.
        next_ = std::max(next_, all->next);
      }
    }
    changed_.notify_all();
  }
}

/// Waits for them; spans before the present one are forgotten.
Expected<const Moments*> Foresight::moments_of(std::int64_t span) {
  std::unique_lock lock(mutex_);
  for (std::size_t i = threads_.size(); i < watches_.size(); ++i)
    threads_.emplace_back([this, i] { work(watches_[i]); });
  const auto ready = [&] {
    const auto found = spans_.find(span);
    return stop_ || error_ || (found == spans_.end() ? next_ > span : found->second.has_value());
  };
  changed_.wait(lock, ready);
  if (error_) return std::unexpected(*error_);
  if (stop_) return fail(Errc::kSystem, "mattes are not made any more");
  const auto found = spans_.find(span);
  return found == spans_.end() ? nullptr : &*found->second;
}

Expected<ConstPlane> Foresight::seen(ConstImageView, Clock::time_point now, std::int64_t span) {
  if (const std::int64_t present = index_of(now); span == present) {
    std::lock_guard lock(mutex_);
    present_ = present;
    spans_.erase(spans_.begin(), spans_.lower_bound(present));
  }
  changed_.notify_all();
  const auto moments = moments_of(span);
  if (!moments) return std::unexpected(moments.error());
  if (*moments) {
    const auto found = std::ranges::lower_bound(**moments, now, {}, &Moment::at);
    if (found != (*moments)->end() && found->at == now) return found->seen.view();
  }
  return fail(Errc::kSystem,
              "the picture at {:.3f} s is not the same when it is looked for a second time; copy "
              "or convert the input, or leave --workers and --effort high out",
              seconds_since_start(now));
}

}  // namespace

std::unique_ptr<SpanMattes> foresee(const MatteSettings& settings, std::vector<Lookout> lookouts) {
  return std::make_unique<Foresight>(settings, std::move(lookouts));
}

}  // namespace scrim
