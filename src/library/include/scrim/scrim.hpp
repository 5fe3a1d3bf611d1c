// libscrim for C++17 and newer: owns a handle and throws what went wrong. Only a header over
// <scrim/scrim.h>, which says what all of it does; nothing of C++ crosses the library's border.
// Reentrant.
#ifndef SCRIM_SCRIM_HPP
#define SCRIM_SCRIM_HPP

#include <scrim/scrim.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

namespace scrim {

/// what() is one line: the thing, the cause, the cure.
class Error : public std::runtime_error {
 public:
  Error(scrim_result result, const std::string& what) : std::runtime_error(what), result_(result) {}
  /// SCRIM_FAILED or SCRIM_WRONG.
  scrim_result result() const noexcept { return result_; }

 private:
  scrim_result result_;
};

/// Pictures of one size in, composed pictures or mattes out. Moves, but does not copy.
class VirtualBackground {
 public:
  VirtualBackground(int width, int height) {
    char why[512] = "";
    handle_.reset(scrim_create(width, height, why, sizeof why));
    if (!handle_) throw Error(SCRIM_WRONG, why);
  }

  void set(const char* option, const std::string& text) {
    check(scrim_set(handle_.get(), option, text.c_str()));
  }
  void give_picture(const std::string& name, const scrim_image& picture,
                    const scrim_plane* alpha = nullptr) {
    check(scrim_give_picture(handle_.get(), name.c_str(), &picture, alpha));
  }
  void process(const scrim_image& in, const scrim_image& out, std::chrono::nanoseconds time) {
    check(scrim_process(handle_.get(), &in, &out, time.count()));
  }
  void matte(const scrim_image& in, const scrim_plane& out, std::chrono::nanoseconds time) {
    check(scrim_matte(handle_.get(), &in, &out, time.count()));
  }
  void forget() { check(scrim_forget(handle_.get())); }

 private:
  struct Destroy {
    void operator()(scrim_handle* handle) const noexcept { scrim_destroy(handle); }
  };

  void check(int result) const {
    if (result != SCRIM_OK)
      throw Error(static_cast<scrim_result>(result), scrim_error(handle_.get()));
  }

  std::unique_ptr<scrim_handle, Destroy> handle_;
};

}  // namespace scrim

#endif
