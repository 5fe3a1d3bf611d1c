// The fuzzer's own entry (see CMakeLists.txt for its name here) on a small corpus: sound requests,
// whole, cut short in a few places, and spoilt. The service must outlive each.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "image/convert.h"
#include "media/jpeg.h"
#include "media/picture.h"

extern "C" int ask_as_bytes(const std::uint8_t* data, std::size_t size);

namespace scrim {
namespace {

void ask(const std::string& bytes) {
  ask_as_bytes(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::vector<std::string> corpus() {
  Image picture({16, 8});
  fill(picture.view(), Yuv{90, 100, 150});
  const auto jpeg = encode_jpeg(picture.view(), 90), png = encode_png(picture.view());
  return {"\1?format=alpha8&threshold=.5\nAccept: a\n" + std::string(jpeg->begin(), jpeg->end()),
          "\1?segmenter=oval&format=png\nA: b\n" + std::string(png->begin(), png->end()),
          "\1?format=jpeg&format=gif\nAuthorization: Bearer a\nno picture",
          "\xffGET /metrics HTTP/1.1\r\nHost: a\r\n\r\nGET /readyz HTTP/1.0\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
          "PUT /%00?a=%4&&=b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"};
}

TEST(ServeReplay, SoundRequestsAndSpoiltOnes) {
  std::mt19937 random(7);
  for (const std::string& sound : corpus()) {
    ask(sound);
    for (int round = 0; round < 20; ++round) {
      std::string spoilt = sound;
      spoilt[random() % spoilt.size()] = static_cast<char>(random());
      ask(spoilt);
      ask(sound.substr(0, random() % sound.size()));
    }
  }
}

}  // namespace
}  // namespace scrim
