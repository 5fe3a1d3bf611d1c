#include "control/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <semaphore>
#include <thread>

#include "control/client.h"
#include "control/place.h"
#include "support/folder.h"
#include "support/read_until.h"

namespace scrim {
namespace {

using testing::HasSubstr;

struct Served {
  TestFolder folder;
  std::string path = folder.path("scrim/control");
  std::unique_ptr<ControlServer> server = ControlServer::take_place(path).value();

  Served() {
    server->start([](std::string_view line) { return "<" + std::string(line) + ">"; });
  }
  UniqueFd connect() const {
    const auto address = control_address(path).value();
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM, 0));
    EXPECT_EQ(::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    return fd;
  }
};

unsigned mode_of(const std::string& path) {
  struct stat about {};
  EXPECT_EQ(::stat(path.c_str(), &about), 0) << path;
  return about.st_mode & 0777;
}

TEST(ControlServer, AnswersLinesAtAPlaceOfItsUserAlone) {
  Served served;
  EXPECT_EQ(ask_running(served.path, "hello").value(), "<hello>");
  EXPECT_EQ(mode_of(served.path), 0600u);
  EXPECT_EQ(mode_of(served.folder.path("scrim")), 0700u);
  EXPECT_EQ(process_at(served.path), ::getpid());
}

TEST(ControlServer, OneClientMaySendSeveralLinesInPieces) {
  Served served;
  const UniqueFd fd = served.connect();
  for (const std::string piece : {"a", "b\nc\n", "d\n"})
    ASSERT_EQ(::send(fd.get(), piece.data(), piece.size(), 0), std::ssize(piece));
  std::string got;
  for (char byte; got != "<ab>\n<c>\n<d>\n" && ::recv(fd.get(), &byte, 1, 0) == 1;) got += byte;
  EXPECT_EQ(got, "<ab>\n<c>\n<d>\n");
}

TEST(ControlServer, WhoSendsAnEndlessLineIsDropped) {
  Served served;
  const UniqueFd fd = served.connect();
  const std::string piece(4096, 'x');
  while (::send(fd.get(), piece.data(), piece.size(), MSG_NOSIGNAL) > 0) {
  }
  EXPECT_EQ(ask_running(served.path, "still there").value(), "<still there>");
}

TEST(ControlServer, ManyAtOnceAreAllAnswered) {
  Served served;
  std::vector<UniqueFd> idle;
  for (std::size_t i = 0; i + 1 < ControlServer::kMostClients; ++i)
    idle.push_back(served.connect());
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(ask_running(served.path, "x"));
}

TEST(ControlServer, WhoIsOneTooManyIsToldSoAtOnce) {
  Served served;
  std::vector<UniqueFd> idle;
  for (std::size_t i = 0; i < ControlServer::kMostClients; ++i) idle.push_back(served.connect());
  const std::string told = read_until(served.connect(), "\n");
  EXPECT_THAT(told, HasSubstr("\"ok\":false"));
  EXPECT_THAT(told, HasSubstr("too many clients (at most 16 at a time)"));
  for (int i = 0; i < 50; ++i) EXPECT_EQ(ask_running(served.path, "x").value() + "\n", told);
  idle.pop_back();
  EXPECT_EQ(ask_running(served.path, "x").value(), "<x>");
}

TEST(ControlServer, WatchersLeavePlacesToOthers) {
  TestFolder folder;
  const std::string path = folder.path("scrim/control");
  const auto server = ControlServer::take_place(path).value();
  server->start([](std::string_view line) { return std::string(line); },
                {[](std::string_view line) { return line == "watch"; }, [] { return "news"; }});
  std::vector<UniqueFd> watchers;
  const auto watch = [&] {
    const auto address = control_address(path).value();
    watchers.emplace_back(::socket(AF_UNIX, SOCK_STREAM, 0));
    const int fd = watchers.back().get();
    EXPECT_EQ(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::send(fd, "watch\n", 6, 0), 6);
    return read_until(watchers.back(), "\n");
  };
  for (auto i = ControlServer::kMostWatchers; i > 0; --i) EXPECT_EQ(watch(), "news\n");
  EXPECT_THAT(watch(), HasSubstr("too many watchers (at most 12 at a time)"));
  EXPECT_EQ(read_until(watchers.back(), "\n"), " and no more") << "it is hung up on";
  EXPECT_EQ(ask_running(path, "x").value(), "x");
  watchers.clear();
  EXPECT_EQ(watch(), "news\n");
}

TEST(ControlServer, WhatIsAnsweredAtOnceWaitsForNoOther) {
  TestFolder folder;
  const std::string path = folder.path("scrim/control");
  std::binary_semaphore asked{0}, done{0};
  const auto server = ControlServer::take_place(path).value();
  server->start(
      [&](std::string_view line) {
        if (line == "slow") asked.release(), done.acquire();
        return "<" + std::string(line) + ">";
      },
      {}, [](std::string_view line) { return line == "pause"; });
  std::jthread first([&] { EXPECT_EQ(ask_running(path, "slow").value(), "<slow>"); });
  asked.acquire();
  std::jthread second([&] { EXPECT_EQ(ask_running(path, "next").value(), "<next>"); });
  EXPECT_EQ(ask_running(path, "pause").value(), "<pause>");
  done.release();
}

TEST(ControlServer, AnswersOfAConnectionComeInTheOrderOfItsLines) {
  TestFolder folder;
  const std::string path = folder.path("scrim/control");
  const auto server = ControlServer::take_place(path).value();
  server->start([](std::string_view line) { return std::string(line); }, {},
                [](std::string_view line) { return line == "b"; });
  const auto address = control_address(path).value();
  const UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM, 0));
  ASSERT_EQ(::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const std::string lines = "a\nb\nc\nb\n";
  ASSERT_EQ(::send(fd.get(), lines.data(), lines.size(), 0), std::ssize(lines));
  ::shutdown(fd.get(), SHUT_WR);
  std::string got;
  for (char byte; ::recv(fd.get(), &byte, 1, 0) == 1;) got += byte;
  EXPECT_EQ(got, lines);
}

