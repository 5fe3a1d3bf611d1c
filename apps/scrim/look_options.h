// The options that every command which makes pictures shares: LOOK, and how the matte is made.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/error.h"
#include "matte/matting.h"
#include "pipeline/composer.h"

namespace scrim {

/// What the options ask for, checked as far as it can be without opening anything.
struct LookRequest {
  Look look;
  Spec segmenter;
  MatteSettings matte;
};

class LookOptions {
 public:
  /// --background, --person, --picture.
  void add_look(CLI::App& parser);
  /// --segmenter, --matte, --effort.
  void add_matte(CLI::App& parser);
  Expected<LookRequest> parse() const;

 private:
  std::string background_, person_, picture_, segmenter_, matte_, effort_ = "auto";
};

}  // namespace scrim
