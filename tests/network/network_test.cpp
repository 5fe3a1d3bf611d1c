// The engine as a whole against the slow, obvious interpreter, on the networks that Scrim ships.
#include "network/network.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>

#include "media/picture.h"
#include "network/naive.h"
#include "network/pictures.h"
#include "network/tflite_reader.h"
#include "support/media.h"

namespace scrim {
namespace {

constexpr double kTolerance = 1e-3;

class KnownNetwork : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    file_ = model_bytes(GetParam());
    if (file_.empty()) GTEST_SKIP() << "the networks are not fetched: run `npm ci` in models/";
    auto graph = read_tflite(file_);
    ASSERT_TRUE(graph) << graph.error().what;
    graph_ = *std::move(graph);
  }

  Shape input_shape() const { return graph_.tensors[static_cast<std::size_t>(graph_.input)].shape; }

  /// The largest difference to the interpreter, over all kernels of this machine.
  double largest_error(const std::vector<float>& rgb) {
    naive::Picture input(input_shape().height, input_shape().width, 3);
    std::ranges::copy(rgb, input.values.begin());
    const naive::Picture truth = naive::run_tflite(file_, input);
    double largest = 0;
    for (const Kernels* kernels : available_kernels()) {
      auto network = Network::create(graph_, *kernels);
      EXPECT_TRUE(network) << network.error().what;
      std::ranges::copy(rgb, network->input().begin());
      const auto made = network->run();
      EXPECT_EQ(made.size(), truth.values.size());
      double error = 0;
      for (std::size_t i = 0; i < made.size(); ++i)
        error = std::max(error, std::abs(static_cast<double>(made[i]) - truth.values[i]));
      std::cout << GetParam() << " " << kernels->name << ": largest error " << error << "\n";
      largest = std::max(largest, error);
    }
    return largest;
  }

  std::vector<std::byte> file_;
  Graph graph_;
};

TEST_P(KnownNetwork, AsksForTheArithmeticThatItsShapesSay) {
  auto network = Network::create(graph_);
  ASSERT_TRUE(network);
  const double millions = GetParam() == "selfie" ? 59.2 : 33.3;
  EXPECT_NEAR(static_cast<double>(network->multiply_adds()) / 1e6, millions, 0.5);
}

TEST_P(KnownNetwork, AgreesOnDrawnPeople) {
  for (unsigned seed : {0u, 3u})
    EXPECT_LE(largest_error(drawn_person(input_shape().height, input_shape().width, seed)),
              kTolerance);
}

TEST_P(KnownNetwork, AgreesOnNoise) {
  const auto size = static_cast<std::size_t>(count(input_shape()));
  EXPECT_LE(largest_error(random_values(size, 1)), kTolerance);
}

/// Every `step`-th pixel, crude colours: enough to be a real picture.
std::vector<float> shrink(ConstImageView picture, int height, int width) {
  std::vector<float> rgb;
  for (int j = 0; j < height; ++j)
    for (int i = 0; i < width; ++i) {
      const int y = j * picture.y.height / height, x = i * picture.y.width / width;
      const float luma = static_cast<float>(picture.y.row(y)[x] - 16) / 219;
      const float blue = static_cast<float>(picture.u.row(y / 2)[x / 2] - 128) / 112;
      const float red = static_cast<float>(picture.v.row(y / 2)[x / 2] - 128) / 112;
      for (float part : {luma + red * 0.7f, luma - red * 0.36f - blue * 0.17f, luma + blue * 0.89f})
        rgb.push_back(std::clamp(part, 0.0f, 1.0f));
    }
  return rgb;
}

TEST_P(KnownNetwork, AgreesOnPhotos) {
  const auto folder = shared_file("eval/dev/images");
  if (!folder) GTEST_SKIP() << "no evaluation pictures: SCRIM_SHARED names their folder";
  std::vector<std::string> photos;
  for (const auto& entry : std::filesystem::directory_iterator(*folder))
    photos.push_back(entry.path());
  std::ranges::sort(photos);
  constexpr std::size_t kEvery = 12;  // three photos: the interpreter takes its time
  for (std::size_t i = 0; i < photos.size(); i += kEvery) {
    auto photo = load_picture(photos[i]);
    ASSERT_TRUE(photo) << photo.error().what;
    EXPECT_LE(largest_error(shrink(photo->view(), input_shape().height, input_shape().width)),
              kTolerance)
        << photos[i];
  }
}

TEST_P(KnownNetwork, RepeatsItselfAndMoves) {
  auto network = Network::create(graph_);
  ASSERT_TRUE(network) << network.error().what;
  const auto rgb = drawn_person(input_shape().height, input_shape().width, 1);
  std::ranges::copy(rgb, network->input().begin());
  const auto first = network->run();
  const std::vector<float> kept(first.begin(), first.end());
  Network moved = *std::move(network);
  std::ranges::copy(rgb, moved.input().begin());
  EXPECT_TRUE(std::ranges::equal(moved.run(), kept));
}

TEST_P(KnownNetwork, FindsTheDrawnPerson) {
  auto network = Network::create(graph_);
  ASSERT_TRUE(network) << network.error().what;
  const Shape shape = input_shape();
  std::ranges::copy(drawn_person(shape.height, shape.width, 2), network->input().begin());
  const auto matte = network->run();
  const auto at = [&](double y, double x) {
    return matte[static_cast<std::size_t>(static_cast<int>(y * shape.height) * shape.width +
                                          static_cast<int>(x * shape.width))];
  };
  EXPECT_GT(at(0.4, 0.5), 0.9);
  EXPECT_LT(at(0.1, 0.05), 0.1);
  EXPECT_LT(at(0.1, 0.95), 0.1);
}

INSTANTIATE_TEST_SUITE_P(All, KnownNetwork, testing::Values("selfie", "selfie_landscape"),
                         [](const auto& tested) { return tested.param; });

/// Networks that are not shipped.
class OtherNetwork : public testing::TestWithParam<std::string> {};

TEST_P(OtherNetwork, AgreesWithTheInterpreter) {
  const auto path = shared_file("models/" + GetParam() + ".tflite");
  if (!path) GTEST_SKIP() << "no such network: SCRIM_SHARED names the folder";
  const auto file = bytes_of_file(*path);
  const auto graph = read_tflite(file);
  ASSERT_TRUE(graph) << graph.error().what;
  auto network = Network::create(*graph);
  ASSERT_TRUE(network) << network.error().what;
  const Shape shape = network->input_shape();
  naive::Picture input(shape.height, shape.width, 3);
  auto rgb = drawn_person(shape.height, shape.width, 1);
  for (float& value : rgb) value = value * 2 - 1;
  std::ranges::copy(rgb, input.values.begin());
  std::ranges::copy(rgb, network->input().begin());
  const naive::Picture truth = naive::run_tflite(file, input);
  const auto made = network->run();
  ASSERT_EQ(made.size(), truth.values.size());
  double largest = 0;
  for (std::size_t i = 0; i < made.size(); ++i)
    largest = std::max(largest, std::abs(static_cast<double>(made[i]) - truth.values[i]));
  std::cout << GetParam() << ": largest error " << largest << "\n";
  EXPECT_LE(largest, kTolerance);
}

INSTANTIATE_TEST_SUITE_P(All, OtherNetwork,
                         testing::Values("body-pix-float-050-8", "deeplabv3_257_mv_gpu"));

}  // namespace
}  // namespace scrim
