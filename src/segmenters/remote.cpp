// Masks from elsewhere. Each picture under way has a lane: a thread that makes a JPEG of it, asks
// the service over a connection of its own, and waits. Answers are taken in the order in which
// pictures were sent, whichever lane has its first.
//
// While the service is gone, or warms up, it is asked again after pauses that double. Offline the
// lane does so until it loses patience; live there is no time for that: pictures that come during a
// pause fail at once, the next one after it is the next try.
// Tested by tests/segmenters/remote_test.cpp and tests/apps/remote.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <mutex>
#include <optional>

#include "base/worker.h"
#include "image/scale.h"
#include "segmenters/kinds.h"
#include "segmenters/mask_client.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;

constexpr Clock::duration kFirstPause = 100ms, kLongestPause = 2s;
// Live the pause picture is shown after a second anyway.
constexpr MaskClient::Patience kLivePatience{.connect = 2s, .all = 5s};
constexpr MaskClient::Patience kOfflinePatience{.connect = 5s, .all = 30s};

/// How the service is doing, for all lanes of one segmenter. Thread-safe.
class Health {
 public:
  Health(const SegmenterNeeds& needs, std::string url) : needs_(needs), url_(std::move(url)) {}

  /// Why nobody should ask before a pause is over.
  Expected<void> may_ask() const {
    std::lock_guard lock(mutex_);
    if (needs_.pacing == Pacing::kLive && ails_ && Clock::now() < next_)
      return std::unexpected(*ails_);
    return {};
  }

  void asked(const Expected<void>& result) {
    std::lock_guard lock(mutex_);
    if (ending_) return;  // nobody wants to know
    const bool live = needs_.pacing == Pacing::kLive;
    if (!result) {
      if (live && !ails_)
        needs_.tell(result.error().what + " (until it answers the pause picture is shown)");
      // Lanes that fail together count once.
      if (Clock::now() >= next_) {
        next_ = Clock::now() + pause_;
        pause_ = std::min(2 * pause_, kLongestPause);
      }
      ails_ = result.error();
      return;
    }
    if (live && ails_) needs_.tell("mask service " + url_ + ": it answers");
    ails_.reset();
    pause_ = kFirstPause;
  }

  /// Waits for the end of the pause; whether it was not for nothing.
  bool wait(Clock::time_point end) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, std::min(next_, end), [this] { return ending_; });
    return !ending_ && Clock::now() < end;
  }

  void end() {
    {
      std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
  }

 private:
  const SegmenterNeeds needs_;
  const std::string url_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Error> ails_;            // guarded by mutex_
  Clock::time_point next_{};             // guarded by mutex_
  Clock::duration pause_ = kFirstPause;  // guarded by mutex_
  bool ending_ = false;                  // guarded by mutex_
};

/// One picture under way. What is not guarded belongs to the lane from send() until it is answered.
struct Letter {
  explicit Letter(const MaskAddress& address, MaskClient::Patience patience)
      : client(address, patience) {}
  MaskClient client;
  Image picture;
  PlaneBuffer mask;  // of the picture's size
  const std::uint8_t* from = nullptr;
  Expected<void> result;
  bool answered = false;  // guarded by Remote::mutex_
};

class Remote : public Segmenter, public Relay {
 public:
  Remote(const MaskAddress& address, const SegmenterNeeds& needs, int requests, Seconds patience)
      : needs_(needs),
        patience_(std::chrono::round<Clock::duration>(patience)),
        health_(needs, address.url) {
    const bool live = needs.pacing == Pacing::kLive;
    for (int i = 0; i < requests; ++i)
      letters_.push_back(
          std::make_unique<Letter>(address, live ? kLivePatience : kOfflinePatience));
    for (const auto& letter : letters_)
      lanes_.push_back(std::make_unique<Worker<Letter*>>(
          std::vector{letter.get()}, [this](Letter*& each) { deliver(*each); }));
  }
  ~Remote() override { Remote::cancel(); }

  Relay* relay() override { return this; }
  std::size_t capacity() const override { return letters_.size(); }
  Size matte_size(Size picture) const override { return picture; }
  void when_answered(std::function<void()> ring) override { ring_ = std::move(ring); }
  void cancel() override {
    health_.end();
    for (const auto& letter : letters_) letter->client.cancel();
  }

