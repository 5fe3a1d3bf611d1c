// Masks from elsewhere: several under way, a service that warms up, goes and comes back.
#include <gmock/gmock.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>

#include "image/convert.h"
#include "segmenters/segmenter.h"
#include "support/scripted_http.h"

namespace scrim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr Size kSize{8, 4};

/// In place of a JPEG: the luma that the picture begins with.
Expected<std::vector<std::uint8_t>> first_sample(ConstImageView picture) {
  return std::vector<std::uint8_t>{*picture.y.data};
}

/// A matte that names its picture.
std::string echo(const ScriptedHttp::Request& request) {
  return ScriptedHttp::answer(200, std::string(32, request.body.at(0)), "X-Format: alpha8\r\n");
}

struct Asking {
  explicit Asking(const std::string& url, Pacing pacing, const std::string& options = "") {
    auto made = make_segmenter(parse_spec("remote:" + url + options).value(),
                               {pacing,
                                [this](const std::string& line) {
                                  std::lock_guard lock(mutex);
                                  told.push_back(line);
                                },
                                first_sample});
    EXPECT_TRUE(made) << made.error().what;
    segmenter = *std::move(made);
  }

  Expected<int> ask(const Image& picture) {
    PlaneBuffer matte(kSize);
    if (auto ok = segmenter->segment(picture.view(), whole(kSize), matte.view()); !ok)
      return std::unexpected(ok.error());
    return matte.view().row(3)[7];
  }
  Expected<int> ask(int luma) { return ask(picture_of(luma)); }

  static Image picture_of(int luma) {
    Image picture(kSize);
    fill(picture.view(), Yuv{static_cast<std::uint8_t>(luma), 128, 128});
    return picture;
  }

  std::mutex mutex;
  std::vector<std::string> told;  // guarded by mutex
  std::unique_ptr<Segmenter> segmenter;
};

TEST(Remote, AnswersInTheOrderOfThePictures) {
  ScriptedHttp service([](const ScriptedHttp::Request& request) {
    if (request.index % 3 == 0) std::this_thread::sleep_for(20ms);  // it is overtaken
    return echo(request);
  });
  Asking asking(service.url(), Pacing::kOffline, "?requests=3");
  Relay& relay = *asking.segmenter->relay();
  ASSERT_EQ(relay.capacity(), 3u);
  relay.when_answered([] {});
  std::vector<Image> pictures;
  for (int i = 0; i < 12; ++i) pictures.push_back(Asking::picture_of(20 + i));
  std::size_t sent = 0;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    while (sent < pictures.size() && sent < i + 3)
      relay.send(std::as_const(pictures[sent++]).view());
    EXPECT_EQ(asking.ask(pictures[i]).value_or(-1), 20 + static_cast<int>(i));
  }
  EXPECT_EQ(service.requests(), 12);
}

TEST(Remote, NeverAnswersForAnotherPicture) {
  ScriptedHttp service(echo);
  Asking asking(service.url(), Pacing::kOffline);
  const Image sent = Asking::picture_of(30), other = Asking::picture_of(40);
  asking.segmenter->relay()->send(sent.view());
  EXPECT_EQ(asking.ask(other).value_or(-1), 40);
  EXPECT_EQ(asking.ask(sent).value_or(-1), 30);
}

TEST(Remote, TellsWhenAnAnswerIsThere) {
  ScriptedHttp service(echo);
  Asking asking(service.url(), Pacing::kLive);
  Relay& relay = *asking.segmenter->relay();
  std::atomic<int> rung = 0;
  relay.when_answered([&] { ++rung; });
  EXPECT_FALSE(relay.answered());
  const Image picture = Asking::picture_of(50);
  relay.send(picture.view());
  while (rung == 0) std::this_thread::sleep_for(1ms);
  EXPECT_TRUE(relay.answered());
  EXPECT_EQ(asking.ask(picture).value_or(-1), 50);
  EXPECT_FALSE(relay.answered());
}

TEST(Remote, OfflineWaitsUntilTheServiceIsWarm) {
  ScriptedHttp service([](const ScriptedHttp::Request& request) {
    if (request.index < 2) return ScriptedHttp::answer(503, "loading");
    if (request.index == 2) return std::string();  // it hangs up
    return echo(request);
  });
  Asking asking(service.url(), Pacing::kOffline);
  EXPECT_EQ(asking.ask(60).value_or(-1), 60);
  EXPECT_EQ(service.requests(), 4);
}

TEST(Remote, OfflineWaitsForAServiceThatIsStillToStart) {
  std::optional<ScriptedHttp> service(std::in_place, echo);
  const int port = service->port();
  Asking asking(service->url(), Pacing::kOffline);
  service.reset();
  std::jthread later([&] {
    std::this_thread::sleep_for(150ms);
    service.emplace(echo, port);
  });
  EXPECT_EQ(asking.ask(61).value_or(-1), 61);
}

