#include "media/video_writer.h"

#include <filesystem>
#include <string_view>

#include "media/containers.h"
#include "media/png.h"
#include "media/stream_writer.h"

namespace scrim {
namespace {

const Container* container_for(const std::string& path, Content content) {
  if (path != "-") return container_of(path);
  return container_of(content == Content::kCutout ? "-.nut" : "-.y4m");
}

std::string known_names() {
  std::string names;
  for (const Container& container : containers()) names += fmt::format("{}, ", container.extension);
  return names + ".png, or a folder with / at its end; - is standard output";
}

}  // namespace

Expected<void> check_output_name(const std::string& path, Content content) {
  if (is_png_name(path)) {
    const auto names = parse_png_names(path);
    return names ? Expected<void>{} : std::unexpected(names.error());
  }
  const Container* container = container_for(path, content);
  if (!container)
    return fail(Errc::kRequest, "output '{}': the end of the name must tell the format: {}", path,
                known_names());
  if (!holds(*container, content))  // none lacks anything else
    return fail(Errc::kRequest,
                "output '{}': {} holds no transparency; use .mov, .webm, .mkv or .png", path,
                container->extension);
  return {};
}

bool would_replace(const std::string& path, const std::string& file) {
  if (is_png_name(path)) {
    const auto pictures = parse_png_names(path);
    return pictures && pictures->include(file);
  }
  std::error_code missing;
  return std::filesystem::equivalent(path, file, missing);
}

Expected<std::unique_ptr<VideoWriter>> create_video(const std::string& path,
                                                    const WriteOptions& options) {
  if (auto ok = check_output_name(path, options.content); !ok) return std::unexpected(ok.error());
  if (is_png_name(path)) return create_png_writer(path, options);
  return create_stream_writer(path, *container_for(path, options.content), options);
}

}  // namespace scrim
