// Tested by tests/control/server_test.cpp.
#include "control/server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "control/client.h"
#include "control/place.h"
#include "control/request.h"

namespace scrim {
namespace {

constexpr int kBetweenNews_ms = 200;
constexpr int kBetweenTries_ms = 200;

void ring(const UniqueFd& event) {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(event.get(), &one, sizeof one);
}

bool send_line(int fd, const std::string& line) {
  const std::string bytes = line + "\n";
  const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent == static_cast<ssize_t>(bytes.size());
}

/// Says that `who` of them are there already.
void send_too_many(int fd, const char* who, std::ptrdiff_t most) {
  const Error error{Errc::kSystem,
                    fmt::format("too many {} (at most {} at a time); end one, such as a `scrim ctl "
                                "watch`, and try again",
                                who, most)};
  send_line(fd, refusal_line(error));
}

bool is_friend(int fd) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == ::geteuid() || peer.uid == 0;
}

}  // namespace

struct ControlServer::Client {
  UniqueFd fd;
  std::uint64_t number;
  std::string received = {};  // what is not answered yet
  bool waits = false;         // for the desk; what else it says waits as well
  bool wants_news = false;
  std::string told = {};  // the last news
};

Expected<std::unique_ptr<ControlServer>> ControlServer::take_place(const std::string& path) {
  if (auto ok = make_control_folder(path); !ok) return std::unexpected(ok.error());
  struct stat about {};
  if (::lstat(path.c_str(), &about) == 0 && !S_ISSOCK(about.st_mode))
    return fail(Errc::kRequest, "--control: {} is a file; name a place for a socket", path);
  std::unique_ptr<ControlServer> server(new ControlServer(path));
  const std::string lock = path + ".lock";
  server->lock_ = UniqueFd(::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!server->lock_) return fail_errno("open " + lock);
  if (::flock(server->lock_.get(), LOCK_EX | LOCK_NB) != 0)
    return fail(Errc::kSystem,
                "already running: scrim (process {}); `scrim ctl` commands it, --control off or "
                "--control PATH starts another one",
                process_at(path));
  if (auto ok = server->listen(); !ok) return std::unexpected(ok.error());
  return server;
}

