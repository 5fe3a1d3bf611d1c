#include "interrupt.h"

#include <signal.h>

#include <array>

namespace scrim {
namespace {

constexpr std::array kEnding{SIGINT, SIGTERM, SIGHUP};

// A signal handler can reach nothing but a global.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

/// `nohup` has the terminal's end ignored, and so it stays.
bool is_ignored(int signal) {
  struct sigaction now {};
  return signal == SIGHUP && ::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

sigset_t all_ending() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int signal : kEnding)
    if (!is_ignored(signal)) ::sigaddset(&set, signal);
  return set;
}

void on_signal(int) {
  interrupted = true;
}

}  // namespace

const std::atomic<bool>& watch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  for (const int signal : kEnding) {
    // A terminal's end is told twice: by the shell, and by the system when the shell is gone.
    action.sa_flags = static_cast<int>(SA_RESTART | (signal == SIGHUP ? 0 : SA_RESETHAND));
    if (!is_ignored(signal)) ::sigaction(signal, &action, nullptr);
  }
  return interrupted;
}

void hold_interrupts() {
  const sigset_t set = all_ending();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void wait_for_interrupt() {
  const sigset_t set = all_ending();
  int which = 0;
  ::sigwait(&set, &which);
  ::signal(SIGHUP, SIG_IGN);  // it comes twice
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace scrim
