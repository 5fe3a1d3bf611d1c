// A camera that comes back: a Source around one that may be lost, or that is not wanted for a
// while.
//
// When the camera is gone, read() says kTimeout, as if nothing had come, and tries to open it again
// a few times a second; size and nominal rate stay those of the first one. A device that is there,
// but gives no picture for some seconds, is opened anew. While its Attention is not kLive nothing
// is read, and a camera that is a device is closed. Owns the camera, and closes it as soon as it
// fails, so that it can be found again. Another camera may be asked for at any time: it is opened
// beside the present one, or, if that is in its way, after it. Reentrant but for change() and
// end().
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "pipeline/attention.h"
#include "sources/source.h"

namespace scrim {

class Reopening : public Source {
 public:
  using Open = std::function<Expected<std::unique_ptr<Source>>()>;
  using Tell = std::function<void(const std::string& line)>;

  /// `open` must give Sources of the first one's size. `tell` hears when the camera goes and comes.
  /// `attention` must outlive it.
  Reopening(std::unique_ptr<Source> first, Open open, Tell tell, const Attention& attention);

  Size size() const override { return size_; }
  double fps() const override { return fps_; }
  std::string description() const override { return description_; }
  std::uint64_t damaged() const override;
  std::uint64_t changes() const override { return changes_; }
  Expected<Clock::time_point> read(ImageView out) override;

  /// From now on the camera that `open` gives; waits until it is there, and gives its description.
  /// What it fails with, kSystem for what takes too long, too; the present one then stays, however
  /// late the other one comes. While no pictures are wanted it is not opened, and the description
  /// is "". A wish takes the place of one that still waits. Thread-safe.
  Expected<std::string> change(Open open);
  /// Nobody reads any more: no change waits, now or later. Thread-safe.
  void end();

 private:
  struct Wish {
    std::uint64_t number;
    Open open;
    std::optional<Expected<std::string>> answer = {};
  };
  void answer_wish();
  Expected<std::unique_ptr<Source>> open_beside(const Open& open);
  bool stands(std::uint64_t wish) const;
  void stall();
  void unstall();
  void lose(const Error& why);
  void rest();
  void close();
  Expected<void> find_again();

  std::unique_ptr<Source> camera_;  // null while it is gone
  Open open_;
  const Tell tell_;
  const Attention& attention_;
  const Size size_;
  const double fps_;
  const std::string description_;
  std::uint64_t damaged_before_ = 0;  // by the cameras that are gone
  std::uint64_t changes_ = 0;
  bool complained_ = false;  // that it is gone
  int without_picture_ = 0;  // reads in a row
  bool stalled_ = false;     // since it has been opened again for want of pictures
  std::mutex mutex_;
  std::condition_variable answered_;
  std::optional<Wish> wish_;  // guarded by mutex_
  std::uint64_t wishes_ = 0;  // guarded by mutex_: how many there have been
  bool ended_ = false;        // guarded by mutex_
};

}  // namespace scrim
