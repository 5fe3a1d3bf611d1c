#include "sinks/hash.h"

#include <gtest/gtest.h>

#include "sinks/sink.h"
#include "support/media.h"

namespace scrim {
namespace {

TEST(Hash, IsTheSameOnEveryMachine) {
  Image picture({5, 3});
  for (Plane plane : {picture.view().y, picture.view().u, picture.view().v})
    for (int y = 0; y < plane.height; ++y)
      for (int x = 0; x < plane.width; ++x)
        plane.row(y)[x] = static_cast<std::uint8_t>(16 + 7 * x + 31 * y);
  EXPECT_EQ(hash_of(picture.view()), 0x37b78e4ca00463ebu);
}

TEST(Hash, SeesEveryVisibleSampleAndNoPadding) {
  const Size size{21, 11};
  Image picture = moving_picture(size, 0);
  const std::uint64_t before = hash_of(picture.view());
  for (Plane plane : {picture.view().y, picture.view().u, picture.view().v})
    for (int y = 0; y < plane.height; ++y) {
      for (int x = 0; x < plane.width; ++x) {
        plane.row(y)[x] ^= 1;
        EXPECT_NE(hash_of(picture.view()), before);
        plane.row(y)[x] ^= 1;
      }
      plane.row(y)[plane.width] ^= 1;  // beyond the row's end, within its stride
    }
  EXPECT_EQ(hash_of(picture.view()), before);
}

TEST(HashSink, WritesOneLineForEachPicture) {
  const TestFolder folder;
  auto sink = open_sink({"hash", folder / "h.txt", {}}, {.size = {32, 16}});
  ASSERT_TRUE(sink);
  std::string wanted;
  for (int k = 0; k < 3; ++k) {
    const Image picture = moving_picture({32, 16}, k % 2);
    ASSERT_TRUE((*sink)->write({picture.view(), picture.view(), {}, at_seconds(k / 30.0)}));
    wanted += fmt::format("{} {:.6f} {:016x}\n", k, k / 30.0, hash_of(picture.view()));
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "h.txt")) << "not before it is whole";
  ASSERT_TRUE((*sink)->close());
  EXPECT_EQ(read_bytes(folder / "h.txt"), wanted);
}

TEST(HashSink, WritesToStandardOutputWithoutAName) {
  auto sink = open_sink({"hash", "", {}}, {.size = {32, 16}});
  ASSERT_TRUE(sink);
  const Image picture = moving_picture({32, 16}, 0);
  testing::internal::CaptureStdout();
  ASSERT_TRUE((*sink)->write({picture.view(), picture.view(), {}, kStart}));
  ASSERT_TRUE((*sink)->close());
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            fmt::format("0 0.000000 {:016x}\n", hash_of(picture.view())));
}

}  // namespace
}  // namespace scrim
