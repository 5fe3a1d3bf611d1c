#include "session/stages.h"

#include <gtest/gtest.h>

namespace scrim {
namespace {

std::string person_of(const char* person, const char* segmenter) {
  return print(with_despill({{}, *parse_chain(person), {}}, *parse_spec(segmenter)).person);
}

TEST(Despill, TakesTheShineOfAScreenOffFirst) {
  EXPECT_EQ(person_of("", "chroma"), "despill");
  EXPECT_EQ(person_of("glow", "chroma?colour=0000ff&softness=0.2"), "despill?colour=0000ff,glow");
}

TEST(Despill, LeavesAChainThatSaysHowAlone) {
  EXPECT_EQ(person_of("glow,despill?strength=0", "chroma"), "glow,despill?strength=0");
}

TEST(Despill, LeavesOtherSegmentersAlone) {
  EXPECT_EQ(person_of("glow", "person"), "glow");
}

}  // namespace
}  // namespace scrim
