// Tested by tests/segmenters/mask_client_test.cpp.
#include "segmenters/mask_client.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace scrim {
namespace {

/// Failures that no waiting mends.
bool is_about_trust(int result) {
  constexpr int kAll[] = {CURLE_SSL_CONNECT_ERROR,   CURLE_PEER_FAILED_VERIFICATION,
                          CURLE_SSL_CACERT_BADFILE,  CURLE_SSL_CIPHER,
                          CURLE_SSL_CERTPROBLEM,     CURLE_SSL_INVALIDCERTSTATUS,
                          CURLE_UNSUPPORTED_PROTOCOL};
  return std::ranges::find(kAll, result) != std::end(kAll);
}

constexpr std::size_t kMostOfRefusal = 4096;  // bytes that say why; more is not read
constexpr std::size_t kMostOfLine = 120;      // characters of it that are shown

struct FreeUrl {
  void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
};
using UrlPtr = std::unique_ptr<CURLU, FreeUrl>;

std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (::curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  ::curl_free(text);
  return copy;
}

bool is_here(const std::string& host) {
  in_addr address{};
  const bool is_number = ::inet_pton(AF_INET, host.c_str(), &address) == 1;
  return host == "localhost" || host == "[::1]" ||
         (is_number && ntohl(address.s_addr) >> 24 == IN_LOOPBACKNET);
}

/// The first line that was said, safe to show.
std::string first_line(std::span<const std::uint8_t> bytes) {
  std::string line;
  for (const std::uint8_t byte : bytes.first(std::min(bytes.size(), kMostOfLine))) {
    if (byte == '\n' || byte == '\r') break;
    line += byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '?';
  }
  return line;
}

bool may_pass(long status) {
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

}  // namespace

Expected<MaskAddress> parse_mask_address(const std::string& text, std::string_view format) {
  const UrlPtr url(::curl_url());
  const bool sound = url && ::curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
  const std::string scheme = sound ? part(url.get(), CURLUPART_SCHEME) : "";
  if ((scheme != "http" && scheme != "https") || !text.starts_with(scheme + "://"))
    return fail(Errc::kRequest, "'{}': expected http://HOST:PORT or https://HOST:PORT", text);
  if (!part(url.get(), CURLUPART_USER).empty() || !part(url.get(), CURLUPART_PASSWORD).empty())
    return fail(Errc::kRequest,
                "a URL is no place for a password, as everybody sees it; use the option "
                "token-file=FILE");
  ::curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
  if (!format.empty())
    ::curl_url_set(url.get(), CURLUPART_QUERY, fmt::format("format={}", format).c_str(),
                   CURLU_APPENDQUERY);
  const bool is_plain = scheme == "http";
  return MaskAddress{.url = part(url.get(), CURLUPART_URL),
                     .is_overheard = is_plain && !is_here(part(url.get(), CURLUPART_HOST))};
}

struct MaskClient::Libcurl {
  CURL* handle = nullptr;
  curl_slist* headers = nullptr;
  std::array<char, CURL_ERROR_SIZE> said{};

  ~Libcurl() {
    ::curl_slist_free_all(headers);
    ::curl_easy_cleanup(handle);
  }
  void add_header(const std::string& line) { headers = ::curl_slist_append(headers, line.c_str()); }
};

/// One request: what comes of it, and how much may.
struct MaskClient::Transfer {
  CURL* handle;
  std::vector<std::uint8_t>& answer;
  std::size_t expected;
  const std::atomic<bool>& cancelled;
  bool too_long = false;

  static std::size_t write(const char* data, std::size_t, std::size_t size, void* self) {
    return static_cast<Transfer*>(self)->take(data, size);
  }
  static int progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Transfer*>(self)->cancelled ? 1 : 0;
  }
  long status() const {
    long code = 0;
    ::curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
    return code;
  }

 private:
  std::size_t take(const char* data, std::size_t size) {
    const std::size_t most = status() == 200 ? expected : kMostOfRefusal;
    too_long = size > most - answer.size();
    const std::size_t taken = too_long ? most - answer.size() : size;
    answer.insert(answer.end(), data, data + taken);
    return too_long ? 0 : size;
  }
};

