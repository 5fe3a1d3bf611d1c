// The fuzzers' own entries (see CMakeLists.txt for their names here) on a small corpus: sound files
// made here, cut short and spoilt byte by byte, and noise. Each must come to an end without a
// crash.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "network/tflite_file.h"

extern "C" {
int read_as_tflite(const std::uint8_t* data, std::size_t size);
int read_as_tfjs(const std::uint8_t* data, std::size_t size);
int read_as_graph(const std::uint8_t* data, std::size_t size);
}

namespace scrim {
namespace {

using Entry = int (*)(const std::uint8_t*, std::size_t);
using Bytes = std::vector<std::uint8_t>;

/// Cut short at every byte, and every byte changed in a few ways.
void replay(Entry entry, const Bytes& sound) {
  for (std::size_t size = 0; size <= sound.size(); ++size)
    entry(Bytes(sound.begin(), sound.begin() + static_cast<long>(size)).data(), size);
  for (std::size_t at = 0; at < sound.size(); ++at)
    for (int value : {0, 1, 0x22, 0x39, 0x7f, 0x80, 0xff}) {
      Bytes spoilt = sound;
      spoilt[at] = static_cast<std::uint8_t>(value);
      entry(spoilt.data(), spoilt.size());
    }
}

TEST(FuzzReplay, TfliteFiles) {
  const auto file = small_tflite({});
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(file.data());
  replay(read_as_tflite, {bytes, bytes + file.size()});
}

TEST(FuzzReplay, TfjsModels) {
  const std::string json =
      R"({"modelTopology":{"node":[{"name":"in","op":"Placeholder"},{"name":"w","op":"Const"},)"
      R"({"name":"s","op":"Const"},{"name":"p","op":"Pad","input":["in","s"]},{"name":"out",)"
      R"("op":"Conv2D","input":["p","w"],"attr":{"padding":{"s":"U0FNRQ=="},"strides":{"list":)"
      R"({"i":["1","2","2","1"]}}}}]},"weightsManifest":[{"paths":["a"],"weights":[{"name":"w",)"
      R"("shape":[1,1,3,2],"dtype":"float32"},{"name":"s","shape":[4,2],"dtype":"int32"}]}]})";
  Bytes file(json.begin(), json.end());
  file.resize(json.size() + 1 + 6 * 4 + 8 * 4);
  replay(read_as_tfjs, file);
}

TEST(FuzzReplay, NoiseAsGraphs) {
  std::mt19937 random(5);
  for (int round = 0; round < 20000; ++round) {
    Bytes noise(random() % 160);
    for (auto& byte : noise) byte = static_cast<std::uint8_t>(random());
    read_as_graph(noise.data(), noise.size());
  }
}

}  // namespace
}  // namespace scrim
