// Asks a mask service over HTTP or HTTPS: libcurl, wrapped. The protocol is that of `scrim serve`
// (docs/serve.md) and of the BodyPix services before it: a JPEG goes there in a POST, one byte per
// pixel comes back. One connection, kept open; one request at a time. It follows no redirects and
// uses no proxy, so pictures go where the URL says and nowhere else.
//
// Reentrant, but cancel() may be called on any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "image/image.h"

namespace scrim {

struct MaskAddress {
  std::string url;            // as it is asked
  std::string token = {};     // sent along if not empty
  bool is_overheard = false;  // what is sent there crosses a network unencrypted
};

/// http://HOST[:PORT][/...] or https://...; `format` is added to the query if not empty. kRequest.
Expected<MaskAddress> parse_mask_address(const std::string& url, std::string_view format);

class MaskClient {
 public:
  /// How long a connection may take, and all of a request.
  struct Patience {
    std::chrono::milliseconds connect{3000}, all{10000};
  };
  MaskClient(MaskAddress address, Patience patience);
  ~MaskClient();

  /// Fills `out`, of the picture's size, with 255 where a person is. No more of an answer is taken
  /// than that needs. kTimeout: it may be better later (nobody there, busy, cut off); kSystem: it
  /// will not (refused, or no such answer). Both name the URL, what came, and what to do.
  Expected<void> ask(std::span<const std::uint8_t> jpeg, Plane out);
  /// What is being asked fails soon, and everything after it.
  void cancel() { cancelled_ = true; }

 private:
  struct Transfer;
  struct Libcurl;
  Expected<void> judge(const Transfer& transfer, int result, Plane out);
  Expected<void> judge_status(const Transfer& transfer, long status) const;

  const MaskAddress address_;
  std::unique_ptr<Libcurl> libcurl_;
  std::vector<std::uint8_t> answer_;
  std::atomic<bool> cancelled_ = false;
};

}  // namespace scrim
