// Tested by tests/media/confinement_test.cpp.
#include "media/confinement.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <memory>
#include <type_traits>

namespace scrim {
namespace {

// Under a sanitizer the address space is mostly the sanitizer's, which finds out with a pipe
// whether memory can be read.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

constexpr rlim_t kFiles = 16;  // descriptors: it has a handful

// Memory, time, what is open already, and the end.
constexpr int kAllowed[] = {
    SCMP_SYS(read),         SCMP_SYS(write),       SCMP_SYS(lseek),
    SCMP_SYS(pread64),      SCMP_SYS(fstat),       SCMP_SYS(newfstatat),
    SCMP_SYS(close),        SCMP_SYS(brk),         SCMP_SYS(munmap),
    SCMP_SYS(mremap),       SCMP_SYS(madvise),     SCMP_SYS(futex),
    SCMP_SYS(sched_yield),  SCMP_SYS(getrandom),   SCMP_SYS(clock_gettime),
    SCMP_SYS(getpid),       SCMP_SYS(gettid),      SCMP_SYS(sched_getaffinity),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(exit),         SCMP_SYS(exit_group),
};

struct ReleaseFilter {
  void operator()(void* filter) const { seccomp_release(filter); }
};

/// 0, or the library's error number, below 0.
int install_filter() {
  const std::unique_ptr<void, ReleaseFilter> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
  if (!filter) return -ENOMEM;
  int rc = 0;
  const auto allow = [&](int call, auto... condition) {
    if (rc == 0)
      rc = seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, sizeof...(condition), condition...);
  };
  for (const int call : kAllowed) allow(call);
  if (kSanitized) allow(SCMP_SYS(pipe2));
  // No memory ever becomes a program.
  allow(SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  allow(SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  allow(SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_DUPFD_CLOEXEC));
  allow(SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_GETFL));
  return rc == 0 ? seccomp_load(filter.get()) : rc;
}

bool limit(__rlimit_resource resource, rlim_t most) {
  const rlimit both{most, most};
  return ::setrlimit(resource, &both) == 0;
}

}  // namespace

Expected<void> confine(const ConfinementLimits& limits) {
  ::prctl(PR_SET_DUMPABLE, 0);
  const auto cpu = static_cast<rlim_t>(limits.cpu.count());
  if ((!kSanitized && !limit(RLIMIT_AS, limits.memory)) || !limit(RLIMIT_CPU, cpu) ||
      !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NOFILE, kFiles))
    return fail_errno("limit what the reader of a file may use");
  if (const int rc = install_filter(); rc != 0)
    return fail_errno("confine the reader of a file (the kernel needs seccomp)", -rc);
  return {};
}

}  // namespace scrim
