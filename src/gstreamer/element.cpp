// The GStreamer element `scrim`: libscrim as a video filter, in place, I420 in and out.
//
// Properties are the options of libscrim. They may be set at any time and from any thread: the next
// picture shows them. What is wrong when pictures begin is an error on the bus; what is wrong later
// a warning, and the property and the picture stay as they were. A picture that cannot be made is
// an error, too: none goes on with the room in it.
// Tested by tests/gstreamer.
#include <gst/video/gstvideofilter.h>
#include <gst/video/video.h>
#include <scrim/scrim.h>

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace {

struct Property {
  const char *name, *nick, *help;
};
constexpr Property kProperties[] = {
    {"background", "Background",
     "What stands behind, a chain: blur (where this is empty), "
     "colour:00b140, scene:sea, gradient:navy-black, room,bokeh"},
    {"person", "Effects on the person", "A chain of effects: outline, glow, hologram"},
    {"picture", "Effects on the picture", "A chain of effects: mirror, autolight,text:Ada"},
    {"segmenter", "Segmenter",
     "What finds the person: person (where this is empty), "
     "person?model=selfie_landscape, chroma?colour=00b140"},
    {"matte", "Matte", "Its keys with commas between: threshold=0.7,smooth=0,dilate=2"},
    {"effort", "Effort", "low, normal (where this is empty) or high"},
};
constexpr std::size_t kCount = std::size(kProperties);

struct Destroy {
  void operator()(scrim_handle* handle) const { scrim_destroy(handle); }
};

struct State {
  std::mutex mutex;
  std::array<std::string, kCount> texts;          // guarded by mutex
  std::unique_ptr<scrim_handle, Destroy> handle;  // guarded by mutex; while there are caps
  std::string told;  // the error of set_info(), which is asked again and again; guarded by mutex
  GstClockTime next = 0;  // when a picture without a time was taken; the streaming thread's alone
};

struct GstScrim {
  GstVideoFilter parent;
  State* state;
};
struct GstScrimClass {
  GstVideoFilterClass parent;
};

G_DEFINE_TYPE(GstScrim, gst_scrim, GST_TYPE_VIDEO_FILTER)

// BT.601 limited range is what the library works in, so it is asked for first. Others pass: then
// what is drawn has slightly other colours, the person the same.
GstCaps* make_caps() {
  return gst_caps_from_string(
      "video/x-raw, format=I420, width=[1,16384], height=[1,16384], framerate=[0/1,2147483647/1], "
      "colorimetry=bt601; "
      "video/x-raw, format=I420, width=[1,16384], height=[1,16384], framerate=[0/1,2147483647/1]");
}

GstScrim* self_of(gpointer object) {
  return static_cast<GstScrim*>(object);
}

void set_property(GObject* object, guint id, const GValue* value, GParamSpec*) {
  GstScrim* self = self_of(object);
  const char* given = g_value_get_string(value);
  const std::string text = given ? given : "";
  const char* name = kProperties[id - 1].name;
  std::string wrong;
  {
    std::lock_guard lock(self->state->mutex);
    scrim_handle* handle = self->state->handle.get();
    if (handle && scrim_set(handle, name, text.c_str()) != SCRIM_OK)
      wrong = scrim_error(handle);
    else
      self->state->texts[id - 1] = text;
    self->state->told.clear();
  }
  if (!wrong.empty())
    GST_ELEMENT_WARNING(self, LIBRARY, SETTINGS, ("%s", wrong.c_str()),
                        ("property %s stays as it was", name));
}

void get_property(GObject* object, guint id, GValue* value, GParamSpec*) {
  State& state = *self_of(object)->state;
  std::lock_guard lock(state.mutex);
  g_value_set_string(value, state.texts[id - 1].c_str());
}

/// A handle for pictures of this size with all that is set, or why there is none.
std::string open_handle(State& state, int width, int height) {
  std::array<char, 512> why{};
  std::lock_guard lock(state.mutex);
  state.handle.reset(scrim_create(width, height, why.data(), why.size()));
  if (!state.handle) return why.data();
  for (std::size_t i = 0; i < kCount; ++i)
    if (scrim_set(state.handle.get(), kProperties[i].name, state.texts[i].c_str()) != SCRIM_OK) {
      const std::string wrong = scrim_error(state.handle.get());
      state.handle.reset();
      return wrong;
    }
  return "";
}

bool is_news(State& state, const std::string& wrong) {
  std::lock_guard lock(state.mutex);
  return std::exchange(state.told, wrong) != wrong;
}

gboolean set_info(GstVideoFilter* filter, GstCaps*, GstVideoInfo* in, GstCaps*, GstVideoInfo*) {
  GstScrim* self = self_of(filter);
  const std::string wrong = open_handle(*self->state, in->width, in->height);
  if (wrong.empty()) return TRUE;
  if (is_news(*self->state, wrong))
    GST_ELEMENT_ERROR(self, LIBRARY, SETTINGS, ("%s", wrong.c_str()), (nullptr));
  return FALSE;
}

/// When the picture was taken, in running time; one that does not say follows the one before.
GstClockTime moment_of(GstScrim* self, const GstVideoFrame* frame) {
  const GstSegment& segment = GST_BASE_TRANSFORM(self)->segment;
  GstClockTime time =
      gst_segment_to_running_time(&segment, GST_FORMAT_TIME, GST_BUFFER_PTS(frame->buffer));
  if (!GST_CLOCK_TIME_IS_VALID(time)) time = self->state->next;
  const GstVideoInfo& info = frame->info;
  const GstClockTime period = info.fps_n > 0
                                  ? gst_util_uint64_scale_int(GST_SECOND, info.fps_d, info.fps_n)
                                  : GST_SECOND / 30;
  self->state->next = time + period;
  return time;
}

scrim_plane plane_of(const GstVideoFrame* frame, guint i) {
  return {static_cast<uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(frame, i)),
          GST_VIDEO_FRAME_PLANE_STRIDE(frame, i)};
}

