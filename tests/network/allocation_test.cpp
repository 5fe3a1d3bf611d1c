// run() takes no memory: counted in a program that replaces operator new.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "network/network.h"
#include "network/pictures.h"
#include "network/tflite_reader.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SCRIM_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SCRIM_SANITIZED 1
#endif
#endif

namespace {
std::atomic<long> allocations = 0;
}

#ifndef SCRIM_SANITIZED
// GCC takes free() here for a mismatch: it does not see that this operator new is malloc().
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size ? size : 1)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  ++allocations;
  const auto line = static_cast<std::size_t>(alignment);
  if (void* memory = std::aligned_alloc(line, (size + line) / line * line)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}
#endif

namespace scrim {
namespace {

TEST(NetworkAllocation, RunTakesNoMemory) {
#ifdef SCRIM_SANITIZED
  GTEST_SKIP() << "sanitizers bring their own operator new";
#endif
  const auto file = model_bytes("selfie");
  if (file.empty()) GTEST_SKIP() << "the networks are not fetched: run `npm ci` in models/";
  auto graph = read_tflite(file);
  ASSERT_TRUE(graph) << graph.error().what;
  for (const Kernels* kernels : available_kernels()) {
    auto network = Network::create(*graph, *kernels);
    ASSERT_TRUE(network) << network.error().what;
    const long before = allocations;
    ASSERT_GT(before, 0);
    network->run();
    EXPECT_EQ(allocations, before) << kernels->name;
  }
}

}  // namespace
}  // namespace scrim
