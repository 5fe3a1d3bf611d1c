// Scaling takes no memory, whatever the sizes.
#include <gtest/gtest.h>

#include "allocations.h"
#include "image/scale.h"

namespace scrim {
namespace {

TEST(ScaleAllocation, None) {
  if (!kCountsAllocations) GTEST_SKIP() << "sanitizers bring their own operator new";
  const Size sizes[] = {{320, 180}, {180, 320}, {100, 190}, {640, 360}, {17, 900}};
  for (Size from : sizes)
    for (Size to : sizes) {
      PlaneBuffer in(from), out(to);
      fill(in.view(), 99);
      const auto before = allocation_count();
      scale(in.view(), out.view());
      EXPECT_EQ(allocation_count(), before)
          << from.width << 'x' << from.height << " to " << to.width;
    }
}

}  // namespace
}  // namespace scrim
