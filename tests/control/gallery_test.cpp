#include "control/gallery.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "control/trust.h"

namespace scrim {
namespace {

TEST(Gallery, EveryPictureCanBeAskedForAndDrawn) {
  std::set<std::string> ids;
  for (const GalleryPicture& each : gallery()) {
    EXPECT_TRUE(ids.insert(each.id).second) << each.id;
    EXPECT_EQ(each.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string::npos);
    const auto chain = parse_chain(each.chain);
    ASSERT_TRUE(chain) << each.chain;
    EXPECT_TRUE(check({*chain, {}, {}})) << each.chain;
    EXPECT_TRUE(check_harmless(*chain, {})) << each.chain;
    EXPECT_TRUE(draw_thumbnail(each, {32, 18})) << each.shown;
  }
  EXPECT_TRUE(ids.contains("scene-sea"));
}

}  // namespace
}  // namespace scrim