  void send(ConstImageView picture) override {
    const std::size_t lane = next_;
    next_ = (next_ + 1) % letters_.size();
    lanes_[lane]->submit(Pacing::kOffline, [&](Letter* letter) {
      if (letter->picture.size() != picture.size()) {
        letter->picture = Image(picture.size());
        letter->mask = PlaneBuffer(picture.size());
      }
      copy(picture, letter->picture.view());
      letter->from = picture.y.data;
      std::lock_guard lock(mutex_);
      letter->answered = false;
    });
    sent_.push_back(letters_[lane].get());
  }

  bool answered() const override {
    std::lock_guard lock(mutex_);
    return !sent_.empty() && sent_.front()->answered;
  }

  Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
    while (!sent_.empty() && sent_.front()->from != picture.y.data) take_oldest();
    if (sent_.empty()) send(picture);
    const Letter& letter = take_oldest();
    if (!letter.result) return fail(Errc::kDisconnected, "{}", letter.result.error().what);
    scale_linear(std::as_const(letter.mask).view().crop(region), out);
    return {};
  }

 private:
  const Letter& take_oldest() {
    Letter& letter = *sent_.front();
    sent_.pop_front();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return letter.answered; });
    return letter;
  }

  /// On the lane's thread.
  void deliver(Letter& letter) {
    letter.result = needs_.pacing == Pacing::kLive ? try_once(letter) : try_long(letter);
    {
      std::lock_guard lock(mutex_);
      letter.answered = true;
    }
    changed_.notify_all();
    if (ring_) ring_();
  }

  Expected<void> try_once(Letter& letter) {
    if (auto ok = health_.may_ask(); !ok) return ok;
    auto jpeg = needs_.encode(std::as_const(letter.picture).view());
    if (!jpeg) return std::unexpected(jpeg.error());
    auto result = letter.client.ask(*jpeg, letter.mask.view());
    health_.asked(result);
    return result;
  }

  Expected<void> try_long(Letter& letter) {
    const auto end = Clock::now() + patience_;
    for (;;) {
      auto result = try_once(letter);
      if (result || result.error().code != Errc::kTimeout) return result;
      if (!health_.wait(end))
        return fail(Errc::kDisconnected, "{} (tried for {:.0f} s)", result.error().what,
                    Seconds(patience_).count());
    }
  }

  const SegmenterNeeds needs_;
  const Clock::duration patience_;
  Health health_;
  std::function<void()> ring_;
  std::vector<std::unique_ptr<Letter>> letters_;
  std::size_t next_ = 0;
  std::deque<Letter*> sent_;  // oldest first
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Worker<Letter*>>> lanes_;  // last: they use all of the above
};

/// Without its token.
Expected<MaskAddress> address_of(const Spec& spec) {
  const std::string format = text(spec, kRemoteFormat);
  auto address = parse_mask_address(spec.argument, format == "mask" ? "" : format);
  if (!address) return fail_in("remote", address.error());
  return address;
}

}  // namespace

std::string warning_of_remote(const Spec& spec) {
  const auto address = address_of(spec);
  if (!address || !address->is_overheard) return {};
  return fmt::format(
      "pictures of the room go to {} unencrypted: whoever listens in on the network sees them; use "
      "https, or a tunnel",
      spec.argument);
}

Expected<std::unique_ptr<Segmenter>> make_remote(const Spec& spec, const SegmenterNeeds& needs) {
  auto address = address_of(spec);
  if (!address) return std::unexpected(address.error());
  if (!needs.encode) return fail(Errc::kRequest, "remote: pictures cannot be sent from here");
  if (const std::string file = text(spec, kRemoteTokenFile); !file.empty()) {
    std::ifstream stream(file);
    if (!(stream >> address->token))
      return fail(Errc::kRequest, "remote: read {}: no token in its first line", file);
  }
  if (const std::string warning = warning_of_remote(spec); !warning.empty()) needs.tell(warning);
  return std::make_unique<Remote>(*address, needs, integer(spec, kRemoteRequests),
                                  Seconds(number(spec, kRemotePatience)));
}

}  // namespace scrim
