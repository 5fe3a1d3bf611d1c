#include "control/door.h"

#include <gtest/gtest.h>

namespace scrim {
namespace {

constexpr const char* kToken = "0123456789abcdef";
const NameValues kOwner{{"Host", "127.0.0.1:8080"}, {"Cookie", "a=b; scrim-8080=0123456789abcdef"}};

/// What a request with these headers is answered; 200: it may come in.
int answer(NameValues headers, std::string path = "/api/look", std::string method = "GET",
           bool wide = false) {
  const Door door(kToken, 8080, wide);
  const auto refused = door.answer({.method = method, .path = path, .headers = headers});
  return refused ? refused->status : 200;
}

/// The owner's headers, with one more, or another value of one.
NameValues with(std::string name, std::string value) {
  NameValues headers = kOwner;
  for (auto& [key, old] : headers)
    if (key == name) return old = value, headers;
  headers.emplace_back(name, value);
  return headers;
}

TEST(Door, LetsTheOwnerIn) {
  EXPECT_EQ(answer(kOwner), 200);
  EXPECT_EQ(answer({{"Host", "localhost:8080"}, {"Authorization", "Bearer 0123456789abcdef"}}),
            200);
  EXPECT_EQ(answer(with("Origin", "http://127.0.0.1:8080"), "/api/look", "PUT"), 200);
  EXPECT_EQ(answer(with("Sec-Fetch-Site", "same-origin")), 200);
}

TEST(Door, WantsTheTokenForEverything) {
  for (const char* path : {"/", "/panel.js", "/api/stats", "/preview.mjpeg", "/nothing"})
    EXPECT_EQ(answer({{"Host", "127.0.0.1:8080"}}, path), 401) << path;
  EXPECT_EQ(answer(with("Cookie", "scrim-8080=0123456789abcdee")), 401);
  EXPECT_EQ(answer(with("Cookie", "scrim-8080=")), 401);
  EXPECT_EQ(answer(with("Cookie", "scrim-8080=0123456789abcdef0")), 401);
  EXPECT_EQ(answer(with("Cookie", "xscrim-8080=0123456789abcdef")), 401);
  EXPECT_EQ(answer(with("Authorization", "Basic 0123456789abcdef")), 200);  // the cookie is there
}

TEST(Door, TakesTheTokenOfTheLinkForTheCookie) {
  const Door door(kToken, 8080, false);
  HttpRequest request{.method = "GET", .path = "/", .query = {{"token", kToken}}};
  request.headers = {{"Host", "127.0.0.1:8080"}};
  const auto answer = door.answer(request);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 303);
  EXPECT_EQ(answer->headers[1].second,
            "scrim-8080=0123456789abcdef; Path=/; HttpOnly; SameSite=Strict");
  request.path = "/api/stats";  // nowhere else
  EXPECT_EQ(door.answer(request)->status, 401);
  request.path = "/";
  request.query[0].second = "wrong";
  EXPECT_EQ(door.answer(request)->status, 401);
}

TEST(Door, KnowsNoOtherNameOfThisComputer) {
  for (const char* host : {"evil.example:8080", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:18080", "",
                           "127.0.0.1:8080.evil.example", "192.168.0.1:8080"})
    EXPECT_EQ(answer(with("Host", host)), 403) << host;
  EXPECT_EQ(answer(with("Host", "192.168.0.1:8080"), "/", "GET", true), 200);
  EXPECT_EQ(answer(with("Host", "evil.example:8080"), "/", "GET", true), 403);
}

TEST(Door, RefusesPagesFromElsewhere) {
  for (const char* origin : {"http://evil.example", "null", "https://127.0.0.1:8080",
                             "http://127.0.0.1:9090", "http://localhost:8080"})
    EXPECT_EQ(answer(with("Origin", origin), "/api/pause", "POST"), 403) << origin;
  for (const char* site : {"cross-site", "same-site"}) {
    EXPECT_EQ(answer(with("Sec-Fetch-Site", site), "/preview.mjpeg"), 403) << site;
    EXPECT_EQ(answer(with("Sec-Fetch-Site", site), "/"), 200) << site;
  }
}

TEST(Door, TokensAreLongAndDiffer) {
  const auto one = make_token(), other = make_token();
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->size(), 32U);
  EXPECT_NE(*one, *other);
}

}  // namespace
}  // namespace scrim
