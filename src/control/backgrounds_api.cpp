// Tested by tests/apps/panel.
#include "control/backgrounds_api.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "control/answers.h"
#include "control/door.h"
#include "control/gallery.h"
#include "media/jpeg.h"
#include "media/upload_store.h"

namespace scrim {
namespace {

constexpr Size kThumbnail{320, 180};
constexpr int kThumbnailQuality = 82;
constexpr std::string_view kKind = "upload";

Json item(std::string_view id, std::string_view group, std::string_view label, const Json& chain) {
  return {{"id", id},
          {"group", group},
          {"label", label},
          {"chain", chain},
          {"thumbnail", fmt::format("/api/backgrounds/{}.jpg", id)}};
}

Json describe(const Upload& upload) {
  Json json = item(upload.id, "uploads", upload.name,
                   Json::array({fmt::format("{}:{}", kKind, upload.id)}));
  json["moves"] = upload.moves;
  return json;
}

/// The id that the path ends with.
std::string_view name_in(const HttpRequest& request) {
  constexpr std::string_view kBefore = "/api/backgrounds/";
  return std::string_view(request.path).substr(kBefore.size());
}

HttpResponse as_thumbnail(HttpResponse answer) {
  answer.headers.emplace_back("Cache-Control", "private, max-age=86400");
  return answer;
}

Expected<std::vector<std::uint8_t>> read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file || bytes.empty()) return fail(Errc::kSystem, "read {}: it cannot be read", path);
  return bytes;
}

}  // namespace

HttpResponse get_backgrounds(Session&, const HttpRequest&) {
  Json all = Json::array();
  for (const Upload& each : list_uploads()) all.push_back(describe(each));
  for (const GalleryPicture& each : gallery())
    all.push_back(item(each.id, each.group, each.label,
                       scrim::describe(Look{*parse_chain(each.chain), {}, {}})["background"]));
  return answer_json(all);
}

HttpResponse get_thumbnail(Session&, const HttpRequest& request) {
  const std::string_view file = name_in(request), id = file.substr(0, file.rfind(".jpg"));
  if (id == file) return refuse(404, "no such background");
  if (const auto own = find_upload_thumbnail(id))
    return as_thumbnail(answer_bytes(read_whole(*own), "image/jpeg"));
  const auto found = std::ranges::find(gallery(), id, &GalleryPicture::id);
  if (found == gallery().end()) return refuse(404, "no such background");
  const auto drawn = draw_thumbnail(*found, kThumbnail);
  if (!drawn) return refuse(500, drawn.error().what);
  return as_thumbnail(answer_bytes(encode_jpeg(drawn->view(), kThumbnailQuality), "image/jpeg"));
}

HttpResponse delete_background(Session& session, const HttpRequest& request) {
  const std::string id(name_in(request));
  const auto turn = session.take_turn();
  const Look look = session.status().look;
  const auto shows_it = [&](const Spec& spec) { return spec.kind == kKind && spec.argument == id; };
  if (std::ranges::any_of(look.background, shows_it))
    return refuse(409, fmt::format("'{}:{}' is shown; choose another background first", kKind, id));
  if (auto ok = find_upload(id); !ok) return refuse(404, ok.error().what);
  if (auto ok = remove_upload(id); !ok) return answer_error(ok.error());
  return answer_json({{"ok", true}});
}

Json describe_upload(std::string_view id) {
  for (const Upload& each : list_uploads())
    if (each.id == id) return describe(each);
  return nullptr;
}

}  // namespace scrim
