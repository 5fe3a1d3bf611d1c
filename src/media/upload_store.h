// The owner's own backgrounds, as the panel took them in: a folder for each, under a name of ours,
// in $XDG_DATA_HOME/scrim/backgrounds, which only the owner can enter. What is in it was made by
// take_in(). Reentrant; whole or not there at all, whoever else adds or removes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"

namespace scrim {

inline constexpr std::string_view kUploadPicture = "picture.png", kUploadVideo = "video.mp4",
                                  kUploadThumbnail = "thumbnail.jpg", kUploadName = "name";
inline constexpr std::size_t kMostUploads = 100;
inline constexpr std::uint64_t kMostUploadedBytes = std::uint64_t{2} << 30;  // all of them, as kept

struct Upload {
  std::string id;    // 16 hexadecimal digits
  std::string name;  // what its owner called it, for people
  bool moves;        // a video
};

/// The last one first.
std::vector<Upload> list_uploads();
/// The picture or video itself. kRequest: there is none of that id, which may be any text.
Expected<std::string> find_upload(std::string_view id);
/// kRequest, kSystem.
Expected<std::string> find_upload_thumbnail(std::string_view id);
Expected<void> remove_upload(std::string_view id);

/// A file without a name in that folder, for what comes in. kRequest: there is no room for more;
/// kSystem.
Expected<UniqueFd> open_incoming();

/// One on its way in: `folder` is to be filled, and goes unless it is kept. kSystem.
class NewUpload {
 public:
  static Expected<NewUpload> make();
  NewUpload(NewUpload&& other) noexcept;
  NewUpload& operator=(NewUpload&&) = delete;
  ~NewUpload();
  const std::string& folder() const { return folder_; }
  /// `name` as a stranger gave it.
  Expected<Upload> keep(std::string_view name);

 private:
  NewUpload(std::string id, std::string folder) : id_(std::move(id)), folder_(std::move(folder)) {}
  std::string id_, folder_;
};

/// The last part of a path, for people: one line of some 60 characters, never empty.
std::string presentable(std::string_view name);

}  // namespace scrim
