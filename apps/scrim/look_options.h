// The options that every command which makes pictures shares: LOOK, and how the matte is made.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/error.h"
#include "session/stages.h"

namespace scrim {

class LookOptions {
 public:
  /// --background, --person, --picture.
  void add_look(CLI::App& parser);
  /// --segmenter, --matte, --effort.
  void add_matte(CLI::App& parser);
  /// Checked as far as it can be without opening anything. kRequest.
  Expected<LookRequest> parse() const;

 private:
  std::string background_, person_, picture_, segmenter_, matte_, effort_ = "auto";
};

}  // namespace scrim
