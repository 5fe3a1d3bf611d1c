// The panel of a running Scrim: web pages and their API over HTTP (docs/api.md), for the owner's
// browser alone.
//
// Three threads, which together can hold up no picture: the server's moves bytes, the desk carries
// out what may take a moment, one thing at a time, the reporter makes previews and figures while
// somebody watches them. What is asked for is told to the Session as the unix socket tells it.
#pragma once

#include <memory>
#include <string>

#include "control/listener.h"
#include "session/session.h"

namespace scrim {

struct PanelSettings {
  ListenAddress address;  // one that is not local lets other computers in, too, with the link
  std::string link_file;  // kept 0600 while the panel is there; none if empty
};

class Panel {
 public:
  /// `session` must outlive it. kSystem.
  static Expected<std::unique_ptr<Panel>> open(const PanelSettings& settings, Session& session);
  ~Panel();
  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;

  /// What the owner's browser opens; holds the token.
  const std::string& link() const;

 private:
  struct Shared;
  explicit Panel(std::unique_ptr<Shared> shared);
  std::unique_ptr<Shared> shared_;
};

/// "8765", "127.0.0.1:0", ... kRequest.
Expected<ListenAddress> parse_panel_address(std::string_view text);

}  // namespace scrim