MaskClient::MaskClient(MaskAddress address, Patience patience)
    : address_(std::move(address)), libcurl_(std::make_unique<Libcurl>()) {
  static const CURLcode once = ::curl_global_init(CURL_GLOBAL_DEFAULT);
  CURL* const handle = once == CURLE_OK ? ::curl_easy_init() : nullptr;
  libcurl_->handle = handle;
  if (!handle) return;
  libcurl_->add_header("Content-Type: application/octet-stream");
  libcurl_->add_header("Expect:");  // else it asks whether a large body is welcome, and waits
  if (!address_.token.empty()) libcurl_->add_header("Authorization: Bearer " + address_.token);
  ::curl_easy_setopt(handle, CURLOPT_URL, address_.url.c_str());
  ::curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  ::curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  ::curl_easy_setopt(handle, CURLOPT_PROXY, "");
  ::curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  ::curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  ::curl_easy_setopt(handle, CURLOPT_POST, 1L);
  ::curl_easy_setopt(handle, CURLOPT_HTTPHEADER, libcurl_->headers);
  ::curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, libcurl_->said.data());
  ::curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, long{patience.connect.count()});
  ::curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, long{patience.all.count()});
  ::curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Transfer::write);
  ::curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &Transfer::progress);
}

MaskClient::~MaskClient() = default;

Expected<void> MaskClient::ask(std::span<const std::uint8_t> jpeg, Plane out) {
  CURL* const handle = libcurl_->handle;
  if (!handle) return fail(Errc::kSystem, "mask service: libcurl does not start");
  if (cancelled_) return fail(Errc::kSystem, "mask service {}: cancelled", address_.url);
  Transfer transfer{handle, answer_,
                    static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height),
                    cancelled_};
  answer_.clear();
  answer_.reserve(std::max(transfer.expected, kMostOfRefusal));
  libcurl_->said[0] = '\0';
  ::curl_easy_setopt(handle, CURLOPT_POSTFIELDS, jpeg.data());
  ::curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(jpeg.size()));
  ::curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  ::curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
  return judge(transfer, ::curl_easy_perform(handle), out);
}

Expected<void> MaskClient::judge_status(const Transfer& transfer, long status) const {
  const std::string said = first_line(transfer.answer);
  std::string_view cure = "is this a mask service?";
  if (may_pass(status)) cure = "it may be busy, or starting";
  if (status == 401 || status == 403)
    cure = "it wants its token: the option token-file=FILE";
  else if (status == 400 || status == 404)
    cure = "if this is another mask service than ours, try the option format=mask";
  else if (status == 413)
    cure = "make the picture smaller: --size WxH";
  return fail(may_pass(status) ? Errc::kTimeout : Errc::kSystem,
              "mask service {}: answered {}{}{}; {}", address_.url, status,
              said.empty() ? "" : ": ", said, cure);
}

Expected<void> MaskClient::judge(const Transfer& transfer, int result, Plane out) {
  const std::size_t came = transfer.answer.size();
  const long status = transfer.status();
  // What it said is whole, or too long to read: either way it is an answer.
  const bool answered = result == CURLE_OK || transfer.too_long;
  if (answered && status != 200) return judge_status(transfer, status);
  if (cancelled_) return fail(Errc::kSystem, "mask service {}: cancelled", address_.url);
  if (!answered) {
    const char* why =
        libcurl_->said[0] ? libcurl_->said.data() : ::curl_easy_strerror(CURLcode(result));
    if (is_about_trust(result))
      return fail(
          Errc::kSystem,
          "mask service {}: {}; its certificate is not trusted here, or one of the two means "
          "http where the other means https",
          address_.url, why);
    return fail(Errc::kTimeout, "mask service {}: {}; is it running there?", address_.url, why);
  }
  if (transfer.too_long || came != transfer.expected)
    return fail(Errc::kSystem,
                "mask service {}: {} bytes came for a picture of {}x{}, which needs {}; is this a "
                "mask service?",
                address_.url, transfer.too_long ? "more" : std::to_string(came), out.width,
                out.height, transfer.expected);
  curl_header* format = nullptr;
  const bool is_alpha =
      ::curl_easy_header(libcurl_->handle, "X-Format", 0, CURLH_HEADER, -1, &format) == CURLHE_OK &&
      std::string_view(format->value) == "alpha8";
  const auto highest = std::ranges::max(transfer.answer);
  if (!is_alpha && highest > 1)
    return fail(Errc::kSystem,
                "mask service {}: a byte of value {} came where each is 0 or 1; is this a mask "
                "service?",
                address_.url, highest);
  const std::uint8_t* from = transfer.answer.data();
  for (int y = 0; y < out.height; ++y, from += out.width)
    std::transform(from, from + out.width, out.row(y), [is_alpha](std::uint8_t value) {
      return is_alpha ? value : static_cast<std::uint8_t>(255 * value);
    });
  return {};
}

}  // namespace scrim
