// Tested by tests/apps/panel and tests/attack.
#include "control/uploading.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/spawning.h"
#include "control/answers.h"
#include "control/backgrounds_api.h"
#include "control/door.h"
#include "media/upload_store.h"

namespace scrim {
namespace {

constexpr const char* kOwnProgram = "/proc/self/exe";
constexpr std::size_t kLongestLine = 4096;

std::string name_of(const HttpRequest& request) {
  for (const auto& [key, value] : request.query)
    if (key == "name") return value;
  return "";
}

/// The id in "done ID"; the error in "refused TEXT" and "failed TEXT".
Expected<std::string> outcome(std::string_view line) {
  const std::string_view word = line.substr(0, line.find(' '));
  const std::string text(line.substr(std::min(line.size(), word.size() + 1)));
  if (word == "done") return text;
  return fail(word == "refused" ? Errc::kRequest : Errc::kSystem, "{}", text);
}

}  // namespace

Uploading::Uploading() {
  worker_.emplace(std::vector<Job>(kQueue), [this](Job& job) { work(job); });
}

Uploading::~Uploading() {
  {
    std::lock_guard lock(mutex_);
    closing_ = true;
    if (process_ > 0) ::kill(process_, SIGKILL);
  }
  worker_.reset();
}

HttpAdmission Uploading::admit(const HttpRequest& head) const {
  std::size_t announced = 0;
  const std::string_view length = head.header("Content-Length");
  std::from_chars(length.data(), length.data() + length.size(), announced);
  if (announced > kMostBytes)
    return {.refusal = refuse(413, fmt::format("a file of more than {} MB is not taken; shorten it "
                                               "or make it smaller",
                                               kMostBytes >> 20))};
  auto file = open_incoming();
  if (!file) return {.refusal = answer_error(file.error())};
  return {.file = *std::move(file), .most = kMostBytes, .patience = kTimeForBytes};
}

void Uploading::submit(HttpRequest request, HttpServer::Exchange exchange) {
  const bool taken = worker_->submit(Pacing::kLive, [&](Job& job) {
    job.request = std::move(request);
    job.exchange.emplace(std::move(exchange));
  });
  if (!taken) exchange.answer(refuse(503, "too much is added at once; try again in a minute"));
}

void Uploading::work(Job& job) {
  HttpResponse answer = take_in(job.request);
  job.request.file = UniqueFd();
  add_rules(answer);
  job.exchange->answer(std::move(answer));
  job.exchange.reset();
}

HttpResponse Uploading::take_in(const HttpRequest& request) {
  share_ = 0;
  if (auto ok = start(request.file.get(), name_of(request)); !ok) return answer_error(ok.error());
  const auto id = listen();
  end_process();
  share_ = -1;
  if (!id) return answer_error(id.error());
  return answer_json(describe_upload(*id), 201);
}

Expected<void> Uploading::start(int file, const std::string& name) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail_errno("make a pipe");
  lines_ = UniqueFd(ends[0]);
  const UniqueFd out(ends[1]);
  Spawning how(POSIX_SPAWN_SETPGROUP);  // Ctrl-C in a terminal is for the one that runs
  ::posix_spawnattr_setpgroup(&how.attributes, 0);
  ::posix_spawn_file_actions_adddup2(&how.files, file, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&how.files, out.get(), STDOUT_FILENO);
  ::posix_spawn_file_actions_addclosefrom_np(&how.files, STDERR_FILENO + 1);
  std::array<std::string, 4> words{"scrim", "intake", "--", name};
  char* const arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(),
                             nullptr};
  std::lock_guard lock(mutex_);
  if (closing_) return fail(Errc::kSystem, "Scrim is ending");
  const int error =
      ::posix_spawn(&process_, kOwnProgram, &how.files, &how.attributes, arguments, ::environ);
  if (error == 0) return {};
  process_ = 0;
  return fail_errno("start what takes it in", error);
}

/// Waits for the process, and returns what it says in the end.
Expected<std::string> Uploading::listen() {
  const auto deadline = Clock::now() + kMostWork;
  std::string text;
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    pollfd waiting{lines_.get(), POLLIN, 0};
    if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) == 0)
      return fail(Errc::kRequest, "it took longer than {} s; shorten it or make it smaller",
                  kMostWork.count());
    std::array<char, 512> bytes;
    const ssize_t count = ::read(lines_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || text.size() > kLongestLine)
      return fail(Errc::kSystem, "what takes it in came to grief; try again");
    text.append(bytes.data(), static_cast<std::size_t>(count));
    for (std::size_t end; (end = text.find('\n')) != text.npos; text.erase(0, end + 1)) {
      constexpr std::string_view kProgress = "progress ";
      const std::string line = text.substr(0, end);
      if (!line.starts_with(kProgress)) return outcome(line);
      double share = 0;
      std::from_chars(line.data() + kProgress.size(), line.data() + line.size(), share);
      share_ = share;
    }
  }
}

void Uploading::end_process() {
  std::lock_guard lock(mutex_);
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = 0;
}

}  // namespace scrim
