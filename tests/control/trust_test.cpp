#include "control/trust.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backgrounds/background.h"
#include "effects/effect.h"

namespace scrim {
namespace {

Expected<void> asked(const std::string& chain, const Look& shown = {}) {
  return check_harmless(*parse_chain(chain), shown);
}

TEST(Trust, PagesNameNoFiles) {
  for (const char* chain : {"image:/etc/passwd", "video:a.mp4", "slides:.", "blur,overlay:x.png",
                            "text:Hi?font=/a/b", "clock?font=b.ttf", "image:"})
    EXPECT_FALSE(asked(chain)) << chain;
  EXPECT_THAT(asked("image:a.png").error().what, testing::HasSubstr("names a file"));
}

TEST(Trust, PagesAskForTheRest) {
  for (const char* chain : {"", "blur", "colour:00b140", "gradient:navy-white,vignette",
                            "scene:sea", "text:a%2Cb/c", "text:Hi?font=Serif", "no-such-kind"})
    EXPECT_TRUE(asked(chain)) << chain;
}

TEST(Trust, WhatIsShownMayStay) {
  const Look shown{*parse_chain("image:a.png"), {}, {}};
  EXPECT_TRUE(asked("image:a.png,vignette", shown));
  EXPECT_FALSE(asked("image:b.png", shown));
  EXPECT_FALSE(asked("image:a.png?fit=contain", shown));
}

TEST(Trust, KindsWithFilesAreKnown) {
  std::vector<std::string_view> harmful;
  for (const Kind& kind : background_kinds())
    if (!is_harmless(kind)) harmful.push_back(kind.name);
  for (const Kind& kind : effect_kinds())
    if (!is_harmless(kind)) harmful.push_back(kind.name);
  EXPECT_THAT(harmful, testing::ElementsAre("image", "slides", "video", "overlay"));
}

}  // namespace
}  // namespace scrim
