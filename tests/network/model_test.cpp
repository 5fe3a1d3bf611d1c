#include "network/model.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "network/pictures.h"
#include "support/media.h"

namespace scrim {
namespace {

/// A models folder of the test's own, with one network whose weights are `bytes`.
class Models : public testing::Test {
 protected:
  void SetUp() override { ::setenv("SCRIM_MODELS", folder_.path().c_str(), 1); }
  void TearDown() override { ::unsetenv("SCRIM_MODELS"); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
  }
  void describe(const std::string& name, const std::string& sha256) {
    write(name + ".json", R"({"name": ")" + name + R"(", "title": "T", "kind": "person",
      "file": "weights.tflite", "sha256": ")" +
                              sha256 + R"(", "licence": "Apache-2.0",
      "source": "a test", "input": [-1, 1], "good_for": "tests"})");
  }

  TestFolder folder_;
};

TEST(Model, TheShippedNetworksLoad) {
  const auto models = list_models();
  ASSERT_TRUE(models) << models.error().what;
  ASSERT_EQ(models->size(), 2u);
  for (const ModelInfo& model : *models) {
    EXPECT_EQ(model.kind, "person");
    EXPECT_EQ(model.licence, "Apache-2.0");
    if (!std::filesystem::exists(model.file))
      GTEST_SKIP() << "the networks are not fetched: run `npm ci` in models/";
    const auto network = load_network(model);
    ASSERT_TRUE(network) << network.error().what;
    EXPECT_EQ(network->input_shape().channels, 3);
    EXPECT_EQ(network->output_shape().channels, 1);
  }
}

TEST_F(Models, AreListedByName) {
  describe("b", "");
  describe("a", "");
  write("package.json", "{}");
  write("notes.txt", "no network");
  const auto models = list_models();
  ASSERT_TRUE(models) << models.error().what;
  ASSERT_EQ(models->size(), 2u);
  EXPECT_EQ((*models)[0].name, "a");
  EXPECT_EQ((*models)[1].file, folder_ / "weights.tflite");
  EXPECT_EQ((*models)[1].input_low, -1);
}

TEST_F(Models, UnknownNamesAreTheRequestsFault) {
  describe("selfie", "");
  const auto found = find_model("selfy");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::kRequest);
  EXPECT_TRUE(found.error().what.contains("did you mean 'selfie'?")) << found.error().what;
}

TEST_F(Models, MissingWeightsNameTheCure) {
  describe("selfie", "");
  const auto network = load_network(*find_model("selfie"));
  ASSERT_FALSE(network);
  EXPECT_EQ(network.error().code, Errc::kSystem);
  EXPECT_EQ(network.error().what, "network selfie: " + (folder_ / "weights.tflite") +
                                      ": No such file or directory; run ./run once, or `npm ci` "
                                      "in models/");
}

TEST_F(Models, DamagedWeightsNameTheCure) {
  describe("selfie", "00");
  write("weights.tflite", "abc");
  const auto network = load_network(*find_model("selfie"));
  ASSERT_FALSE(network);
  EXPECT_EQ(network.error().what,
            "network selfie: " + (folder_ / "weights.tflite") +
                " is damaged (sha256 "
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, expected 00); "
                "delete it and run `npm ci` in models/");
}

TEST_F(Models, WeightsThatAreNoNetworkAreRefused) {
  describe("selfie", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  write("weights.tflite", "abc");
  const auto network = load_network(*find_model("selfie"));
  ASSERT_FALSE(network);
  EXPECT_EQ(network.error().what, "network selfie: not a TFLite file: it lacks the mark TFL3");
}

TEST_F(Models, BrokenDescriptionsNameTheFile) {
  write("bad.json", R"({"name": 7})");
  const auto models = list_models();
  ASSERT_FALSE(models);
  EXPECT_TRUE(models.error().what.starts_with(folder_ / "bad.json")) << models.error().what;
}

TEST_F(Models, AMissingFolderIsNamed) {
  ::setenv("SCRIM_MODELS", "/nowhere/at/all", 1);
  const auto models = list_models();
  ASSERT_FALSE(models);
  EXPECT_TRUE(models.error().what.starts_with("/nowhere/at/all: No such file"))
      << models.error().what;
}

}  // namespace
}  // namespace scrim
