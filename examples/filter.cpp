// Raw I420 pictures in, the same with another background out:
//   ffmpeg -i talk.mp4 -f rawvideo -pix_fmt yuv420p -s 1280x720 -r 30 - | filter 1280 720 30
//   scene:sea |
//     ffplay -f rawvideo -pixel_format yuv420p -video_size 1280x720 -
// Or without CMake: g++ -std=c++17 filter.cpp -o filter $(pkg-config --cflags --libs scrim)
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <scrim/scrim.hpp>
#include <vector>

int main(int argc, char** argv) try {
  if (argc != 5) throw std::invalid_argument("usage: filter WIDTH HEIGHT FPS BACKGROUND");
  const int width = std::atoi(argv[1]), height = std::atoi(argv[2]), fps = std::atoi(argv[3]);
  scrim::VirtualBackground background(width, height);
  background.set("background", argv[4]);

  const int half_width = (width + 1) / 2, half_height = (height + 1) / 2;
  const std::size_t luma = std::size_t(width) * height,
                    chroma = std::size_t(half_width) * half_height;
  std::vector<std::uint8_t> bytes(luma + 2 * chroma);
  const scrim_image picture{width,
                            height,
                            {bytes.data(), width},
                            {bytes.data() + luma, half_width},
                            {bytes.data() + luma + chroma, half_width}};
  for (std::int64_t n = 0; std::cin.read(reinterpret_cast<char*>(bytes.data()), bytes.size());
       ++n) {
    background.process(picture, picture, std::chrono::nanoseconds(n * 1'000'000'000 / fps));
    std::cout.write(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  return std::cout.flush() ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << "filter: " << error.what() << '\n';
  return 1;
}
