// Finds the person in a picture. Kinds stand in the table in segmenters.cpp.
//
// A Segmenter is stateless between calls (time, smoothing and cropping belong to Matting): the same
// picture and region give the same probabilities. Reentrant. It keeps no view after a call.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/spec.h"
#include "image/image.h"

namespace scrim {

/// Of a segmenter that works elsewhere: while pictures are on their way to it and back, others can
/// be sent. It is asked for whole pictures only. Its segment() answers for the oldest picture sent,
/// which must lie where it lay when it was sent; for one that was not sent it sends that, and what
/// is under way is forgotten. Fails with kDisconnected. Reentrant but for cancel().
class Relay {
 public:
  virtual ~Relay() = default;
  /// How many may be under way at once.
  virtual std::size_t capacity() const = 0;
  /// Copies the picture. Fewer than capacity() are under way.
  virtual void send(ConstImageView picture) = 0;
  /// Whether segment() has the oldest one's answer, or failure, without waiting.
  virtual bool answered() const = 0;
  /// `ring` is called, on any thread, whenever that may have become true. Before the first send().
  virtual void when_answered(std::function<void()> ring) = 0;
  /// What is under way fails soon, and everything after it. Thread-safe.
  virtual void cancel() = 0;
};

class Segmenter {
 public:
  virtual ~Segmenter() = default;
  /// The size of the planes that segment() fills for pictures of this size.
  virtual Size matte_size(Size picture) const = 0;
  /// Looks at `region` of `picture` (within it, stretched to the network's input) and writes each
  /// place's probability of being person, 0..255, into `out` (of matte_size()). Takes memory only
  /// for the first picture of a size.
  virtual Expected<void> segment(ConstImageView picture, Rect region, Plane out) = 0;
  /// Whether its answer is a matte already, with the edges that the picture has, and steady.
  virtual bool exact() const { return false; }
  /// Null where the work is done here.
  virtual Relay* relay() { return nullptr; }
};

/// What segmenters may need besides their Spec. The core makes no JPEG; who does (src/media) is
/// handed down.
struct SegmenterNeeds {
  Pacing pacing = Pacing::kOffline;
  /// One line for each thing that people may want to know, on any thread.
  std::function<void(const std::string& line)> tell = [](const std::string&) {};
  /// A JPEG of a picture, on any thread.
  Expected<std::vector<std::uint8_t>> (*encode)(ConstImageView picture) = nullptr;
};

struct SegmenterKind : Kind {
  Expected<std::unique_ptr<Segmenter>> (*make)(const Spec&, const SegmenterNeeds&);
  /// What people should know before their pictures go there, or "". The Spec must have passed
  /// check().
  std::string (*warning)(const Spec&) = [](const Spec&) { return std::string(); };
};

std::span<const SegmenterKind> segmenter_kinds();
Expected<std::unique_ptr<Segmenter>> make_segmenter(const Spec&, const SegmenterNeeds& = {});
/// "" where there is nothing to warn of.
std::string warning_of_segmenter(const Spec&);

}  // namespace scrim
