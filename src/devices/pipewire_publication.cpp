// Buffers are filled on the thread that writes, and sent from the loop: sent from elsewhere, each
// would lie until the next one comes. Tested by tests/pipewire.
#include "devices/pipewire_publication.h"

#include <pipewire/pipewire.h>

#include <utility>

namespace scrim {
namespace {

// No reader is that slow. PipeWire 0.3.65 takes no pictures any more, for any reader, when the
// session manager was restarted while somebody read.
constexpr Clock::duration kStuck = std::chrono::seconds(2);

}  // namespace

struct PipewirePublication::Events {
  spa_hook hook{};
  pw_stream_events events{};
};

PipewirePublication::PipewirePublication(Node node)
    : node_(std::move(node)),
      events_(std::make_unique<Events>()),
      connection_({.connected = [this](pw_core* core) { make_stream(core); },
                   .lost = [this] { drop_stream(); },
                   .woken =
                       [this] {
                         if (stream_) pw_stream_trigger_process(stream_);
                       }}) {
  auto& events = events_->events;
  events.version = PW_VERSION_STREAM_EVENTS;
  events.state_changed = [](void* data, pw_stream_state, pw_stream_state state, const char*) {
    auto* self = static_cast<PipewirePublication*>(data);
    self->taken_at_ = Clock::now();
    self->streaming_ = state == PW_STREAM_STATE_STREAMING;
    if (self->streaming_ && self->tell_) self->tell_();
    if (state == PW_STREAM_STATE_ERROR || state == PW_STREAM_STATE_UNCONNECTED)
      self->connection_.restart();
  };
  events.param_changed = [](void* data, std::uint32_t id, const spa_pod* param) {
    if (id == SPA_PARAM_Format) static_cast<PipewirePublication*>(data)->take_format(param);
  };
  connection_.start();
}

PipewirePublication::~PipewirePublication() {
  connection_.stop();
}

void PipewirePublication::when_watched(std::function<void()> tell) {
  PipewireConnection::Lock lock(connection_);
  tell_ = std::move(tell);
}

void PipewirePublication::make_stream(pw_core* core) {
  const char* label = node_.label.c_str();
  stream_ = pw_stream_new(
      core, label,
      pw_properties_new(PW_KEY_MEDIA_CLASS, "Video/Source", PW_KEY_MEDIA_ROLE, "Camera",
                        PW_KEY_MEDIA_TYPE, "Video", PW_KEY_MEDIA_CATEGORY, "Capture",
                        PW_KEY_NODE_NAME, node_.name.c_str(), PW_KEY_NODE_DESCRIPTION, label,
                        PW_KEY_NODE_NICK, label, PW_KEY_NODE_VIRTUAL, "true", nullptr));
  if (!stream_) return connection_.restart();
  pw_stream_add_listener(stream_, &events_->hook, &events_->events, this);
  Pods pods;
  const auto offers = pods.offers(node_.size, node_.fps);
  constexpr auto kFlags =
      static_cast<pw_stream_flags>(PW_STREAM_FLAG_DRIVER | PW_STREAM_FLAG_MAP_BUFFERS);
  if (pw_stream_connect(stream_, PW_DIRECTION_OUTPUT, PW_ID_ANY, kFlags, offers.data(),
                        static_cast<std::uint32_t>(offers.size())) < 0)
    connection_.restart();
}

void PipewirePublication::drop_stream() {
  streaming_ = false;
  format_.reset();
  if (!stream_) return;
  spa_hook_remove(&events_->hook);
  pw_stream_destroy(std::exchange(stream_, nullptr));
}

void PipewirePublication::take_format(const spa_pod* format) {
  format_ = parse_pipewire_format(format);
  if (!format_ || !format_->layout || format_->size != node_.size) return format_.reset();
  const auto stride = least_stride(*format_->layout, node_.size.width);
  Pods pods;
  const auto params = pods.buffers(byte_count(*format_->layout, node_.size, stride), stride);
  pw_stream_update_params(stream_, params.data(), static_cast<std::uint32_t>(params.size()));
}

void PipewirePublication::write(ConstImageView picture) {
  if (!streaming_) return;
  {
    PipewireConnection::Lock lock(connection_);
    if (!stream_ || !format_) return;
    const auto now = Clock::now();
    if (fill(picture)) {
      taken_at_ = now;
    } else {
      ++missed_;
      if (now - taken_at_ > kStuck) connection_.restart();
    }
  }
  // Also without a picture: this is how buffers come back.
  connection_.wake();
}

bool PipewirePublication::fill(ConstImageView picture) {
  pw_buffer* taken = pw_stream_dequeue_buffer(stream_);
  if (!taken) return false;
  spa_data& data = taken->buffer->datas[0];
  const auto stride = least_stride(*format_->layout, node_.size.width);
  const std::size_t bytes = byte_count(*format_->layout, node_.size, stride);
  const bool fits = data.data && data.maxsize >= bytes;
  if (fits)
    pack(picture, {*format_->layout, node_.size, static_cast<std::uint8_t*>(data.data), stride});
  data.chunk->offset = 0;
  data.chunk->size = fits ? static_cast<std::uint32_t>(bytes) : 0;
  data.chunk->stride = static_cast<std::int32_t>(stride);
  data.chunk->flags = fits ? SPA_CHUNK_FLAG_NONE : SPA_CHUNK_FLAG_CORRUPTED;
  if (auto* header = static_cast<spa_meta_header*>(
          spa_buffer_find_meta_data(taken->buffer, SPA_META_Header, sizeof(spa_meta_header)))) {
    header->flags = 0;
    header->offset = 0;
    header->pts =
        std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch())
            .count();
    header->dts_offset = 0;
    header->seq = ++count_;
  }
  pw_stream_queue_buffer(stream_, taken);
  return fits;
}

}  // namespace scrim