TEST(ControlServer, WhoComesWhileThereAreNoDescriptorsIsAnsweredLater) {
  Served served;
  const auto address = control_address(served.path).value();
  const UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM, 0));
  rlimit usual{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &usual), 0);
  // A new descriptor is the lowest that is free, so none is below this one.
  const rlimit none{static_cast<rlim_t>(fd.get()) + 1, usual.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  EXPECT_EQ(::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(::send(fd.get(), "y\n", 2, 0), 2);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &usual), 0);
  std::string got;
  for (char byte; got != "<y>\n" && ::recv(fd.get(), &byte, 1, 0) == 1;) got += byte;
  EXPECT_EQ(got, "<y>\n");
}

TEST(ControlServer, ASecondOneLearnsOfTheFirst) {
  Served served;
  const auto second = ControlServer::take_place(served.path);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::kSystem);
  EXPECT_THAT(second.error().what,
              HasSubstr(fmt::format("already running: scrim (process {})", ::getpid())));
  EXPECT_EQ(ask_running(served.path, "x").value(), "<x>") << "the first goes on";
}

TEST(ControlServer, ASocketThatWasLeftBehindIsReplaced) {
  TestFolder folder;
  const std::string path = folder.path("scrim/control");
  ASSERT_TRUE(make_control_folder(path));
  const auto address = control_address(path).value();
  UniqueFd left(::socket(AF_UNIX, SOCK_STREAM, 0));
  ASSERT_EQ(::bind(left.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  left = UniqueFd();
  EXPECT_THAT(ask_running(path, "x").error().what, HasSubstr("no Scrim is running"));
  EXPECT_TRUE(ControlServer::take_place(path));
  EXPECT_FALSE(std::filesystem::exists(path)) << "gone with the server";
}

TEST(ControlServer, FilesAndOpenFoldersAreLeftAlone) {
  TestFolder folder;
  folder.write("scrim/control", "precious");
  ASSERT_EQ(::chmod(folder.path("scrim").c_str(), 0755), 0);
  EXPECT_THAT(ControlServer::take_place(folder.path("scrim/control")).error().what,
              HasSubstr("name one that is to be made"));
  ASSERT_EQ(::chmod(folder.path("scrim").c_str(), 0700), 0);
  EXPECT_THAT(ControlServer::take_place(folder.path("scrim/control")).error().what,
              HasSubstr("is a file"));
  EXPECT_EQ(std::filesystem::file_size(folder.path("scrim/control")), 8u);
  EXPECT_FALSE(std::filesystem::exists(folder.path("scrim/control.lock")));
}

TEST(ControlPlace, IsShortEnoughForASocket) {
  EXPECT_EQ(control_address(std::string(200, 'x')).error().code, Errc::kRequest);
}

}  // namespace
}  // namespace scrim
