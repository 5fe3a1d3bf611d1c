// Tells what went out, for tests: one line for each picture. The hash is FNV-1a over words of eight
// bytes instead of one, with its high bits folded down, as those of a product are the best mixed;
// it guards against mistakes, not against malice.
#include "sinks/hash.h"

#include <bit>
#include <cstdio>
#include <cstring>
#include <optional>

#include "base/pending_file.h"
#include "sinks/kinds.h"

namespace scrim {
namespace {

constexpr std::uint64_t kBasis = 0xcbf29ce484222325;
constexpr std::uint64_t kPrime = 0x100000001b3;

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * kPrime;
  return hash ^ (hash >> 32);
}

/// Up to eight bytes as a number, the first in the lowest place, zeros beyond the end.
std::uint64_t load_word(const std::uint8_t* bytes, std::size_t count) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, count);
  return std::endian::native == std::endian::little ? word : std::byteswap(word);
}

std::uint64_t hash_plane(std::uint64_t hash, ConstPlane plane) {
  const auto width = static_cast<std::size_t>(plane.width);
  for (int y = 0; y < plane.height; ++y) {
    const std::uint8_t* row = plane.row(y);
    std::size_t x = 0;
    for (; x + 8 <= width; x += 8) hash = mix(hash, load_word(row + x, 8));
    if (x < width) hash = mix(hash, load_word(row + x, width - x));
  }
  return hash;
}

class HashSink : public Sink {
 public:
  HashSink(Size size, std::optional<PendingFile> file) : size_(size), file_(std::move(file)) {}
  Size size() const override { return size_; }

  Expected<void> write(const Shot& shot) override {
    const std::string line = fmt::format("{} {:.6f} {:016x}\n", index_++,
                                         seconds_since_start(shot.captured), hash_of(shot.picture));
    return put(line);
  }

  Expected<void> close() override {
    if (file_) return file_->commit();
    if (std::fflush(stdout) != 0) return fail_errno("write standard output");
    return {};
  }

 private:
  Expected<void> put(const std::string& line) {
    if (file_)
      return file_->write({reinterpret_cast<const unsigned char*>(line.data()), line.size()});
    if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size())
      return fail_errno("write standard output");
    return {};
  }

  Size size_;
  std::optional<PendingFile> file_;  // empty: standard output
  std::int64_t index_ = 0;
};

}  // namespace

std::uint64_t hash_of(ConstImageView picture) {
  return hash_plane(hash_plane(hash_plane(kBasis, picture.y), picture.u), picture.v);
}

OpenedSink open_hash_sink(const Spec& spec, const SinkRequest& request) {
  const auto size = sink_size(spec, request);
  if (!size) return std::unexpected(size.error());
  if (spec.argument.empty()) return std::make_unique<HashSink>(*size, std::nullopt);
  auto file = PendingFile::create(spec.argument);
  if (!file) return std::unexpected(file.error());
  return std::make_unique<HashSink>(*size, *std::move(file));
}

}  // namespace scrim
