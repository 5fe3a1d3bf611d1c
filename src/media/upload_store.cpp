// Tested by tests/media/upload_store_test.cpp.
#include "media/upload_store.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "base/own_folder.h"
#include "base/pending_file.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::size_t kIdLength = 16;
constexpr std::size_t kMostNameBytes = 60;
constexpr auto kForgottenAfter = std::chrono::hours(1);

/// "" where there is no home.
fs::path folder_of_all() {
  const fs::path own = own_folder("XDG_DATA_HOME", ".local/share");
  return own.empty() ? own : own / "backgrounds";
}

bool is_id(std::string_view text) {
  return text.size() == kIdLength && text.find_first_not_of(kDigits) == text.npos;
}

std::unexpected<Error> unknown(std::string_view id) {
  return fail(Errc::kRequest, "no background '{}' has been added; `GET /api/backgrounds` has all",
              std::string(id.substr(0, 2 * kIdLength)));
}

Expected<std::string> find(std::string_view id, std::string_view file) {
  std::error_code ignored;
  const fs::path path = folder_of_all() / std::string(id) / file;
  if (!is_id(id) || !fs::is_regular_file(path, ignored)) return unknown(id);
  return path;
}

std::string name_in(const fs::path& folder) {
  std::string name;
  std::getline(std::ifstream(folder / kUploadName), name);
  return name;
}

/// What was left half made by a program that ended in the middle of it.
void remove_forgotten(const fs::path& all) {
  std::error_code ignored;
  const auto old = fs::file_time_type::clock::now() - kForgottenAfter;
  for (const auto& entry : fs::directory_iterator(all, ignored))
    if (entry.path().filename().string().starts_with('.') && entry.last_write_time(ignored) < old)
      fs::remove_all(entry.path(), ignored);
}

Expected<fs::path> make_folder_of_all() {
  const fs::path all = folder_of_all();
  if (all.empty())
    return fail(Errc::kSystem, "neither XDG_DATA_HOME nor HOME names a folder to keep it in");
  if (auto ok = make_own_folder(all); !ok) return std::unexpected(ok.error());
  if (::chmod(all.c_str(), 0700) != 0) return fail_errno("keep others out of " + all.string());
  return all;
}

std::uint64_t bytes_in(const fs::path& all) {
  std::uint64_t sum = 0;
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(all, ignored))
    if (entry.is_regular_file(ignored)) sum += entry.file_size(ignored);
  return sum;
}

}  // namespace

std::vector<Upload> list_uploads() {
  std::vector<std::pair<fs::file_time_type, Upload>> dated;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_of_all(), ignored)) {
    const std::string id = entry.path().filename();
    if (!is_id(id)) continue;
    dated.emplace_back(
        entry.last_write_time(ignored),
        Upload{id, name_in(entry.path()), fs::exists(entry.path() / kUploadVideo, ignored)});
  }
  std::ranges::sort(dated, std::ranges::greater(),
                    [](const auto& each) { return std::pair(each.first, each.second.id); });
  std::vector<Upload> all;
  for (auto& [date, upload] : dated) all.push_back(std::move(upload));
  return all;
}

Expected<std::string> find_upload(std::string_view id) {
  auto video = find(id, kUploadVideo);
  return video ? video : find(id, kUploadPicture);
}

Expected<std::string> find_upload_thumbnail(std::string_view id) {
  return find(id, kUploadThumbnail);
}

Expected<void> remove_upload(std::string_view id) {
  if (!find_upload(id)) return unknown(id);
  const fs::path all = folder_of_all(), gone = all / fmt::format(".{}.gone", id);
  std::error_code error;
  fs::rename(all / std::string(id), gone, error);
  if (!error) fs::remove_all(gone, error);
  if (error) return fail_errno(fmt::format("remove {}/{}", all.string(), id), error.value());
  return {};
}

Expected<UniqueFd> open_incoming() {
  const auto all = make_folder_of_all();
  if (!all) return std::unexpected(all.error());
  if (list_uploads().size() >= kMostUploads || bytes_in(*all) >= kMostUploadedBytes)
    return fail(Errc::kRequest, "there are {} backgrounds or {} MB of them already; delete some",
                kMostUploads, kMostUploadedBytes >> 20);
  const auto file = PendingFile::create(*all / "incoming");  // its name goes with it
  if (!file) return std::unexpected(file.error());
  UniqueFd nameless(::fcntl(file->fd(), F_DUPFD_CLOEXEC, 0));
  if (!nameless) return fail_errno("make a file in " + all->string());
  return nameless;
}

Expected<NewUpload> NewUpload::make() {
  const auto all = make_folder_of_all();
  if (!all) return std::unexpected(all.error());
  remove_forgotten(*all);
  std::array<unsigned char, kIdLength / 2> random;
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
    return fail_errno("get random bytes");
  std::string id;
  for (const unsigned char byte : random) id += fmt::format("{:02x}", byte);
  const std::string folder = *all / fmt::format(".{}", id);
  if (::mkdir(folder.c_str(), 0700) != 0) return fail_errno("make " + folder);
  return NewUpload(std::move(id), folder);
}

NewUpload::NewUpload(NewUpload&& other) noexcept
    : id_(std::move(other.id_)), folder_(std::exchange(other.folder_, {})) {}

NewUpload::~NewUpload() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Expected<Upload> NewUpload::keep(std::string_view name) {
  const Upload upload{id_, fs::path(presentable(name)).stem(),
                      fs::exists(fs::path(folder_) / kUploadVideo)};
  std::ofstream file(fs::path(folder_) / kUploadName);
  file << upload.name << '\n';
  file.close();
  const fs::path place = fs::path(folder_).parent_path() / id_;
  if (!file || ::rename(folder_.c_str(), place.c_str()) != 0)
    return fail_errno("keep " + place.string());
  folder_.clear();
  return upload;
}

std::string presentable(std::string_view name) {
  name.remove_prefix(std::min(name.size(), name.find_last_of("/\\") + 1));
  std::string text;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool begins = (byte & 0xc0) != 0x80;  // a character, in UTF-8
    if (text.size() >= kMostNameBytes + (begins ? 0 : 3)) break;
    if (byte >= 0x20 && byte != 0x7f) text += c;
  }
  const auto first = text.find_first_not_of(' ');
  if (first == text.npos) return "Background";
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

}  // namespace scrim
