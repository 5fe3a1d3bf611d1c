// The tray's entry on a bus of its own, where this test is the desktop: its watcher and its host.
#include "control/tray.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "control/bus.h"
#include "control/commands.h"
#include "support/folder.h"
#include "support/session.h"

namespace scrim {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
constexpr auto kPatience = std::chrono::seconds(60);
constexpr const char* kWatcher = "org.kde.StatusNotifierWatcher";
constexpr const char* kItem = "org.kde.StatusNotifierItem";
constexpr const char* kMenu = "com.canonical.dbusmenu";

/// A bus in `folder`; no `pid` where there is no such program.
class BusDaemon {
 public:
  explicit BusDaemon(const std::string& folder) {
    const std::string option = "--address=unix:path=" + folder + "/bus";
    const char* words[] = {"dbus-daemon", "--session",         "--nofork",     "--nopidfile",
                           "--nosyslog",  "--print-address=1", option.c_str(), nullptr};
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    if (::posix_spawnp(&pid_, words[0], &actions, nullptr, const_cast<char**>(words), ::environ) !=
        0)
      pid_ = 0;
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    // It says where it listens only when it does.
    char address[1024];
    const ssize_t size = ::read(ends[0], address, sizeof address);
    ::close(ends[0]);
    const std::string_view said(address, std::max<ssize_t>(size, 0));
    ::setenv("DBUS_SESSION_BUS_ADDRESS", std::string(said.substr(0, said.find('\n'))).c_str(), 1);
  }
  ~BusDaemon() {
    ::unsetenv("DBUS_SESSION_BUS_ADDRESS");
    if (!pid_) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  bool runs() const { return pid_ != 0; }

 private:
  pid_t pid_ = 0;
};

/// What desktops have: takes items in, and asks them.
class Desktop {
 public:
  Desktop() {
    sd_bus* opened = nullptr;
    EXPECT_GE(sd_bus_open_user(&opened), 0);
    bus_.reset(opened);
    EXPECT_GE(sd_bus_add_object_vtable(opened, nullptr, "/StatusNotifierWatcher", kWatcher, kTable,
                                       &items_),
              0);
    EXPECT_GE(
        sd_bus_match_signal(opened, nullptr, nullptr, nullptr, nullptr, nullptr, &hear, &heard_),
        0);
    EXPECT_GE(sd_bus_request_name(opened, kWatcher, 0), 0);
  }

