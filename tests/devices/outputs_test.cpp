#include "devices/outputs.h"

#include <gtest/gtest.h>

namespace scrim {
namespace {

std::string outputs_of(std::vector<VirtualCamera> devices, bool pipewire) {
  const auto outputs = default_outputs({{}, std::move(devices)}, {.runs = pipewire});
  if (!outputs) return "error: " + outputs.error().what;
  std::string text;
  for (const Spec& spec : *outputs) text += spec.kind + ":" + spec.argument + " ";
  return text;
}

TEST(DefaultOutputs, AreAllThatAreNamedScrimAndPipewire) {
  EXPECT_EQ(outputs_of({{"/dev/video8", "Scrim", false, ""},
                        {"/dev/video9", "OBS", false, ""},
                        {"/dev/video10", "Scrim", false, ""}},
                       true),
            "v4l2:/dev/video8 v4l2:/dev/video10 pipewire: ");
}

TEST(DefaultOutputs, AreTheOnlyOneWhateverItsName) {
  EXPECT_EQ(outputs_of({{"/dev/video9", "OBS", false, ""}}, false), "v4l2:/dev/video9 ");
}

TEST(DefaultOutputs, OneWayIsEnough) {
  EXPECT_EQ(outputs_of({}, true), "pipewire: ");
  EXPECT_EQ(outputs_of({{"/dev/video8", "A", false, ""}, {"/dev/video9", "B", false, ""}}, true),
            "pipewire: ");
  EXPECT_TRUE(outputs_of({}, false).starts_with("error: no virtual camera found"));
}

}  // namespace
}  // namespace scrim
