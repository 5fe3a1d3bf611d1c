// A frame's path allocates nothing: a run of many frames allocates as often as one of few.
#include <gtest/gtest.h>

#include "allocations.h"
#include "pipeline/pipeline.h"
#include "support/fakes.h"

namespace scrim {
namespace {

class CountSink : public Sink {
 public:
  Size size() const override { return {64, 48}; }
  Expected<void> write(const Shot&) override { return {}; }
};

std::uint64_t allocations_of(int frames, const char* background, const char* person) {
  const auto before = allocation_count();
  const Size size{64, 48};
  auto composer = Composer::make({*parse_chain(background), *parse_chain(person), {}}, size);
  std::vector<std::unique_ptr<Sink>> sinks;
  sinks.push_back(std::make_unique<CountSink>());
  Pipeline pipeline(
      {std::make_unique<CountingSource>(size, frames), std::make_unique<EchoSegmenter>(), Matting(),
       *std::move(composer), std::move(sinks)},
      Pacing::kOffline);
  EXPECT_TRUE(pipeline.run(false));
  return allocation_count() - before;
}

TEST(Allocations, NoneOnAFramesPath) {
  if (!kCountsAllocations) GTEST_SKIP() << "sanitizers bring their own operator new";
  for (const char* background : {"blur", "colour:00b140", "scene,blur"})
    for (const char* person : {"", "mirror,blur"}) {
      allocations_of(2, background, person);
      EXPECT_EQ(allocations_of(5, background, person), allocations_of(50, background, person))
          << background << " / " << person;
    }
}

}  // namespace
}  // namespace scrim