  /// Whether `fact` came true while calls and signals were taken in.
  bool until(const std::function<bool()>& fact) {
    const auto deadline = Clock::now() + kPatience;
    while (!fact() && Clock::now() < deadline)
      if (sd_bus_process(bus_.get(), nullptr) == 0) sd_bus_wait(bus_.get(), 20'000);
    return fact();
  }
  const std::string& item() {
    static const std::string kNone = "none";
    EXPECT_TRUE(until([&] { return !items_.empty(); })) << "no item comes";
    return items_.empty() ? kNone : items_.back();
  }
  bool hears(const std::string& signal) {
    return until([&] { return std::ranges::count(heard_, signal) != 0; });
  }
  std::string property(const char* name) {
    char* text = nullptr;
    EXPECT_GE(sd_bus_get_property_string(bus_.get(), item().c_str(), "/StatusNotifierItem", kItem,
                                         name, nullptr, &text),
              0);
    const std::string copy = text ? text : "";
    std::free(text);
    return copy;
  }

  struct Entry {
    int id;
    std::string label;  // "-": a line
    int state;          // -1: no choice
  };
  std::vector<Entry> layout() {
    std::vector<Entry> entries;
    sd_bus_message* reply = call("GetLayout", "iias", 0, -1, 0);
    if (!reply) return entries;
    const UniqueMessage owner(reply);
    unsigned revision = 0;
    int root = 0;
    sd_bus_message_read(reply, "u", &revision);
    sd_bus_message_enter_container(reply, 'r', "ia{sv}av");
    sd_bus_message_read(reply, "i", &root);
    sd_bus_message_skip(reply, "a{sv}");
    sd_bus_message_enter_container(reply, 'a', "v");
    while (sd_bus_message_enter_container(reply, 'v', "(ia{sv}av)") > 0) {
      entries.push_back(entry_of(reply));
      sd_bus_message_exit_container(reply);
    }
    return entries;
  }
  std::vector<std::string> labels() {
    std::vector<std::string> all;
    for (const Entry& entry : layout()) all.push_back((entry.state == 1 ? "*" : "") + entry.label);
    return all;
  }
  /// Whether the entry of that name took it.
  bool click(const std::string& label) {
    for (const Entry& entry : layout())
      if (entry.label == label)
        return UniqueMessage(call("Event", "isvu", entry.id, "clicked", "i", 0, 0)) != nullptr;
    return false;
  }

  /// Null for an error.
  template <class... Arguments>
  sd_bus_message* call(const char* method, const char* types, Arguments... arguments) {
    sd_bus_message* reply = nullptr;
    sd_bus_call_method(bus_.get(), item().c_str(), "/MenuBar", kMenu, method, nullptr, &reply,
                       types, arguments...);
    return reply;
  }
  bool activate() {
    return sd_bus_call_method(bus_.get(), item().c_str(), "/StatusNotifierItem", kItem, "Activate",
                              nullptr, nullptr, "ii", 0, 0) >= 0;
  }

 private:
  static int take(sd_bus_message* call, void* items, sd_bus_error*) {
    const char* name = nullptr;
    sd_bus_message_read(call, "s", &name);
    static_cast<std::vector<std::string>*>(items)->emplace_back(name);
    return sd_bus_reply_method_return(call, "");
  }
  static int hear(sd_bus_message* signal, void* heard, sd_bus_error*) {
    static_cast<std::vector<std::string>*>(heard)->emplace_back(sd_bus_message_get_member(signal));
    return 0;
  }
  static Entry entry_of(sd_bus_message* reply) {
    Entry entry{0, "-", -1};
    const char *key = nullptr, *text = nullptr;
    sd_bus_message_enter_container(reply, 'r', "ia{sv}av");
    sd_bus_message_read(reply, "i", &entry.id);
    sd_bus_message_enter_container(reply, 'a', "{sv}");
    while (sd_bus_message_enter_container(reply, 'e', "sv") > 0) {
      sd_bus_message_read(reply, "s", &key);
      if (std::string_view(key) == "label" && sd_bus_message_read(reply, "v", "s", &text) >= 0)
        entry.label = text;
      else if (std::string_view(key) == "toggle-state")
        sd_bus_message_read(reply, "v", "i", &entry.state);
      else
        sd_bus_message_skip(reply, "v");
      sd_bus_message_exit_container(reply);
    }
    sd_bus_message_exit_container(reply);
    sd_bus_message_skip(reply, "av");
    sd_bus_message_exit_container(reply);
    return entry;
  }
  static const sd_bus_vtable kTable[];

  std::vector<std::string> items_, heard_;
  UniqueBus bus_;
};

const sd_bus_vtable Desktop::kTable[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("RegisterStatusNotifierItem", "s", "", &take, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END};

class TrayTest : public testing::Test {
 protected:
  TrayTest() { ::setenv("XDG_CONFIG_HOME", folder_.path().c_str(), 1); }
  ~TrayTest() override { ::unsetenv("XDG_CONFIG_HOME"); }
  void SetUp() override {
    if (!daemon_.runs()) GTEST_SKIP() << "there is no dbus-daemon here";
  }

  void tell(std::string_view command, std::string_view value = "") {
    carry_out(*run_, control_request(command, value));
  }
  std::unique_ptr<Tray> start(std::string link = "") {
    return Tray::start(*run_, {.panel_link = std::move(link),
                               .quit = [this] { quits_ = true; },
                               .complain = [this](const std::string& why) { run_.note(why); }});
  }
  bool is_paused() { return run_->state() == Session::State::kPaused; }

  const TestFolder folder_;
  const BusDaemon daemon_{folder_.path()};
  std::atomic<bool> quits_ = false;
  RunningSession run_;
};

TEST_F(TrayTest, ShowsItselfAndItsMenu) {
  Desktop desktop;
  const auto tray = start("http://127.0.0.1:1/");
  ASSERT_TRUE(tray);
  EXPECT_EQ(desktop.item(), fmt::format("{}-{}-1", kItem, ::getpid()));
  EXPECT_EQ(desktop.property("Id"), "scrim");
  EXPECT_EQ(desktop.property("IconName"), "scrim");
  EXPECT_EQ(desktop.property("Status"), "Active");
  tell("preset save", "a_b");
  EXPECT_THAT(desktop.labels(),
              ElementsAre("Pause", "-", "*a__b", "-", "Open the panel", "Quit Scrim"));
}

TEST_F(TrayTest, AClickPausesAndResumes) {
  Desktop desktop;
  const auto tray = start();
  ASSERT_TRUE(desktop.click("Pause"));
  EXPECT_TRUE(is_paused());
  EXPECT_TRUE(desktop.hears("LayoutUpdated"));
  EXPECT_EQ(desktop.property("Status"), "NeedsAttention");
  EXPECT_EQ(desktop.property("AttentionIconName"), "media-playback-pause");
  ASSERT_TRUE(desktop.click("Resume"));
  EXPECT_FALSE(is_paused());
}

TEST_F(TrayTest, TellsWhatOthersDo) {
  Desktop desktop;
  const auto tray = start();
  desktop.item();
  tell("pause");
  EXPECT_TRUE(desktop.hears("NewStatus"));
  EXPECT_TRUE(desktop.hears("LayoutUpdated"));
}

TEST_F(TrayTest, UsesAPresetAndSaysWhatIsWrongWithOne) {
  tell("preset save", "Green");
  tell("background", "scene:sea");
  Desktop desktop;
  const auto tray = start();
  ASSERT_TRUE(desktop.click("Green"));
  EXPECT_EQ(print(run_->status().look.background), "colour:00b140");
  const auto shown = desktop.layout();
  std::ofstream(folder_.path() + "/scrim/presets/Green.toml") << "nonsense";
  UniqueMessage(desktop.call("Event", "isvu", shown[2].id, "clicked", "i", 0, 0));
  EXPECT_THAT(run_.told(), Contains(testing::HasSubstr("Green")));
}

TEST_F(TrayTest, OpensThePanelAndQuits) {
  const std::string opener = folder_.path() + "/xdg-open", opened = folder_.path() + "/opened";
  std::ofstream(opener) << "#!/bin/sh\n(echo \"$1\"; grep SigIgn /proc/$$/status) >'" << opened
                        << ".new' && mv '" << opened << ".new' '" << opened << "'\n";
  ::chmod(opener.c_str(), 0700);
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", (folder_.path() + ":" + path).c_str(), 1);
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  Desktop desktop;
  const auto tray = start("http://127.0.0.1:1/?token=x");
  EXPECT_TRUE(desktop.activate());
  EXPECT_TRUE(desktop.until([&] { return fs::exists(opened); }));
  ::setenv("PATH", path.c_str(), 1);
  std::signal(SIGPIPE, before);
  std::ifstream told(opened);
  std::string link, word;
  std::uint64_t ignored = 0;
  told >> link >> word >> std::hex >> ignored;
  EXPECT_EQ(link, "http://127.0.0.1:1/?token=x");
  EXPECT_EQ(word, "SigIgn:");
  EXPECT_EQ(ignored >> (SIGPIPE - 1) & 1, 0u) << "what is started has the usual signals";
  ASSERT_TRUE(desktop.click("Quit Scrim"));
  EXPECT_TRUE(quits_);
}

TEST_F(TrayTest, ComesAgainWithADesktopThatStartsAgain) {
  const auto tray = start();
  ASSERT_TRUE(tray) << "a tray may come later";
  for (int times = 0; times < 2; ++times) {
    Desktop desktop;
    EXPECT_THAT(desktop.labels(), ElementsAre("Pause", "-", "Quit Scrim"));
  }
}

TEST_F(TrayTest, StrangeCallsAreRefused) {
  Desktop desktop;
  const auto tray = start();
  EXPECT_FALSE(desktop.call("GetLayout", "iias", 99, -1, 0));
  EXPECT_FALSE(desktop.call("GetProperty", "is", 99, "label"));
  EXPECT_FALSE(desktop.call("GetProperty", "is", 1, "no-such"));
  EXPECT_FALSE(desktop.call("Event", "isvu", 99, "clicked", "i", 0, 0));
  EXPECT_FALSE(desktop.call("Event", "s", "clicked"));
  EXPECT_TRUE(UniqueMessage(desktop.call("GetGroupProperties", "aias", 1, 1, 0)));
  EXPECT_TRUE(UniqueMessage(desktop.call("AboutToShow", "i", 0)));
  EXPECT_TRUE(UniqueMessage(desktop.call("AboutToShowGroup", "ai", 1, 0)));
  EXPECT_TRUE(UniqueMessage(desktop.call("EventGroup", "a(isvu)", 1, 99, "opened", "i", 0, 0)));
  EXPECT_FALSE(is_paused());
}

TEST(Tray, IsNotThereWithoutABus) {
  const TestFolder folder;
  ::setenv("DBUS_SESSION_BUS_ADDRESS", ("unix:path=" + folder.path() + "/none").c_str(), 1);
  RunningSession run;
  EXPECT_FALSE(Tray::start(*run, {}));
  ::unsetenv("DBUS_SESSION_BUS_ADDRESS");
}

}  // namespace
}  // namespace scrim
