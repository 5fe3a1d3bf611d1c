// A virtual camera of PipeWire's: needs no kernel module, and has any number of readers. The node
// is there as long as the sink and the daemon are. Tested by tests/pipewire.
#include "base/text.h"
#include "devices/listing.h"
#include "devices/pipewire_publication.h"
#include "sinks/kinds.h"

namespace scrim {
namespace {

/// "scrim" for the usual one; others may stand beside it.
std::string node_name(const std::string& label) {
  return label == kOwnName ? "scrim" : "scrim." + label;
}

// Short: there is one size, and the daemon says for certain who has gone.
constexpr Clock::duration kLinger = std::chrono::milliseconds(500);

class PipewireSink : public Sink {
 public:
  PipewireSink(Size size, PipewirePublication::Node node)
      : size_(size), publication_(std::move(node)) {}

  Size size() const override { return size_; }
  bool watched() override { return publication_.watched(); }
  void when_visited(std::function<void()> ring) override {
    publication_.when_watched(std::move(ring));
  }
  Clock::duration linger() const override { return kLinger; }
  std::uint64_t left_out() const override { return publication_.missed(); }
  Expected<void> write(const Shot& shot) override {
    publication_.write(shot.picture);
    return {};
  }

 private:
  const Size size_;
  PipewirePublication publication_;
};

}  // namespace

OpenedSink open_pipewire_sink(const Spec& spec, const SinkRequest& request) {
  const auto size = sink_size(spec, request);
  if (!size) return std::unexpected(size.error());
  const Size even{2 * half_up(size->width), 2 * half_up(size->height)};  // pack() fills it
  const double fps = number(spec, kSinkFps);
  const std::string label = spec.argument.empty() ? std::string(kOwnName) : spec.argument;
  return std::make_unique<PipewireSink>(
      *size, PipewirePublication::Node{node_name(label), label, even, fps > 0 ? fps : request.fps});
}

}  // namespace scrim
