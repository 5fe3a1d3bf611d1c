// Tested by tests/pipewire, with a real daemon.
#include "devices/pipewire_connection.h"

#include <pipewire/pipewire.h>

#include <utility>

namespace scrim {
namespace {

// Short enough that a camera is there again within two seconds of the daemon's return.
constexpr long kBetweenTries_ms = 500;

}  // namespace

struct PipewireConnection::Listener {
  spa_hook hook{};
  pw_core_events events{};
};

PipewireConnection::PipewireConnection(Handlers handlers) : handlers_(std::move(handlers)) {
  pw_init(nullptr, nullptr);
  loop_ = pw_thread_loop_new("pipewire", nullptr);
  pw_loop* loop = pw_thread_loop_get_loop(loop_);
  timer_ = pw_loop_add_timer(
      loop, [](void* self, std::uint64_t) { static_cast<PipewireConnection*>(self)->attend(); },
      this);
  wake_ = pw_loop_add_event(
      loop,
      [](void* self, std::uint64_t) {
        if (auto& woken = static_cast<PipewireConnection*>(self)->handlers_.woken) woken();
      },
      this);
}

PipewireConnection::~PipewireConnection() {
  stop();
  pw_loop_destroy_source(pw_thread_loop_get_loop(loop_), timer_);
  pw_loop_destroy_source(pw_thread_loop_get_loop(loop_), wake_);
  pw_thread_loop_destroy(loop_);
}

void PipewireConnection::start() {
  running_ = true;
  attend_in(0);
  pw_thread_loop_start(loop_);
}

void PipewireConnection::stop() {
  if (!running_) return;
  running_ = false;
  pw_thread_loop_stop(loop_);
  disconnect();
}

void PipewireConnection::wake() {
  pw_loop_signal_event(pw_thread_loop_get_loop(loop_), wake_);
}

void PipewireConnection::restart() {
  broken_ = true;
  attend_in(0);
}

/// Never from within the core's own events, which would go on using it.
void PipewireConnection::attend() {
  if (broken_) disconnect();
  if (!core_) connect();
}

void PipewireConnection::connect() {
  if (!context_) context_ = pw_context_new(pw_thread_loop_get_loop(loop_), nullptr, 0);
  if (context_)
    core_ = pw_context_connect(
        context_, pw_properties_new(PW_KEY_APP_NAME, "Scrim", PW_KEY_APP_ID, "scrim", nullptr), 0);
  if (!core_) return attend_in(kBetweenTries_ms);
  listener_ = std::make_unique<Listener>();
  listener_->events.version = PW_VERSION_CORE_EVENTS;
  listener_->events.error = [](void* data, std::uint32_t id, int, int result, const char*) {
    if (id == PW_ID_CORE && result == -EPIPE) static_cast<PipewireConnection*>(data)->restart();
  };
  pw_core_add_listener(core_, &listener_->hook, &listener_->events, this);
  handlers_.connected(core_);
}

/// A new daemon wants a new context, too.
void PipewireConnection::disconnect() {
  broken_ = false;
  if (core_) {
    handlers_.lost();
    spa_hook_remove(&listener_->hook);
    pw_core_disconnect(core_);
  }
  if (context_) pw_context_destroy(context_);
  listener_.reset();
  core_ = nullptr;
  context_ = nullptr;
}

void PipewireConnection::attend_in(long milliseconds) {
  // Zero would switch the timer off.
  timespec when{milliseconds / 1000, milliseconds % 1000 * 1'000'000 + 1};
  pw_loop_update_timer(pw_thread_loop_get_loop(loop_), timer_, &when, nullptr, false);
}

PipewireConnection::Lock::Lock(const PipewireConnection& connection) : loop_(connection.loop_) {
  pw_thread_loop_lock(loop_);
}

PipewireConnection::Lock::~Lock() {
  pw_thread_loop_unlock(loop_);
}

}  // namespace scrim
