// What a mask service may answer, and what is made of it.
#include "segmenters/mask_client.h"

#include <gmock/gmock.h>

#include <thread>

#include "support/scripted_http.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr Size kSize{8, 4};
constexpr std::array<std::uint8_t, 3> kJpeg{1, 2, 3};

struct Asked {
  Expected<void> result;
  PlaneBuffer mask{kSize};
};

/// Asks once a service that answers so.
Asked ask(const std::string& answer, MaskClient::Patience patience = {}) {
  ScriptedHttp service([&](const ScriptedHttp::Request&) { return answer; });
  MaskClient client(parse_mask_address(service.url(), "alpha8").value(), patience);
  Asked asked;
  asked.result = client.ask(kJpeg, asked.mask.view());
  return asked;
}

TEST(MaskClient, TakesMasksAndMattes) {
  std::string mask(32, '\0');
  mask[9] = 1;
  const Asked of_mask = ask(ScriptedHttp::answer(200, mask));
  ASSERT_TRUE(of_mask.result) << of_mask.result.error().what;
  EXPECT_EQ(of_mask.mask.view().row(1)[1], 255);
  EXPECT_EQ(of_mask.mask.view().row(1)[2], 0);
  mask[9] = 77;
  const Asked of_matte = ask(ScriptedHttp::answer(200, mask, "x-format: alpha8\r\n"));
  ASSERT_TRUE(of_matte.result) << of_matte.result.error().what;
  EXPECT_EQ(of_matte.mask.view().row(1)[1], 77);
  const Asked chunked = ask("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n" +
                            std::string(32, '\1') + "\r\n0\r\n\r\n");
  EXPECT_TRUE(chunked.result) << chunked.result.error().what;
}

TEST(MaskClient, AsksAsTheOldServicesWant) {
  std::string head, body;
  ScriptedHttp service([&](const ScriptedHttp::Request& request) {
    head = request.head;
    body = request.body;
    return ScriptedHttp::answer(200, std::string(32, '\0'));
  });
  MaskAddress address = parse_mask_address(service.url(), "").value();
  address.token = "secret";
  MaskClient client(address, {});
  PlaneBuffer mask(kSize);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(client.ask(kJpeg, mask.view()));
  EXPECT_THAT(head, testing::StartsWith("POST / HTTP/1.1\r\n"));
  EXPECT_THAT(head, HasSubstr("Content-Type: application/octet-stream"));
  EXPECT_THAT(head, HasSubstr("Authorization: Bearer secret"));
  EXPECT_THAT(head, testing::Not(HasSubstr("Expect")));
  EXPECT_EQ(body, "\1\2\3");
}

TEST(MaskClient, RefusesAnswersThatAreNone) {
  const std::string endless =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n" + std::string(70'000, '\1');
  const struct {
    std::string answer, words;
    Errc code;
  } cases[] = {
      {ScriptedHttp::answer(200, std::string(31, '\0')),
       "31 bytes came for a picture of 8x4, "
       "which needs 32",
       Errc::kSystem},
      {ScriptedHttp::answer(200, std::string(33, '\0')), "more bytes came", Errc::kSystem},
      {endless, "more bytes came", Errc::kSystem},
      {ScriptedHttp::answer(200, ""), "0 bytes came", Errc::kSystem},
      {ScriptedHttp::answer(200, std::string(32, 'A')), "a byte of value 65", Errc::kSystem},
      {ScriptedHttp::answer(503, "busy\nx"), "answered 503: busy; it may be busy", Errc::kTimeout},
      {ScriptedHttp::answer(502, std::string(99'999, 'x')), "answered 502: xxx", Errc::kTimeout},
      {ScriptedHttp::answer(401, "no"), "token-file=FILE", Errc::kSystem},
      {ScriptedHttp::answer(404, "<\x1b[31mno"), "answered 404: <?[31mno; if this is another",
       Errc::kSystem},
      {ScriptedHttp::answer(302, "", "Location: http://127.0.0.1:1/\r\n"), "answered 302",
       Errc::kSystem},
      {"HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\nhalf", "is it running there?", Errc::kTimeout},
      {"garbage\r\n\r\n", "one of the two means http", Errc::kSystem},
      {"", "is it running there?", Errc::kTimeout},
  };
  for (const auto& [answer, words, code] : cases) {
    const Asked asked = ask(answer, {.connect = 1s, .all = 300ms});
    ASSERT_FALSE(asked.result) << words;
    EXPECT_THAT(asked.result.error().what, HasSubstr("http://127.0.0.1:"));
    EXPECT_THAT(asked.result.error().what, HasSubstr(words));
    EXPECT_EQ(asked.result.error().what.find('\n'), std::string::npos);
    EXPECT_EQ(asked.result.error().code, code) << words;
  }
}

TEST(MaskClient, DoesNotWaitForeverAndCanBeStopped) {
  ScriptedHttp service([](const ScriptedHttp::Request&) {
    std::this_thread::sleep_for(400ms);
    return std::string();
  });
  PlaneBuffer mask(kSize);
  MaskClient client(parse_mask_address(service.url(), "").value(), {.connect = 1s, .all = 50ms});
  const auto late = client.ask(kJpeg, mask.view());
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::kTimeout);
  client.cancel();
  EXPECT_FALSE(client.ask(kJpeg, mask.view()));
  MaskClient nobody(parse_mask_address("http://127.0.0.1:1", "").value(), {});
  const auto refused = nobody.ask(kJpeg, mask.view());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kTimeout);
}

TEST(MaskAddress, IsAUrlOfHttp) {
  EXPECT_EQ(parse_mask_address("http://host:9000", "alpha8")->url,
            "http://host:9000/?format=alpha8");
  EXPECT_EQ(parse_mask_address("https://host/masks?a=b#c", "alpha8")->url,
            "https://host/masks?a=b&format=alpha8");
  EXPECT_EQ(parse_mask_address("http://host", "")->url, "http://host/");
  for (const char* here : {"http://localhost:9000", "http://127.0.0.1", "http://[::1]:9000",
                           "https://example.org", "https://10.0.0.1"})
    EXPECT_FALSE(parse_mask_address(here, "")->is_overheard) << here;
  for (const char* away : {"http://10.0.0.1:9000", "http://0.0.0.0", "http://[::2]", "http://host",
                           "http://localhost.example.org", "http://127.0.0.1.example.org"})
    EXPECT_TRUE(parse_mask_address(away, "")->is_overheard) << away;
  for (const char* wrong : {"", "host:9000", "ftp://host", "file:///etc/passwd", "http://",
                            "unix:/socket", "http://me:secret@host", "http://me@host", "9000"}) {
    const auto address = parse_mask_address(wrong, "");
    ASSERT_FALSE(address) << wrong;
    EXPECT_EQ(address.error().code, Errc::kRequest);
    EXPECT_THAT(address.error().what, testing::Not(HasSubstr("secret")));
  }
}

}  // namespace
}  // namespace scrim
