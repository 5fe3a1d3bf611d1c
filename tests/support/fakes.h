// Stages for tests: small, deterministic, and telling what happened to them.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "image/convert.h"
#include "segmenters/segmenter.h"
#include "sinks/sink.h"
#include "sources/source.h"

namespace scrim {

/// A picture of one colour per frame; frame k has luma 16 + k % 200.
class CountingSource : public Source {
 public:
  CountingSource(Size size, int frames, double fps = 30)
      : size_(size), frames_(frames), fps_(fps) {}
  Size size() const override { return size_; }
  double fps() const override { return fps_; }
  std::uint64_t changes() const override { return changed_at >= 0 && next_ > changed_at; }
  Expected<Clock::time_point> read(ImageView out) override {
    if (before_read) before_read(next_);
    if (next_ == fail_at) return fail(Errc::kSystem, "the source broke");
    if (next_ == frames_) return fail(Errc::kEndOfStream, "the end");
    fill(out, Yuv{static_cast<std::uint8_t>(16 + next_ % 200), 128, 128});
    return at_seconds(next_++ / fps_);
  }

  int fail_at = -1;
  int changed_at = -1;  // from this frame on it is another camera's
  std::function<void(int frame)> before_read;

 private:
  Size size_;
  int frames_;
  double fps_;
  int next_ = 0;
};

/// Answers with the luma of the picture's first pixel everywhere: a matte that names its picture.
class EchoSegmenter : public Segmenter {
 public:
  Size matte_size(Size) const override { return {8, 8}; }
  Expected<void> segment(ConstImageView picture, Rect, Plane out) override {
    if (broken) return fail(Errc::kSystem, "the segmenter broke");
    fill(out, *picture.y.data);
    return {};
  }

  bool broken = false;
};

/// Answers with the same matte always: left half nobody, right half a person.
class HalfSegmenter : public Segmenter {
 public:
  Size matte_size(Size) const override { return {8, 8}; }
  Expected<void> segment(ConstImageView, Rect, Plane out) override {
    fill(out.crop({0, 0, 4, 8}), 0);
    fill(out.crop({4, 0, 4, 8}), 255);
    return {};
  }
};

/// Keeps what a test wants of every shot; what it keeps outlives it.
class TellingSink : public Sink {
 public:
  struct Story {
    struct Told {
      int camera, picture, matte;  // the first sample of each
      Clock::time_point captured;
      int person;  // -1: there was none
    };
    std::vector<Told> shots;
    bool closed = false;
  };
  TellingSink(Size size, Story& story) : size_(size), story_(story) {}
  Size size() const override { return size_; }
  Expected<void> write(const Shot& shot) override {
    if (before_write) before_write();
    if (static_cast<int>(story_.shots.size()) == fail_at)
      return fail(Errc::kSystem, "the sink broke");
    story_.shots.push_back({*shot.camera.y.data, *shot.picture.y.data, *shot.matte.data,
                            shot.captured, shot.person.y.data ? *shot.person.y.data : -1});
    return {};
  }
  Expected<void> close() override {
    if (fails_to_close) return fail(Errc::kSystem, "the sink does not close");
    story_.closed = true;
    return {};
  }
  bool cuts_out() const override { return wants_person; }
  std::uint64_t left_out() const override { return late; }

  bool wants_person = false;
  std::uint64_t late = 0;
  int fail_at = -1;
  bool fails_to_close = false;
  std::function<void()> before_write;

 private:
  Size size_;
  Story& story_;
};

}  // namespace scrim
