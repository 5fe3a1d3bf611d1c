#include "base/spec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace scrim {
namespace {

using testing::HasSubstr;

Spec parsed(std::string_view text) {
  auto spec = parse_spec(text);
  EXPECT_TRUE(spec) << text;
  return spec.value_or(Spec{});
}

TEST(ParseSpec, TakesAllParts) {
  const Spec spec = parsed("v4l2:/dev/video0?size=1280x720&fps=30");
  EXPECT_EQ(spec.kind, "v4l2");
  EXPECT_EQ(spec.argument, "/dev/video0");
  ASSERT_EQ(spec.options.size(), 2U);
  EXPECT_EQ(*spec.find("size"), "1280x720");
  EXPECT_EQ(*spec.find("fps"), "30");
  EXPECT_EQ(spec.find("FPS"), nullptr);
}

TEST(ParseSpec, PartsMayBeMissing) {
  EXPECT_EQ(parsed("blur"), (Spec{"blur", "", {}}));
  EXPECT_EQ(parsed("blur?radius=24"), (Spec{"blur", "", {{"radius", "24"}}}));
  EXPECT_EQ(parsed("text:Hi%2C all"), (Spec{"text", "Hi, all", {}}));
  EXPECT_EQ(parsed("a:b:c=d"), (Spec{"a", "b:c=d", {}}));
  EXPECT_EQ(parsed("a?k=x=y:z"), (Spec{"a", "", {{"k", "x=y:z"}}}));
  EXPECT_EQ(parsed("a?k="), (Spec{"a", "", {{"k", ""}}}));
  EXPECT_EQ(parsed("a:%00%e2%82%AC"), (Spec{"a", std::string("\0€", 4), {}}));
}

void expect_refused(std::string_view text, std::string_view reason) {
  const auto spec = parse_spec(text);
  ASSERT_FALSE(spec) << text;
  EXPECT_EQ(spec.error().code, Errc::kRequest);
  EXPECT_THAT(spec.error().what, HasSubstr(reason)) << text;
}

TEST(ParseSpec, NamesWhatIsMalformed) {
  for (std::string_view text :
       {"", ":", "?", "?a=b", ":x", "Blur", " blur", "blur ", "a b", "./file"})
    expect_refused(text, "expected kind[:argument]");
  for (std::string_view text : {"a?b", "a?=c", "a?b=1&c", "a?b=1&&c=2", "a?B=1", "a?b c=1", "a?&"})
    expect_refused(text, "key=value");
  for (std::string_view text :
       {"a:%", "a:%2", "a:%zz", "a:%2x", "a?k=%", "a:%+1", "a:% 1", "a:%-1"})
    expect_refused(text, "hexadecimal");
  expect_refused("a?k=1&k=2", "'k' is given twice");
  expect_refused("a?k=1?l=2", "%3F");
  expect_refused("a?k=1&", "key=value");
  expect_refused("a?", "key=value");
}

TEST(ParseChain, SplitsAtCommas) {
  const auto chain = parse_chain("room,blur?radius=9,text:a%2Cb");
  ASSERT_TRUE(chain);
  EXPECT_EQ(*chain, (Chain{parsed("room"), parsed("blur?radius=9"), parsed("text:a%2Cb")}));
  EXPECT_EQ(parse_chain(""), Chain{});
}

TEST(ParseChain, HasNoEmptyLinks) {
  for (std::string_view text : {",", "a,", ",a", "a,,b"}) EXPECT_FALSE(parse_chain(text)) << text;
}

std::string nasty_text(std::mt19937& random) {
  constexpr std::string_view kNasty = ",?&%:=/ \t\n\r\x01\x1f\x7f\xff\x80#+'\"\\aZ9";
  std::string text;
  for (auto length = random() % 9; length > 0; --length)
    text += random() % 16 == 0 ? '\0' : kNasty[random() % kNasty.size()];
  return text;
}

Spec nasty_spec(std::mt19937& random) {
  Spec spec{"kind-" + std::to_string(random() % 100), nasty_text(random), {}};
  for (auto i = random() % 4; i > 0; --i)
    spec.options.emplace_back("key_" + std::to_string(i), nasty_text(random));
  return spec;
}

TEST(Print, AndParseRoundTripWhateverTheText) {
  std::mt19937 random(1);
  for (int i = 0; i < 5000; ++i) {
    Chain chain;
    for (auto length = random() % 4; length > 0; --length) chain.push_back(nasty_spec(random));
    for (const Spec& spec : chain) ASSERT_EQ(parse_spec(print(spec)), spec) << print(spec);
    ASSERT_EQ(parse_chain(print(chain)), chain) << print(chain);
  }
}

TEST(Print, EscapesOnlyWhatItMust) {
  EXPECT_EQ(print(Spec{"text", "50%, ok? a&b: c=d \x7f\n€", {{"k", "x,y"}}}),
            "text:50%25%2C ok%3F a%26b: c=d %7F%0A€?k=x%2Cy");
}

constexpr std::string_view kShapes[] = {"round", "square"};
constexpr Option kOptions[] = {
    {"size", "how large", Option::Type::kNumber, "1.5", 0.5, 8},
    {"count", "how many", Option::Type::kInteger, "3", 1, 100},
    {"smooth", "soft edges", Option::Type::kFlag, "on"},
    {"shape", "of each", Option::Type::kChoice, "round", 0, 0, kShapes},
    {"label", "what it says", Option::Type::kText, "none"},
};
constexpr Kind kMosaic{"mosaic", Argument::kNone, "hides", kOptions};

void expect_checked(std::string_view text, const Kind& kind) {
  const auto ok = check(parsed(text), kind);
  EXPECT_TRUE(ok) << text << ": " << (ok ? "" : ok.error().what);
}

void expect_wrong(std::string_view text, const Kind& kind, std::string_view reason) {
  const auto ok = check(parsed(text), kind);
  ASSERT_FALSE(ok) << text;
  EXPECT_EQ(ok.error().code, Errc::kRequest);
  EXPECT_THAT(ok.error().what, HasSubstr(reason)) << text;
}

TEST(Check, AcceptsWhatFits) {
  for (std::string_view text :
       {"mosaic", "mosaic?size=0.5", "mosaic?size=8", "mosaic?size=1e0", "mosaic?count=100",
        "mosaic?smooth=off", "mosaic?smooth=true", "mosaic?smooth=0", "mosaic?shape=square",
        "mosaic?label=", "mosaic?label=any%2C thing", "mosaic?size=2&count=4&smooth=1"})
    expect_checked(text, kMosaic);
}

TEST(Check, SaysWhatWasExpected) {
  for (std::string_view value : {"0.4", "8.01", "", "x", "2px", "nan", "inf", "-1", " 2", "0x2"})
    expect_wrong(fmt::format("mosaic?size={}", value), kMosaic, "a number from 0.5 to 8");
  for (std::string_view value : {"0", "101", "1.5", "", "one", "1e9"})
    expect_wrong(fmt::format("mosaic?count={}", value), kMosaic, "a whole number from 1 to 100");
  for (std::string_view value : {"", "yes", "2", "ON"})
    expect_wrong(fmt::format("mosaic?smooth={}", value), kMosaic, "on or off");
  for (std::string_view value : {"", "rounds", "Round"})
    expect_wrong(fmt::format("mosaic?shape={}", value), kMosaic, "one of round, square");
}

TEST(Check, SuggestsTheOptionThatWasMeant) {
  expect_wrong("mosaic?cuont=2", kMosaic,
               "unknown option of mosaic 'cuont'; did you mean 'count'?");
  expect_wrong("mosaic?zzz=2", kMosaic, "(there are: size, count, smooth, shape, label)");
  expect_wrong("mosaic?a=1", Kind{"mosaic", Argument::kNone, ""}, "there are none");
}

TEST(Check, LooksAtTheArgument) {
  const Kind none{"room", Argument::kNone, ""};
  const Kind needed{"image", Argument::kFile, ""};
  const Kind optional{"v4l2", Argument::kDevice, ""};
  expect_checked("room", none);
  expect_wrong("room:x", none, "takes no argument, but got 'x'");
  expect_checked("image:a.png", needed);
  expect_wrong("image", needed, "'image' needs an argument: image:FILE");
  expect_checked("v4l2", optional);
  expect_checked("v4l2:/dev/video2", optional);
}

TEST(Values, ComeFromTheSpecOrItsDefault) {
  const Spec given = parsed("mosaic?size=2.25&count=7&smooth=off&shape=square&label=x");
  const Spec bare = parsed("mosaic");
  EXPECT_EQ(number(given, kOptions[0]), 2.25);
  EXPECT_EQ(number(bare, kOptions[0]), 1.5);
  EXPECT_EQ(integer(given, kOptions[1]), 7);
  EXPECT_EQ(integer(bare, kOptions[1]), 3);
  EXPECT_FALSE(flag(given, kOptions[2]));
  EXPECT_TRUE(flag(bare, kOptions[2]));
  EXPECT_TRUE(flag(parsed("mosaic?smooth=1"), kOptions[2]));
  EXPECT_TRUE(flag(parsed("mosaic?smooth=true"), kOptions[2]));
  EXPECT_EQ(text(given, kOptions[3]), "square");
  EXPECT_EQ(text(bare, kOptions[4]), "none");
}

constexpr std::string_view kNames[] = {"mosaic", "blur", "hologram"};

TEST(Suggestion, IsTheNearestNameIfAnyIsNear) {
  EXPECT_EQ(suggestion("mosiac", kNames), "; did you mean 'mosaic'?");
  EXPECT_EQ(suggestion("blurr", kNames), "; did you mean 'blur'?");
  EXPECT_EQ(suggestion("holgram", kNames), "; did you mean 'hologram'?");
  EXPECT_EQ(suggestion("x", kNames), "");
  EXPECT_EQ(suggestion("", kNames), "");
  EXPECT_EQ(suggestion("photograph-frame", kNames), "");
  EXPECT_EQ(suggestion("mosaic", {}), "");
}

struct TestKind : Kind {
  int number;
};

TEST(Choose, FindsTheRowOrSaysWhatThereIs) {
  const TestKind kinds[] = {{{"mosaic", Argument::kNone, "", kOptions}, 1},
                            {{"blur", Argument::kNone, ""}, 2}};
  const std::span<const TestKind> all = kinds;
  const auto found = choose(all, parsed("blur"), "effect");
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)->number, 2);
  const auto unknown = choose(all, parsed("mosiac"), "effect");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().what,
            "unknown effect 'mosiac'; did you mean 'mosaic'? (there are: mosaic, blur)");
  EXPECT_FALSE(choose(all, parsed("mosaic?size=99"), "effect"));
}

}  // namespace
}  // namespace scrim
