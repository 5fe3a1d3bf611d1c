// Some programs send no header with their pictures and no stride; then it is our clock, and rows
// without padding. Tested by tests/pipewire.
#include "devices/pipewire_reader.h"

#include <pipewire/pipewire.h>

#include <algorithm>
#include <utility>

namespace scrim {
namespace {

// Cameras take their time to start.
constexpr Clock::duration kLongestOpening = std::chrono::seconds(5);
// Times further off are of another clock.
constexpr Clock::duration kOldest = std::chrono::seconds(1);

Clock::time_point captured_at(const spa_buffer& buffer, Clock::time_point now) {
  const auto* header = static_cast<const spa_meta_header*>(
      spa_buffer_find_meta_data(&buffer, SPA_META_Header, sizeof(spa_meta_header)));
  if (!header) return now;
  const Clock::time_point stamp{std::chrono::nanoseconds(header->pts)};
  return stamp <= now && now - stamp < kOldest ? stamp : now;
}

}  // namespace

struct PipewireReader::Events {
  spa_hook hook{}, link_hook{};
  pw_stream_events events{};
  pw_proxy_events link_events{};
};

PipewireReader::PipewireReader(const PipewireCamera& camera, Size wish, double fps)
    : camera_(camera),
      wish_(wish),
      fps_(fps),
      events_(std::make_unique<Events>()),
      connection_({.connected = [this](pw_core* core) { make_stream(core); },
                   .lost = [this] { drop_stream(); }}) {
  auto& events = events_->events;
  events.version = PW_VERSION_STREAM_EVENTS;
  events.state_changed = [](void* data, pw_stream_state, pw_stream_state state, const char* why) {
    static_cast<PipewireReader*>(data)->change_state(state, why);
  };
  events.param_changed = [](void* data, std::uint32_t id, const spa_pod* param) {
    if (id == SPA_PARAM_Format) static_cast<PipewireReader*>(data)->take_format(param);
  };
  events.process = [](void* data) {
    pw_thread_loop_signal(static_cast<PipewireReader*>(data)->connection_.loop(), false);
  };
  auto& link_events = events_->link_events;
  link_events.version = PW_VERSION_PROXY_EVENTS;
  link_events.removed = [](void* data) { static_cast<PipewireReader*>(data)->end("it is gone"); };
  link_events.error = [](void* data, int, int, const char* why) {
    static_cast<PipewireReader*>(data)->end(why);
  };
  connection_.start();
}

PipewireReader::~PipewireReader() {
  connection_.stop();
}

Expected<std::unique_ptr<PipewireReader>> PipewireReader::open(const PipewireCamera& camera,
                                                               Size wish, double fps) {
  std::unique_ptr<PipewireReader> reader(new PipewireReader(camera, wish, fps));
  const PipewireConnection::Lock lock(reader->connection_);
  reader->wait(Clock::now() + kLongestOpening,
               [&] { return reader->format_ || !reader->gone_.empty(); });
  if (!reader->gone_.empty())
    return fail(Errc::kSystem, "read PipeWire camera '{}': {}", camera.name, reader->gone_);
  if (!reader->format_)
    return fail(Errc::kSystem,
                "read PipeWire camera '{}': it agrees on no format; another program may hold it",
                camera.name);
  reader->opened_as_ = *reader->format_;
  return reader;
}

void PipewireReader::make_stream(pw_core* core) {
  if (!gone_.empty()) return;  // the daemon is another one
  core_ = core;
  stream_ = pw_stream_new(
      core, "Scrim reads a camera",
      pw_properties_new(PW_KEY_MEDIA_TYPE, "Video", PW_KEY_MEDIA_CATEGORY, "Capture",
                        PW_KEY_MEDIA_ROLE, "Camera", PW_KEY_NODE_NAME, "scrim.reader", nullptr));
  if (!stream_) return end("no stream can be made");
  pw_stream_add_listener(stream_, &events_->hook, &events_->events, this);
  Pods pods;
  const auto wishes = pods.wishes(wish_, fps_);
  if (pw_stream_connect(stream_, PW_DIRECTION_INPUT, PW_ID_ANY, PW_STREAM_FLAG_MAP_BUFFERS,
                        wishes.data(), static_cast<std::uint32_t>(wishes.size())) < 0)
    end("it cannot be connected");
}

void PipewireReader::change_state(int state, const char* why) {
  if (state == PW_STREAM_STATE_PAUSED && !link_) link(pw_stream_get_node_id(stream_));
  if (state == PW_STREAM_STATE_ERROR || state == PW_STREAM_STATE_UNCONNECTED) end(why);
}

void PipewireReader::link(std::uint32_t reader) {
  pw_properties* ends = pw_properties_new(nullptr, nullptr);
  pw_properties_setf(ends, PW_KEY_LINK_OUTPUT_NODE, "%u", camera_.id);
  pw_properties_setf(ends, PW_KEY_LINK_INPUT_NODE, "%u", reader);
  link_ = static_cast<pw_proxy*>(pw_core_create_object(
      core_, "link-factory", PW_TYPE_INTERFACE_Link, PW_VERSION_LINK, &ends->dict, 0));
  pw_properties_free(ends);
  if (!link_) return end("it cannot be linked");
  pw_proxy_add_listener(link_, &events_->link_hook, &events_->link_events, this);
}

void PipewireReader::drop_stream() {
  end("the PipeWire daemon is gone");
  format_.reset();
  if (link_) {
    spa_hook_remove(&events_->link_hook);
    pw_proxy_destroy(std::exchange(link_, nullptr));
  }
  if (!stream_) return;
  spa_hook_remove(&events_->hook);
  pw_stream_destroy(std::exchange(stream_, nullptr));
}

/// The first reason is the true one.
void PipewireReader::end(const char* why) {
  if (gone_.empty()) gone_ = why && *why ? why : "it is gone";
  pw_thread_loop_signal(connection_.loop(), false);
}

void PipewireReader::take_format(const spa_pod* format) {
  format_ = parse_pipewire_format(format);
  if (!format_) return;
  Pods pods;
  const auto params = pods.any_buffers();
  pw_stream_update_params(stream_, params.data(), static_cast<std::uint32_t>(params.size()));
  pw_thread_loop_signal(connection_.loop(), false);
}

/// With the lock held, which it gives up while it waits.
template <class Condition>
bool PipewireReader::wait(Clock::time_point deadline, Condition condition) {
  while (!condition()) {
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(deadline - Clock::now());
    if (left.count() <= 0) return false;
    timespec end{};
    pw_thread_loop_get_time(connection_.loop(), &end, left.count());
    pw_thread_loop_timed_wait_full(connection_.loop(), &end);
  }
  return true;
}

Expected<void> PipewireReader::still_there() const {
  if (gone_.empty()) return {};
  return fail(Errc::kDisconnected, "PipeWire camera '{}': {}", camera_.name, gone_);
}

/// Older ones go back at once.
pw_buffer* PipewireReader::newest() {
  if (!stream_ || !format_) return nullptr;
  pw_buffer* found = nullptr;
  while (pw_buffer* next = pw_stream_dequeue_buffer(stream_)) {
    if (found) pw_stream_queue_buffer(stream_, found);
    found = next;
  }
  return found;
}

Expected<void> PipewireReader::read(Clock::time_point deadline,
                                    const std::function<void(const Picture&)>& use) {
  const PipewireConnection::Lock lock(connection_);
  pw_buffer* buffer = nullptr;
  const bool came =
      wait(deadline, [&] { return !gone_.empty() || (buffer = newest()) != nullptr; });
  if (auto ok = still_there(); !ok) return ok;
  if (!came) return fail(Errc::kTimeout, "PipeWire camera '{}' gives no picture", camera_.name);
  show(buffer, use);
  pw_stream_queue_buffer(stream_, buffer);
  return {};
}

void PipewireReader::show(pw_buffer* buffer, const std::function<void(const Picture&)>& use) const {
  const spa_data& data = buffer->buffer->datas[0];
  const std::uint32_t offset = std::min(data.chunk->offset, data.maxsize);
  const std::uint32_t size = data.data ? std::min(data.chunk->size, data.maxsize - offset) : 0;
  const std::ptrdiff_t least =
      format_->layout ? least_stride(*format_->layout, format_->size.width) : 0;
  const std::ptrdiff_t stride = data.chunk->stride == 0 ? least : data.chunk->stride;
  use({*format_,
       {static_cast<const std::uint8_t*>(data.data) + offset, size},
       stride,
       captured_at(*buffer->buffer, Clock::now()),
       size == 0 || stride < least || (data.chunk->flags & SPA_CHUNK_FLAG_CORRUPTED) != 0});
}

}  // namespace scrim
