// libsystemd's sd-bus in our terms: owners, and a writer that keeps the first error. Only the tray
// speaks D-Bus. Reentrant.
#pragma once

#include <systemd/sd-bus.h>

#include <memory>
#include <string>
#include <utility>

namespace scrim {

struct ReleaseBus {
  void operator()(sd_bus* bus) const { sd_bus_close_unref(bus); }  // flushes nothing
};
using UniqueBus = std::unique_ptr<sd_bus, ReleaseBus>;

struct ReleaseMessage {
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
using UniqueMessage = std::unique_ptr<sd_bus_message, ReleaseMessage>;

/// Appends to a message. After an error nothing more is written; `result` has it, else 0 or more.
class BusWriter {
 public:
  explicit BusWriter(sd_bus_message* message) : message_(message) {}

  /// type: a basic one, such as 'i'; strings have text().
  void number(char type, int value) {
    if (result >= 0) result = sd_bus_message_append_basic(message_, type, &value);
  }
  void text(const std::string& value) {
    if (result >= 0) result = sd_bus_message_append_basic(message_, 's', value.c_str());
  }
  /// In an array 'a', a variant 'v', a struct 'r' or an entry of a dictionary 'e'.
  template <class Write>
  void within(char type, const char* contents, Write write) {
    if (result >= 0) result = sd_bus_message_open_container(message_, type, contents);
    write();
    if (result >= 0) result = sd_bus_message_close_container(message_);
  }

  int result = 0;

 private:
  sd_bus_message* const message_;
};

/// A reply to `call` that `write` fills; what a handler returns.
template <class Write>
int answer(sd_bus_message* call, Write write) {
  sd_bus_message* made = nullptr;
  if (const int failed = sd_bus_message_new_method_return(call, &made); failed < 0) return failed;
  const UniqueMessage reply(made);
  BusWriter writer(made);
  write(writer);
  return writer.result < 0 ? writer.result : sd_bus_send(nullptr, made, nullptr);
}

}  // namespace scrim
