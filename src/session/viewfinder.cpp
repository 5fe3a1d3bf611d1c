// Tested by tests/session/viewfinder_test.cpp.
#include "session/viewfinder.h"

#include <algorithm>

#include "image/scale.h"

namespace scrim {
namespace {

void show_matte(ConstPlane matte, ImageView out) {
  scale(matte.crop(cover_crop(matte.size(), out.size())), out.y);
  for (int y = 0; y < out.y.height; ++y)  // full range to what pictures have
    std::ranges::transform(
        std::span(out.y.row(y), static_cast<std::size_t>(out.y.width)), out.y.row(y),
        [](int level) { return static_cast<std::uint8_t>(16 + (level * 219 + 127) / 255); });
  fill(out.u, 128);
  fill(out.v, 128);
}

}  // namespace

class Viewfinder::Eye : public Sink {
 public:
  Eye(Viewfinder& finder, Size size) : finder_(finder), size_(size) {}
  ~Eye() override { finder_.set_ring({}); }
  Size size() const override { return size_; }
  Expected<void> write(const Shot& shot) override {
    if (finder_.wishes_wait_) finder_.show(shot);
    return {};
  }
  bool watched() override { return finder_.wanted(); }
  void when_visited(std::function<void()> ring) override { finder_.set_ring(std::move(ring)); }

 private:
  Viewfinder& finder_;
  const Size size_;
};

std::unique_ptr<Sink> Viewfinder::make_sink(Size size) {
  return std::make_unique<Eye>(*this, size);
}

bool Viewfinder::take(View view, Clock::time_point deadline, ImageView out) {
  Wish wish{view, out};
  std::unique_lock lock(mutex_);
  wishes_.push_back(&wish);
  wishes_wait_ = true;
  last_wished_ = Clock::now();
  if (ring_) ring_();
  const bool met = changed_.wait_until(lock, deadline, [&] { return wish.met; });
  if (!met) std::erase(wishes_, &wish);
  wishes_wait_ = !wishes_.empty();
  return met;
}

void Viewfinder::show(const Shot& shot) {
  {
    std::lock_guard lock(mutex_);
    for (Wish* wish : wishes_) {
      if (wish->view == View::kMatte)
        show_matte(shot.matte, wish->out);
      else
        scale_to_cover(wish->view == View::kCamera ? shot.camera : shot.picture, wish->out);
      wish->met = true;
    }
    wishes_.clear();
    wishes_wait_ = false;
  }
  changed_.notify_all();
}

void Viewfinder::set_ring(std::function<void()> ring) {
  std::lock_guard lock(mutex_);
  ring_ = std::move(ring);
}

bool Viewfinder::wanted() const {
  std::lock_guard lock(mutex_);
  return last_wished_ && Clock::now() - *last_wished_ < kInterest;
}

}  // namespace scrim
