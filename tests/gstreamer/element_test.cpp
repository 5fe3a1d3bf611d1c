// The element in GStreamer's own harness: caps, properties while pictures pass, errors on the bus.
#include <gst/check/gstharness.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>

namespace {

class Element : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    gst_init(nullptr, nullptr);
    ASSERT_TRUE(gst_plugin_load_file(SCRIM_PLUGIN, nullptr));
  }

  Element() {
    gst_element_set_bus(element(), bus_);
    set("segmenter", "oval");
  }
  ~Element() override {
    gst_harness_teardown(harness_);
    gst_object_unref(bus_);
  }

  GstElement* element() { return harness_->element; }
  void set(const char* property, const char* text) {
    g_object_set(element(), property, text, nullptr);
  }
  std::string get(const char* property) {
    gchar* text = nullptr;
    g_object_get(element(), property, &text, nullptr);
    const std::string got = text ? text : "";
    g_free(text);
    return got;
  }

  void begin(int width, int height) {
    gst_video_info_set_format(&info_, GST_VIDEO_FORMAT_I420, static_cast<guint>(width),
                              static_cast<guint>(height));
    info_.fps_n = 30;
    info_.fps_d = 1;
    gst_harness_set_src_caps(harness_, gst_video_info_to_caps(&info_));
  }

  /// A grey picture through the element: the luma of its first pixel, or -1.
  int push(GstClockTime time = GST_CLOCK_TIME_NONE) {
    GstBuffer* buffer = gst_buffer_new_allocate(nullptr, info_.size, nullptr);
    gst_buffer_memset(buffer, 0, 128, info_.size);
    GST_BUFFER_PTS(buffer) = time;
    if (gst_harness_push(harness_, buffer) != GST_FLOW_OK) return -1;
    GstBuffer* out = gst_harness_pull(harness_);
    guint8 luma = 0;
    gst_buffer_extract(out, 0, &luma, 1);
    EXPECT_EQ(gst_buffer_get_size(out), info_.size);
    gst_buffer_unref(out);
    return luma;
  }

  /// The text of the next message of a kind, or "".
  std::string said(GstMessageType kind) {
    GstMessage* message = gst_bus_pop_filtered(bus_, kind);
    if (!message) return "";
    GError* error = nullptr;
    if (kind == GST_MESSAGE_ERROR)
      gst_message_parse_error(message, &error, nullptr);
    else
      gst_message_parse_warning(message, &error, nullptr);
    const std::string text = error->message;
    g_error_free(error);
    gst_message_unref(message);
    return text;
  }

  GstBus* bus_ = gst_bus_new();
  GstHarness* harness_ = gst_harness_new("scrim");
  GstVideoInfo info_{};
};

TEST_F(Element, PutsABackgroundBehindThePerson) {
  set("background", "colour:white");
  begin(320, 240);
  EXPECT_EQ(push(0), 235);
  EXPECT_EQ(push(33 * GST_MSECOND), 235);
}

TEST_F(Element, TakesPicturesWithoutATime) {
  set("background", "colour:white");
  begin(64, 48);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(push(), 235);
}

TEST_F(Element, ShowsPropertiesThatChangeMeanwhile) {
  set("background", "colour:white");
  begin(64, 48);
  EXPECT_EQ(push(0), 235);
  set("background", "colour:black");
  EXPECT_EQ(push(33 * GST_MSECOND), 16);
  EXPECT_EQ(get("background"), "colour:black");
}

TEST_F(Element, WhatIsWrongMeanwhileIsAWarning) {
  set("background", "colour:white");
  begin(64, 48);
  EXPECT_EQ(push(0), 235);
  set("background", "colur:black");
  EXPECT_NE(said(GST_MESSAGE_WARNING).find("did you mean 'colour'?"), std::string::npos);
  EXPECT_EQ(get("background"), "colour:white");
  EXPECT_EQ(push(33 * GST_MSECOND), 235);
}

TEST_F(Element, WhatIsWrongFromTheBeginningIsOneError) {
  set("picture", "mirorr");
  begin(64, 48);
  EXPECT_EQ(push(0), -1);
  EXPECT_EQ(push(0), -1);
  EXPECT_NE(said(GST_MESSAGE_ERROR).find("did you mean 'mirror'?"), std::string::npos);
  EXPECT_EQ(said(GST_MESSAGE_ERROR), "");
}

TEST_F(Element, TakesAnotherSizeMeanwhile) {
  set("background", "colour:white");
  for (const auto& [width, height] :
       {std::pair{64, 48}, {641, 361}, {17, 9}, {3840, 2160}, {64, 48}}) {
    begin(width, height);
    EXPECT_EQ(push(0), 235) << width << "x" << height;
  }
}

TEST_F(Element, BeginsAnewAfterAStop) {
  set("background", "colour:white");
  begin(64, 48);
  EXPECT_EQ(push(0), 235);
  gst_element_set_state(element(), GST_STATE_READY);
  set("background", "colour:black");
  gst_element_set_state(element(), GST_STATE_PLAYING);
  begin(64, 48);
  EXPECT_EQ(push(0), 16);
}

TEST_F(Element, TakesNothingButI420) {
  gst_harness_set_src_caps_str(harness_,
                               "video/x-raw,format=NV12,width=64,height=48,framerate=30/1");
  info_.size = 64 * 48 * 3 / 2;
  EXPECT_EQ(push(0), -1);
}

}  // namespace
