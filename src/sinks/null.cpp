// Takes pictures and forgets them: for measuring, and for keeping a pipeline awake.
#include "sinks/kinds.h"

namespace scrim {
namespace {

class NullSink : public Sink {
 public:
  explicit NullSink(Size size) : size_(size) {}
  Size size() const override { return size_; }
  Expected<void> write(const Shot&) override { return {}; }

 private:
  Size size_;
};

}  // namespace

OpenedSink open_null_sink(const Spec& spec, const SinkRequest& request) {
  const auto size = sink_size(spec, request);
  if (!size) return std::unexpected(size.error());
  return std::make_unique<NullSink>(*size);
}

}  // namespace scrim
