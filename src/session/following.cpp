// Tested by tests/session/following_test.cpp.
#include "session/following.h"

#include <utility>

namespace scrim {
namespace {

bool same(const std::optional<FileSettings::Entry>& a,
          const std::optional<FileSettings::Entry>& b) {
  return a.has_value() == b.has_value() && (!a || a->values == b->values);
}

}  // namespace

ConfigFollower::ConfigFollower(const std::string& path, const FileSettings& read, Session& session,
                               Tell tell)
    : path_(path),
      session_(session),
      tell_(std::move(tell)),
      said_at_start_(session.settings().from),
      last_(read) {}

Expected<std::unique_ptr<ConfigFollower>> ConfigFollower::start(const std::string& path,
                                                                const FileSettings& read,
                                                                Session& session, Tell tell) {
  std::unique_ptr<ConfigFollower> made(new ConfigFollower(path, read, session, std::move(tell)));
  auto watch = FileWatch::start(path, [follower = made.get()](FileWatch::Change change) {
    if (change == FileWatch::Change::kClosed) follower->follow();
  });
  if (!watch) return std::unexpected(watch.error());
  made->watch_ = *std::move(watch);
  return made;
}

void ConfigFollower::complain(const std::string& what) {
  if (std::exchange(complaint_, what) != what) tell_(what + "; the old settings stay");
}

/// Whether the running Session is to take it over.
bool ConfigFollower::take_line(const SettingKind& kind, const FileSettings& file,
                               Settings& wanted) {
  const auto& entry = file.entries[index_of(kind)];
  if (same(entry, last_.entries[index_of(kind)])) return false;
  const Origin said = said_at_start_[index_of(kind)];
  if (said == Origin::kOption || said == Origin::kEnvironment) {
    tell_(fmt::format("{}: '{}' stays as it is, as it was given by {}", path_, kind.name,
                      said == Origin::kOption ? "an option" : environment_name(kind)));
    return false;
  }
  if (!kind.live) {
    tell_(fmt::format("{}: '{}' takes effect at the next start", path_, kind.name));
    return false;
  }
  // Its form has been checked when the file was read.
  return set_values(wanted, kind, entry ? entry->values : std::vector<std::string>{}).has_value();
}

void ConfigFollower::follow() {
  const auto file = read_settings(path_);
  if (!file) return complain(file.error().what);
  complaint_.clear();
  const auto turn = session_.take_turn();
  Settings wanted = session_.settings().values;
  std::string names, place;
  FileSettings refused = *file;  // what has been read if the change is
  for (const SettingKind& kind : setting_kinds()) {
    if (!take_line(kind, *file, wanted)) continue;
    refused.entries[index_of(kind)] = last_.entries[index_of(kind)];
    const auto& entry = file->entries[index_of(kind)];
    if (place.empty()) place = entry ? entry->place : path_;
    names += fmt::format("{}{}", names.empty() ? "" : ", ", kind.name);
  }
  const auto ok = names.empty() ? Expected<void>() : session_.change(wanted, Origin::kFile);
  last_ = ok ? *file : std::move(refused);
  if (!ok) return complain(fmt::format("{}: {}", place, ok.error().what));
  if (names.empty()) return;
  tell_(fmt::format("{}: took over {}", path_, names));
}

}  // namespace scrim
