// Tested by tests/devices/pipewire_checkup_test.cpp, and with a real daemon by tests/pipewire.
#include "devices/pipewire_listing.h"

#include <pipewire/extensions/metadata.h>
#include <pipewire/pipewire.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>

#include "devices/listing.h"

namespace scrim {
namespace {

constexpr timespec kLongestWait{2, 0};

struct Client {
  bool of_scrim = false, own = false;
};

struct Node {
  PipewireCamera camera;
  std::string client;
};

/// One conversation with the daemon.
struct Inquiry {
  pw_main_loop* loop;
  int end = -1;  // the number of the question after the last one
  bool answered = false;
  bool session_manager = false;
  std::map<std::string, Client> clients = {};  // by id
  std::vector<Node> nodes = {};
};

std::string value(const spa_dict* properties, const char* key) {
  const char* found = properties ? spa_dict_lookup(properties, key) : nullptr;
  return found ? found : "";
}

void note(void* data, std::uint32_t id, std::uint32_t, const char* type, std::uint32_t,
          const spa_dict* properties) {
  auto& inquiry = *static_cast<Inquiry*>(data);
  if (!std::strcmp(type, PW_TYPE_INTERFACE_Client))
    inquiry.clients[std::to_string(id)] = {
        value(properties, PW_KEY_APP_NAME) == kOwnName,
        value(properties, PW_KEY_SEC_PID) == std::to_string(::getpid())};
  if (!std::strcmp(type, PW_TYPE_INTERFACE_Metadata) &&
      value(properties, PW_KEY_METADATA_NAME) == "default")
    inquiry.session_manager = true;
  if (std::strcmp(type, PW_TYPE_INTERFACE_Node) ||
      value(properties, PW_KEY_MEDIA_CLASS) != "Video/Source")
    return;
  Node node;
  node.client = value(properties, PW_KEY_CLIENT_ID);
  node.camera.id = id;
  node.camera.name = value(properties, PW_KEY_NODE_NAME);
  const std::string label = value(properties, PW_KEY_NODE_DESCRIPTION);
  node.camera.label = label.empty() ? node.camera.name : label;
  // A v4l2loopback device named Scrim shows itself as "Scrim (V4L2)".
  node.camera.of_scrim = label.starts_with(kOwnName);
  inquiry.nodes.push_back(std::move(node));
}

void ask(pw_core* core, Inquiry& inquiry) {
  pw_core_events core_events{};
  core_events.version = PW_VERSION_CORE_EVENTS;
  core_events.done = [](void* data, std::uint32_t id, int number) {
    auto& asked = *static_cast<Inquiry*>(data);
    if (id != PW_ID_CORE || number != asked.end) return;
    asked.answered = true;
    pw_main_loop_quit(asked.loop);
  };
  core_events.error = [](void* data, std::uint32_t, int, int, const char*) {
    pw_main_loop_quit(static_cast<Inquiry*>(data)->loop);
  };
  pw_registry_events registry_events{};
  registry_events.version = PW_VERSION_REGISTRY_EVENTS;
  registry_events.global = note;
  spa_hook core_hook{}, registry_hook{};
  pw_core_add_listener(core, &core_hook, &core_events, &inquiry);
  pw_registry* registry = pw_core_get_registry(core, PW_VERSION_REGISTRY, 0);
  pw_registry_add_listener(registry, &registry_hook, &registry_events, &inquiry);
  inquiry.end = pw_core_sync(core, PW_ID_CORE, 0);
  pw_main_loop_run(inquiry.loop);
  spa_hook_remove(&registry_hook);
  spa_hook_remove(&core_hook);
  pw_proxy_destroy(reinterpret_cast<pw_proxy*>(registry));
}

PipewireListing sum_up(Inquiry& inquiry) {
  PipewireListing listing{inquiry.answered, inquiry.session_manager, {}};
  for (Node& node : inquiry.nodes) {
    const Client& client = inquiry.clients[node.client];
    node.camera.own = client.own;
    node.camera.of_scrim = node.camera.of_scrim || client.of_scrim;
    listing.cameras.push_back(std::move(node.camera));
  }
  return listing;
}

}  // namespace

PipewireListing list_pipewire() {
  pw_init(nullptr, nullptr);
  const std::unique_ptr<pw_main_loop, void (*)(pw_main_loop*)> loop(pw_main_loop_new(nullptr),
                                                                    pw_main_loop_destroy);
  const std::unique_ptr<pw_context, void (*)(pw_context*)> context(
      pw_context_new(pw_main_loop_get_loop(loop.get()), nullptr, 0), pw_context_destroy);
  if (!context) return {};
  pw_core* core = pw_context_connect(context.get(), nullptr, 0);
  if (!core) return {};
  Inquiry inquiry{loop.get()};
  pw_loop* events = pw_main_loop_get_loop(loop.get());
  spa_source* timer = pw_loop_add_timer(
      events,
      [](void* data, std::uint64_t) { pw_main_loop_quit(static_cast<pw_main_loop*>(data)); },
      loop.get());
  timespec longest = kLongestWait;
  pw_loop_update_timer(events, timer, &longest, nullptr, false);
  ask(core, inquiry);
  pw_loop_destroy_source(events, timer);
  pw_core_disconnect(core);
  return sum_up(inquiry);
}

Expected<PipewireCamera> find_pipewire_camera(const PipewireListing& listing,
                                              const std::string& name) {
  if (!listing.runs)
    return fail(Errc::kSystem,
                "no PipeWire daemon answers; start it: `systemctl --user start pipewire "
                "wireplumber`");
  if (!listing.session_manager)
    return fail(Errc::kSystem,
                "PipeWire has no session manager, which links programs with cameras; start one: "
                "`systemctl --user start wireplumber`");
  const auto fits = [&](const PipewireCamera& camera) {
    if (camera.own) return false;
    return name.empty() ? !camera.of_scrim : camera.name == name || camera.label == name;
  };
  const auto found = std::ranges::find_if(listing.cameras, fits);
  if (found != listing.cameras.end()) return *found;
  if (name.empty())
    return fail(Errc::kSystem, "PipeWire has no camera; plug one in, or name another source");
  return fail(Errc::kSystem, "PipeWire has no camera '{}'; `scrim devices` lists those there are",
              name);
}

}  // namespace scrim
