// Reads a camera of PipeWire's.
//
// Linked with that very camera by itself, not by the session manager, which would take another one,
// Scrim's own among them, when it goes. Then reading ends. Has a thread of libpipewire's;
// reentrant.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "devices/pipewire_connection.h"
#include "devices/pipewire_format.h"
#include "devices/pipewire_listing.h"

struct pw_buffer;
struct pw_proxy;
struct pw_stream;

namespace scrim {

class PipewireReader {
 public:
  struct Picture {
    const PipewireFormat& format;
    std::span<const std::uint8_t> bytes;
    std::ptrdiff_t stride;  // of the layout's first plane
    Clock::time_point captured;
    bool damaged;
  };

  /// Waits until the format is settled. kSystem.
  static Expected<std::unique_ptr<PipewireReader>> open(const PipewireCamera& camera, Size wish,
                                                        double fps);
  ~PipewireReader();

  const PipewireFormat& format() const { return opened_as_; }
  /// Lets `use` have the newest picture there is, which it must not keep, or the first that comes
  /// until then. The format may have changed. kTimeout, kDisconnected.
  Expected<void> read(Clock::time_point deadline, const std::function<void(const Picture&)>& use);

 private:
  struct Events;

  PipewireReader(const PipewireCamera& camera, Size wish, double fps);
  void make_stream(pw_core* core);
  void link(std::uint32_t reader);
  void drop_stream();
  void end(const char* why);
  void change_state(int state, const char* why);
  void take_format(const spa_pod* format);
  template <class Condition>
  bool wait(Clock::time_point deadline, Condition condition);
  Expected<void> still_there() const;
  pw_buffer* newest();
  void show(pw_buffer* buffer, const std::function<void(const Picture&)>& use) const;

  const PipewireCamera camera_;
  const Size wish_;
  const double fps_;
  const std::unique_ptr<Events> events_;
  PipewireFormat opened_as_;
  // guarded by the connection's lock:
  pw_core* core_ = nullptr;
  pw_stream* stream_ = nullptr;
  pw_proxy* link_ = nullptr;  // from the camera to stream_
  std::optional<PipewireFormat> format_;
  std::string gone_;               // why nothing will come any more
  PipewireConnection connection_;  // last: its thread uses all of the above
};

}  // namespace scrim
