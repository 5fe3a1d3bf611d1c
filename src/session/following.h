// Carries what changes in the config file over to a running Session, at once.
//
// Only lines that change since the file was last read count, so that what has been set live stays
// otherwise; what an option or the environment has said is left alone. A file that is broken, or
// asks for what cannot be had, changes nothing, and is told of once; what could not be had is asked
// for again when the file is written again. Thread-bound; the Session is changed on a thread of its
// own.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/error.h"
#include "base/file_watch.h"
#include "session/session.h"
#include "session/settings_file.h"

namespace scrim {

class ConfigFollower {
 public:
  using Tell = std::function<void(const std::string& line)>;

  /// `read`: what the Session began with. Both must outlive it. kSystem: the folder cannot be
  /// watched.
  static Expected<std::unique_ptr<ConfigFollower>> start(const std::string& path,
                                                         const FileSettings& read, Session& session,
                                                         Tell tell);
  ConfigFollower(const ConfigFollower&) = delete;
  ConfigFollower& operator=(const ConfigFollower&) = delete;

  /// Reads the file and carries out what has changed. For the watching thread, and tests.
  void follow();
  /// From now on nothing is carried over by itself.
  void stop_watching() { watch_.reset(); }

 private:
  ConfigFollower(const std::string& path, const FileSettings& read, Session& session, Tell tell);
  bool take_line(const SettingKind& kind, const FileSettings& file, Settings& wanted);
  void complain(const std::string& what);

  const std::string path_;
  Session& session_;
  const Tell tell_;
  const Origins said_at_start_;
  FileSettings last_;
  std::string complaint_;             // the last one, "" since the file is sound
  std::unique_ptr<FileWatch> watch_;  // last: its thread uses all of the above
};

}  // namespace scrim
