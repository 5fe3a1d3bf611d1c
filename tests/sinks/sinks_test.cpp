#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sinks/sink.h"
#include "support/media.h"

namespace scrim {
namespace {

using testing::HasSubstr;

Errc code_of(const std::string& text) {
  const auto sink = open_sink(parse_spec(text).value(), {.size = {32, 16}});
  EXPECT_FALSE(sink) << text;
  return sink.error().code;
}

TEST(Sinks, RefuseWhatIsWrongInTheRequest) {
  for (const char* wrong :
       {"nul", "null:x", "null?size=big", "hash?size=0x5", "hash?matte=1", "file", "file:a.avi",
        "file:a.mp4?matte=maybe", "file:a.mkv?matte=1&alpha=1", "file:a.mp4?alpha=1",
        "file:a.mp4?size=10", "file:a.mp4?sound-from=soon", "pipewire?size=big",
        "pipewire?format=yuyv", "pipewire?fps=300"})
    EXPECT_EQ(code_of(wrong), Errc::kRequest) << wrong;
}

TEST(Sinks, TakeThePipelinesSizeOrTheirOwn) {
  const TestFolder folder;
  const std::string file = "file:" + folder / "a.mkv";
  for (const std::string& kind : {std::string("null"), std::string("hash"), file}) {
    const auto usual = open_sink(parse_spec(kind).value(), {.size = {32, 16}});
    const auto own = open_sink(parse_spec(kind + "?size=64x48").value(), {.size = {32, 16}});
    ASSERT_TRUE(usual && own);
    EXPECT_EQ((*usual)->size(), (Size{32, 16}));
    EXPECT_EQ((*own)->size(), (Size{64, 48}));
  }
}

TEST(Sinks, NullForgets) {
  const auto sink = open_sink({"null", "", {}}, {.size = {32, 16}});
  ASSERT_TRUE(sink);
  const Image picture = moving_picture({32, 16}, 0);
  EXPECT_TRUE((*sink)->watched());
  EXPECT_TRUE((*sink)->write({picture.view(), picture.view(), {}, kStart}));
  EXPECT_TRUE((*sink)->close());
}

}  // namespace
}  // namespace scrim
