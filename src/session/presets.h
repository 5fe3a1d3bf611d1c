// Looks that are kept by name: one file each, with the three chains and the matte, beside the
// config file. A file holds only what differs from the defaults. Reentrant.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "session/settings.h"

namespace scrim {

class Presets {
 public:
  /// Those of the user: "presets" beside the config file. "" for no folder: every call then fails
  /// with kSystem.
  explicit Presets(std::string folder);
  static Presets of_user();

  /// In the order of their names.
  std::vector<std::string> list() const;
  /// In place of one of that name. kRequest: no name for a preset; kSystem.
  Expected<void> save(const std::string& name, const Settings& settings) const;
  /// `now` with the look of the preset. kRequest: there is none; its file is broken.
  Expected<Settings> use(const std::string& name, const Settings& now) const;
  Expected<void> remove(const std::string& name) const;

 private:
  Expected<std::string> path_of(const std::string& name) const;
  Expected<std::string> path_of_existing(const std::string& name) const;

  std::string folder_;
};

}  // namespace scrim