GstFlowReturn transform_frame_ip(GstVideoFilter* filter, GstVideoFrame* frame) {
  GstScrim* self = self_of(filter);
  const scrim_image image{GST_VIDEO_FRAME_WIDTH(frame), GST_VIDEO_FRAME_HEIGHT(frame),
                          plane_of(frame, 0), plane_of(frame, 1), plane_of(frame, 2)};
  const auto time = static_cast<int64_t>(moment_of(self, frame));
  std::string wrong = "no size was agreed on";
  {
    std::lock_guard lock(self->state->mutex);
    scrim_handle* handle = self->state->handle.get();
    if (handle && scrim_process(handle, &image, &image, time) == SCRIM_OK) return GST_FLOW_OK;
    if (handle) wrong = scrim_error(handle);
  }
  GST_ELEMENT_ERROR(self, LIBRARY, FAILED, ("%s", wrong.c_str()), (nullptr));
  return GST_FLOW_ERROR;
}

gboolean stop(GstBaseTransform* transform) {
  State& state = *self_of(transform)->state;
  std::lock_guard lock(state.mutex);
  state.handle.reset();
  state.told.clear();
  state.next = 0;
  return TRUE;
}

void finalize(GObject* object) {
  delete self_of(object)->state;
  G_OBJECT_CLASS(gst_scrim_parent_class)->finalize(object);
}

void gst_scrim_init(GstScrim* self) {
  self->state = new State;
}

void gst_scrim_class_init(GstScrimClass* self) {
  GObjectClass* object = G_OBJECT_CLASS(self);
  object->set_property = set_property;
  object->get_property = get_property;
  object->finalize = finalize;
  constexpr auto kFlags = static_cast<GParamFlags>(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                   GST_PARAM_MUTABLE_PLAYING);
  for (guint i = 0; i < kCount; ++i)
    g_object_class_install_property(object, i + 1,
                                    g_param_spec_string(kProperties[i].name, kProperties[i].nick,
                                                        kProperties[i].help, "", kFlags));

  GstElementClass* element = GST_ELEMENT_CLASS(self);
  gst_element_class_set_static_metadata(
      element, "Virtual background", "Filter/Effect/Video",
      "Finds the person in every picture, and replaces or blurs what is behind",
      "Scrim's contributors");
  GstCaps* caps = make_caps();
  for (const auto direction : {GST_PAD_SINK, GST_PAD_SRC})
    gst_element_class_add_pad_template(
        element, gst_pad_template_new(direction == GST_PAD_SINK ? "sink" : "src", direction,
                                      GST_PAD_ALWAYS, caps));
  gst_caps_unref(caps);

  GST_BASE_TRANSFORM_CLASS(self)->stop = stop;
  GST_VIDEO_FILTER_CLASS(self)->set_info = set_info;
  GST_VIDEO_FILTER_CLASS(self)->transform_frame_ip = transform_frame_ip;
}

gboolean register_element(GstPlugin* plugin) {
  return gst_element_register(plugin, "scrim", GST_RANK_NONE, gst_scrim_get_type());
}

}  // namespace

#define PACKAGE "scrim"
GST_PLUGIN_DEFINE(GST_VERSION_MAJOR, GST_VERSION_MINOR, scrim,
                  "Virtual background: finds the person, replaces what is behind", register_element,
                  SCRIM_VERSION, "Apache 2.0", "Scrim", "Scrim")
