// The C border: arguments are checked here, and whatever goes wrong ends here as a text. The only
// symbols that the library shows; scrim.map keeps the rest in.
// Tested by tests/library/library_test.cpp and tests/library/symbols.
#include <scrim/scrim.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <new>
#include <optional>
#include <string_view>

#include "library/compositor.h"

struct scrim_handle {
  explicit scrim_handle(scrim::Size size) : compositor(size) {}
  scrim::Compositor compositor;
  std::array<char, 1024> error{};
};

namespace {

using scrim::Errc, scrim::Expected, scrim::fail, scrim::Size;

void write_text(std::string_view text, char* out, std::size_t size) {
  if (!out || size == 0) return;
  const std::size_t length = std::min(text.size(), size - 1);
  std::memcpy(out, text.data(), length);
  out[length] = 0;
}

/// What scrim_error() will say.
int end(scrim_handle& handle, Errc code, std::string_view text) {
  write_text(text, handle.error.data(), handle.error.size());
  return code == Errc::kRequest ? SCRIM_WRONG : SCRIM_FAILED;
}

/// Calls `work`, and nothing gets out but a result.
template <class Work>
int guarded(scrim_handle* handle, Work work) noexcept {
  if (!handle) return SCRIM_WRONG;
  handle->error[0] = 0;
  try {
    const Expected<void> done = work();
    return done ? SCRIM_OK : end(*handle, done.error().code, done.error().what);
  } catch (const std::bad_alloc&) {
    return end(*handle, Errc::kSystem, "not enough memory; smaller pictures need less");
  } catch (const std::exception& error) {
    return end(*handle, Errc::kSystem, error.what());
  } catch (...) {
    return end(*handle, Errc::kSystem, "an unknown failure");
  }
}

bool has_a_size(Size size) {
  return std::min(size.width, size.height) >= 1 &&
         std::max(size.width, size.height) <= scrim::kMaxSide;
}

/// `name` and `part`: of the argument, for errors.
Expected<scrim::Plane> view_of(const char* name, const char* part, const scrim_plane& plane,
                               Size size) {
  if (!plane.data) return fail(Errc::kRequest, "{}{}: no data (a null pointer)", name, part);
  if (plane.stride < size.width)
    return fail(Errc::kRequest, "{}{}: a stride of {} bytes, but rows have {}", name, part,
                plane.stride, size.width);
  return scrim::Plane{plane.data, size.width, size.height, plane.stride};
}

Expected<scrim::ImageView> view_of(const char* name, const scrim_image* image) {
  if (!image) return fail(Errc::kRequest, "{}: no picture (a null pointer)", name);
  const Size size{image->width, image->height};
  if (!has_a_size(size))
    return fail(Errc::kRequest, "{}: a picture of {}x{}; both sides must be 1 to {}", name,
                size.width, size.height, scrim::kMaxSide);
  const auto y = view_of(name, ".y", image->y, size);
  if (!y) return std::unexpected(y.error());
  const auto u = view_of(name, ".u", image->u, chroma_size(size));
  if (!u) return std::unexpected(u.error());
  const auto v = view_of(name, ".v", image->v, chroma_size(size));
  if (!v) return std::unexpected(v.error());
  return scrim::ImageView{*y, *u, *v};
}

/// A picture of the handle's size.
Expected<scrim::ImageView> view_for(const scrim_handle* handle, const char* name,
                                    const scrim_image* image) {
  auto view = view_of(name, image);
  const Size size = handle->compositor.size();
  if (view && view->size() != size)
    return fail(Errc::kRequest,
                "{}: a picture of {}x{}, but the handle is for {}x{}; scale it, or create another",
                name, image->width, image->height, size.width, size.height);
  return view;
}

Expected<scrim::Clock::time_point> moment(std::int64_t time_ns) {
  if (time_ns < 0)
    return fail(Errc::kRequest, "time_ns: {} is before 0; count from an earlier moment", time_ns);
  return scrim::Clock::time_point(std::chrono::nanoseconds(time_ns));
}

Expected<std::string_view> text_of(const char* name, const char* text) {
  if (!text) return fail(Errc::kRequest, "{}: no text (a null pointer)", name);
  return text;
}

}  // namespace

int scrim_abi_version() {
  return SCRIM_ABI_VERSION;
}

const char* scrim_version() {
  return SCRIM_VERSION;
}

scrim_handle* scrim_create(int width, int height, char* error, size_t error_size) {
  write_text("", error, error_size);
  if (!has_a_size({width, height})) {
    std::array<char, 128> why{};
    const auto written =
        fmt::format_to_n(why.data(), why.size(), "size {}x{}: both sides must be 1 to {}", width,
                         height, scrim::kMaxSide);
    write_text({why.data(), std::min(written.size, why.size())}, error, error_size);
    return nullptr;
  }
  try {
    return new scrim_handle({width, height});
  } catch (...) {
    write_text("not enough memory for a handle", error, error_size);
    return nullptr;
  }
}

void scrim_destroy(scrim_handle* handle) {
  delete handle;
}

int scrim_set(scrim_handle* handle, const char* option, const char* text) {
  return guarded(handle, [&]() -> Expected<void> {
    const auto name = text_of("option", option), value = text_of("text", text);
    if (!name) return std::unexpected(name.error());
    if (!value) return std::unexpected(value.error());
    return handle->compositor.set(*name, *value);
  });
}

int scrim_give_picture(scrim_handle* handle, const char* name, const scrim_image* picture,
                       const scrim_plane* alpha) {
  return guarded(handle, [&]() -> Expected<void> {
    const auto given = text_of("name", name);
    if (!given) return std::unexpected(given.error());
    const auto view = view_of("picture", picture);
    if (!view) return std::unexpected(view.error());
    if (!alpha) return handle->compositor.give_picture(std::string(*given), *view, std::nullopt);
    const auto covers = view_of("alpha", "", *alpha, view->size());
    if (!covers) return std::unexpected(covers.error());
    return handle->compositor.give_picture(std::string(*given), *view, *covers);
  });
}

int scrim_process(scrim_handle* handle, const scrim_image* in, const scrim_image* out,
                  int64_t time_ns) {
  return guarded(handle, [&]() -> Expected<void> {
    const auto from = view_for(handle, "in", in), to = view_for(handle, "out", out);
    if (!from) return std::unexpected(from.error());
    if (!to) return std::unexpected(to.error());
    const auto now = moment(time_ns);
    if (!now) return std::unexpected(now.error());
    return handle->compositor.process(*from, *to, *now);
  });
}

int scrim_matte(scrim_handle* handle, const scrim_image* in, const scrim_plane* out,
                int64_t time_ns) {
  return guarded(handle, [&]() -> Expected<void> {
    const auto from = view_for(handle, "in", in);
    if (!from) return std::unexpected(from.error());
    if (!out) return fail(Errc::kRequest, "out: no plane (a null pointer)");
    const auto to = view_of("out", "", *out, from->size());
    if (!to) return std::unexpected(to.error());
    const auto now = moment(time_ns);
    if (!now) return std::unexpected(now.error());
    return handle->compositor.matte(*from, *to, *now);
  });
}

int scrim_forget(scrim_handle* handle) {
  return guarded(handle, [&]() -> Expected<void> {
    handle->compositor.forget();
    return {};
  });
}

const char* scrim_error(const scrim_handle* handle) {
  return handle ? handle->error.data() : "no handle (a null pointer)";
}
