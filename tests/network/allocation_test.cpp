// run() takes no memory: counted in a program that replaces operator new.
#include <gtest/gtest.h>

#include "allocations.h"
#include "network/network.h"
#include "network/pictures.h"
#include "network/tflite_reader.h"

namespace scrim {
namespace {

TEST(NetworkAllocation, RunTakesNoMemory) {
  if (!kCountsAllocations) GTEST_SKIP() << "sanitizers bring their own operator new";
  const auto file = model_bytes("selfie");
  if (file.empty()) GTEST_SKIP() << "the networks are not fetched: run `npm ci` in models/";
  auto graph = read_tflite(file);
  ASSERT_TRUE(graph) << graph.error().what;
  for (const Kernels* kernels : available_kernels()) {
    auto network = Network::create(*graph, *kernels);
    ASSERT_TRUE(network) << network.error().what;
    const auto before = allocation_count();
    ASSERT_GT(before, 0u);
    network->run();
    EXPECT_EQ(allocation_count(), before) << kernels->name;
  }
}

}  // namespace
}  // namespace scrim