TEST(Remote, OfflineGivesUpAfterItsPatience) {
  ScriptedHttp service([](const auto&) { return ScriptedHttp::answer(503, "loading"); });
  Asking asking(service.url(), Pacing::kOffline, "?patience=0.4");
  const auto asked = asking.ask(70);
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().code, Errc::kDisconnected);
  EXPECT_THAT(asked.error().what, HasSubstr(service.url()));
  EXPECT_THAT(asked.error().what, HasSubstr("answered 503: loading"));
  EXPECT_GT(service.requests(), 1) << "it tried again";
}

TEST(Remote, OfflineDoesNotRepeatWhatIsRefused) {
  ScriptedHttp service([](const auto&) { return ScriptedHttp::answer(400, "no"); });
  Asking asking(service.url(), Pacing::kOffline);
  const auto asked = asking.ask(71);
  ASSERT_FALSE(asked);
  EXPECT_THAT(asked.error().what, HasSubstr("answered 400: no"));
  EXPECT_EQ(service.requests(), 1);
}

TEST(Remote, LiveFailsAtOnceAndComesBackByItself) {
  std::optional<ScriptedHttp> service(std::in_place, echo);
  const int port = service->port();
  Asking asking(service->url(), Pacing::kLive, "?requests=1");
  EXPECT_EQ(asking.ask(80).value_or(-1), 80);
  service.reset();
  for (int i = 0; i < 50; ++i) {
    const auto asked = asking.ask(81);
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().code, Errc::kDisconnected);
  }
  service.emplace(echo, port);
  Expected<int> asked = 0;
  do {
    std::this_thread::sleep_for(10ms);
    asked = asking.ask(82);
  } while (!asked);
  EXPECT_EQ(*asked, 82);
  std::lock_guard lock(asking.mutex);
  ASSERT_EQ(asking.told.size(), 2u) << "once when it went, once when it came";
  EXPECT_THAT(asking.told[0], HasSubstr("until it answers the pause picture is shown"));
  EXPECT_THAT(asking.told[1], HasSubstr("it answers"));
}

TEST(Remote, EndsSoonWhateverIsUnderWay) {
  ScriptedHttp service([](const auto&) { return ScriptedHttp::answer(503, "loading"); });
  Asking asking(service.url(), Pacing::kOffline, "?patience=3600");
  const Image picture = Asking::picture_of(90);
  asking.segmenter->relay()->send(picture.view());
  while (service.requests() == 0) std::this_thread::sleep_for(1ms);
  asking.segmenter.reset();
}

TEST(Remote, AnswersForAPartOfAPicture) {
  ScriptedHttp service([](const auto&) {
    return ScriptedHttp::answer(
        200, std::string(4, '\0') + std::string(4, '\1') + std::string(24, '\1'));
  });
  Asking asking(service.url(), Pacing::kOffline, "?format=mask");
  PlaneBuffer matte(Size{4, 1});
  const Image picture = Asking::picture_of(100);
  for (const auto& [x, value] : {std::pair{0, 0}, {4, 255}}) {
    ASSERT_TRUE(asking.segmenter->segment(picture.view(), {x, 0, 4, 1}, matte.view()));
    EXPECT_EQ(matte.view().row(0)[1], value);
  }
}

TEST(Remote, WarnsOfPicturesThatAreOverheard) {
  const std::string url = "http://0.0.0.0:1";
  EXPECT_THAT(warning_of_segmenter(parse_spec("remote:" + url).value()), HasSubstr("unencrypted"));
  EXPECT_EQ(warning_of_segmenter(parse_spec("remote:https://example.org").value()), "");
  EXPECT_EQ(warning_of_segmenter(parse_spec("remote:http://localhost:9000").value()), "");
  EXPECT_EQ(warning_of_segmenter(parse_spec("oval").value()), "");
  Asking asking(url, Pacing::kLive);
  ASSERT_EQ(asking.told.size(), 1u);
  EXPECT_THAT(asking.told[0], HasSubstr("unencrypted"));
}

TEST(Remote, RefusesRequestsThatAreWrong) {
  for (const char* text :
       {"remote", "remote:host", "remote:http://a:b@host", "remote:http://host?format=png",
        "remote:http://host?requests=0", "remote:http://host?token-file=/nowhere"}) {
    const auto made = make_segmenter(parse_spec(text).value(), {.encode = first_sample});
    ASSERT_FALSE(made) << text;
    EXPECT_EQ(made.error().code, Errc::kRequest) << text;
  }
  EXPECT_EQ(print(parse_spec("remote:http://host:9000").value()), "remote:http://host:9000");
}

}  // namespace
}  // namespace scrim
