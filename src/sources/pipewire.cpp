// A camera of PipeWire's: of another program, or one of the kernel's that several may read at once.
// Tested by tests/pipewire.
#include "base/text.h"
#include "devices/pipewire_listing.h"
#include "devices/pipewire_reader.h"
#include "image/scale.h"
#include "media/jpeg.h"
#include "sources/kinds.h"

namespace scrim {
namespace {

constexpr Clock::duration kLongestWait = std::chrono::seconds(1);
constexpr double kUsualFps = 30;  // where none is said

std::string describe(const PipewireCamera& camera, const PipewireFormat& format) {
  return fmt::format("{} (PipeWire, {}): {}x{} {}", camera.label, camera.name, format.size.width,
                     format.size.height, format.layout ? "raw" : "mjpeg");
}

class PipewireSource : public Source {
 public:
  PipewireSource(std::unique_ptr<PipewireReader> reader, PipewireCamera camera,
                 std::optional<Size> size)
      : reader_(std::move(reader)),
        camera_(std::move(camera)),
        size_(size.value_or(reader_->format().size)),
        fps_(reader_->format().fps > 0 ? reader_->format().fps : kUsualFps) {}

  Size size() const override { return size_; }
  double fps() const override { return fps_; }
  std::string description() const override { return describe(camera_, reader_->format()); }
  std::uint64_t damaged() const override { return damaged_; }
  bool is_device() const override { return true; }
  std::string identity() const override { return camera_.name; }

  Expected<Clock::time_point> read(ImageView out) override {
    const auto deadline = Clock::now() + kLongestWait;
    for (;;) {
      std::optional<Clock::time_point> captured;
      const auto came = reader_->read(deadline, [&](const PipewireReader::Picture& picture) {
        if (!picture.damaged && convert(picture, out)) captured = picture.captured;
      });
      if (!came) return std::unexpected(came.error());
      if (captured) return *captured;
      ++damaged_;
    }
  }

 private:
  bool convert(const PipewireReader::Picture& picture, ImageView out) {
    const Size given = picture.format.size;
    if (given == size_) return unpack_into(picture, out);
    if (!whole_ || whole_->size() != given) whole_ = Image(given);
    if (!unpack_into(picture, whole_->view())) return false;
    scale_to_cover(std::as_const(*whole_).view(), out);
    return true;
  }

  bool unpack_into(const PipewireReader::Picture& picture, ImageView out) {
    const PipewireFormat& format = picture.format;
    if (!format.layout) return jpeg_.decode(picture.bytes, out).has_value();
    if (picture.bytes.size() < byte_count(*format.layout, format.size, picture.stride))
      return false;
    unpack(ConstRaw{*format.layout, format.size, picture.bytes.data(), picture.stride},
           format.space, out);
    return true;
  }

  const std::unique_ptr<PipewireReader> reader_;
  const PipewireCamera camera_;
  const Size size_;
  const double fps_;
  std::optional<Image> whole_;  // the camera's picture, where it is of another size
  JpegDecoder jpeg_;
  std::uint64_t damaged_ = 0;
};

}  // namespace

OpenedSource open_pipewire_camera(const Spec& spec, const SourceRequest& request) {
  const std::string& name = request.identity.empty() ? spec.argument : request.identity;
  auto camera = find_pipewire_camera(list_pipewire(), name);
  if (!camera) return std::unexpected(camera.error());
  auto reader = PipewireReader::open(*camera, request.size.value_or(kDrawnSize), request.fps);
  if (!reader) return std::unexpected(reader.error());
  return std::make_unique<PipewireSource>(*std::move(reader), *std::move(camera), request.size);
}

}  // namespace scrim
