#include "control/listener.h"

#include <gtest/gtest.h>

namespace scrim {
namespace {

TEST(ListenAddress, IsReadAsPeopleWriteIt) {
  const auto four = parse_listen_address("127.0.0.1:9000");
  ASSERT_TRUE(four);
  EXPECT_EQ(four->host, "127.0.0.1");
  EXPECT_EQ(four->port, 9000);
  const auto six = parse_listen_address("[::1]:0");
  ASSERT_TRUE(six);
  EXPECT_EQ(six->host, "::1");
  const auto file = parse_listen_address("unix:/run/a:b");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->path, "/run/a:b");
}

TEST(ListenAddress, KnowsWhoCanReachIt) {
  for (const auto* local : {"127.0.0.1:1", "127.8.9.1:1", "[::1]:1", "localhost:1", "unix:a"})
    EXPECT_TRUE(parse_listen_address(local)->is_local()) << local;
  for (const auto* wide : {"0.0.0.0:1", "[::]:1", "192.168.1.2:1", "127.example.org:1"})
    EXPECT_FALSE(parse_listen_address(wide)->is_local()) << wide;
}

TEST(ListenAddress, RefusesWhatIsNone) {
  for (const auto* text :
       {"", "9000", ":9000", "unix:", "host:", "host:x", "host:70000", "host:-1"})
    EXPECT_FALSE(parse_listen_address(text)) << text;
}

TEST(ListenOn, ChoosesAPortAndSaysWhenOneIsTaken) {
  const auto first = listen_on({.host = "127.0.0.1"});
  ASSERT_TRUE(first) << first.error().what;
  auto taken = *parse_listen_address(url_of({.host = "127.0.0.1"}, *first).substr(7));
  EXPECT_GT(taken.port, 0);
  const auto second = listen_on(taken);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().what.find("another program has it"), std::string::npos);
}

}  // namespace
}  // namespace scrim