/// A socket that stands there has been left behind: the lock is ours.
Expected<void> ControlServer::listen() {
  const auto address = control_address(path_);
  if (!address) return std::unexpected(address.error());
  ::unlink(path_.c_str());
  listening_ = UniqueFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  ending_ = UniqueFd(::eventfd(0, EFD_CLOEXEC));
  answered_ = UniqueFd(::eventfd(0, EFD_CLOEXEC));
  if (!listening_ || !ending_ || !answered_) return fail_errno("make a socket");
  ::fchmod(listening_.get(), 0600);  // before it has a name
  if (::bind(listening_.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0)
    return fail_errno("make " + path_);
  ::chmod(path_.c_str(), 0600);
  if (::listen(listening_.get(), kMostClients) != 0) return fail_errno("listen at " + path_);
  return {};
}

ControlServer::~ControlServer() {
  stop();
  if (listening_) ::unlink(path_.c_str());
}

void ControlServer::start(Answer answer, ControlNews news, Choose at_once) {
  answer_ = std::move(answer);
  news_ = std::move(news);
  at_once_ = std::move(at_once);
  // Each client has one line there at most, and the next when the one in hand is as good as done.
  desk_.emplace(std::vector<Job>(kMostClients + 1), [this](Job& job) {
    job.line = answer_(job.line);
    {
      std::lock_guard lock(mutex_);
      answers_.push_back(job);
    }
    ring(answered_);
  });
  thread_ = std::jthread([this] { run(); });
}

void ControlServer::stop() {
  if (!thread_.joinable()) return;
  ring(ending_);
  thread_.join();
  desk_.reset();
}

void ControlServer::run() {
  std::vector<Client> clients;
  bool lacks_fd = false;
  for (;;) {
    // Who comes when there are no descriptors waits for a moment.
    const short accepts = lacks_fd ? 0 : POLLIN;
    std::vector<pollfd> waiting = {
        {ending_.get(), POLLIN, 0}, {answered_.get(), POLLIN, 0}, {listening_.get(), accepts, 0}};
    for (const Client& client : clients)
      waiting.push_back({client.waits ? -1 : client.fd.get(), POLLIN, 0});
    const bool news = std::ranges::any_of(clients, &Client::wants_news);
    const int longest_ms = lacks_fd ? kBetweenTries_ms : news ? kBetweenNews_ms : -1;
    if (::poll(waiting.data(), waiting.size(), longest_ms) < 0 && errno != EINTR) return;
    if (waiting[0].revents) return;
    for (std::size_t i = clients.size(); i-- > 0;)
      if (waiting[i + 3].revents && !receive(clients[i], clients))
        clients.erase(clients.begin() + static_cast<std::ptrdiff_t>(i));
    if (waiting[1].revents) hand_out(clients);
    tell_news(clients);
    lacks_fd = (waiting[2].revents & POLLIN) && !admit(clients);
  }
}

/// One who came, if there is a place. Whether there was a descriptor.
bool ControlServer::admit(std::vector<Client>& clients) {
  UniqueFd fd(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!fd) return errno == EAGAIN;
  if (!is_friend(fd.get())) return true;
  if (clients.size() < kMostClients)
    clients.push_back({std::move(fd), ++came_});
  else
    send_too_many(fd.get(), "clients", static_cast<std::ptrdiff_t>(kMostClients));
  return true;
}

/// The desk's answers, each to who asked.
void ControlServer::hand_out(std::vector<Client>& clients) {
  std::uint64_t rung = 0;
  [[maybe_unused]] const ssize_t read = ::read(answered_.get(), &rung, sizeof rung);
  std::vector<Job> answers;
  {
    std::lock_guard lock(mutex_);
    answers.swap(answers_);
  }
  for (const Job& answer : answers) {
    const auto client = std::ranges::find(clients, answer.client, &Client::number);
    client->waits = false;
    if (!send_line(client->fd.get(), answer.line) || !serve(*client, clients))
      clients.erase(client);
  }
}

/// Who does not take them is dropped. Who waits for the desk gets them after that.
void ControlServer::tell_news(std::vector<Client>& clients) const {
  if (std::ranges::none_of(clients, &Client::wants_news)) return;
  const std::string line = news_.tell();
  std::erase_if(clients, [&](Client& client) {
    const bool wants = client.wants_news && !client.waits;
    return wants && std::exchange(client.told, line) != line && !send_line(client.fd.get(), line);
  });
}

/// Whether the client stays.
bool ControlServer::receive(Client& client, const std::vector<Client>& all) {
  std::array<char, 4096> bytes;
  const ssize_t count = ::recv(client.fd.get(), bytes.data(), bytes.size(), 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (count <= 0) return false;
  client.received.append(bytes.data(), static_cast<std::size_t>(count));
  return serve(client, all) && client.received.size() <= kLongestLine;
}

/// Answers the lines that have come, up to the first that is for the desk. Whether the client
/// stays.
bool ControlServer::serve(Client& client, const std::vector<Client>& all) {
  for (std::size_t end; !client.waits && (end = client.received.find('\n')) != std::string::npos;) {
    const std::string line = client.received.substr(0, end);
    client.received.erase(0, end + 1);
    if (news_.asked(line)) {
      if (!client.wants_news &&
          std::ranges::count(all, true, &Client::wants_news) >= kMostWatchers) {
        send_too_many(client.fd.get(), "watchers", kMostWatchers);
        return false;
      }
      client.wants_news = true;
    } else if (!at_once_(line))
      client.waits = desk_->submit(Pacing::kLive, [&](Job& job) { job = {client.number, line}; });
    else if (!send_line(client.fd.get(), answer_(line)))
      return false;
  }
  return true;
}

}  // namespace scrim
