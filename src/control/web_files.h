// The files of web/, as they are built into the program.
#pragma once

#include <string_view>

namespace scrim {

struct WebFile {
  std::string_view path;  // "/panel.js"
  std::string_view type;
  std::string_view bytes;
};

/// Null when there is none. "/" is the page.
const WebFile* find_web_file(std::string_view path);

}  // namespace scrim
