#include "network/kernels.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "base/spec.h"

namespace scrim {

namespace baseline {
extern const Kernels kKernels;
}
namespace avx2 {
extern const Kernels kKernels;
}

namespace {

#if defined(SCRIM_DISPATCH)
constexpr const Kernels* kAll[] = {&baseline::kKernels, &avx2::kKernels};

bool runs_here(const Kernels* kernels) {
  return kernels == &baseline::kKernels ||
         (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"));
}
#else
constexpr const Kernels* kAll[] = {&baseline::kKernels};

bool runs_here(const Kernels*) {
  return true;
}
#endif

}  // namespace

std::span<const Kernels* const> available_kernels() {
  // The order of kAll is that of speed, and of what each needs the one before it needs too.
  const std::span<const Kernels* const> all(kAll);
  return all.first(static_cast<std::size_t>(std::ranges::count_if(all, runs_here)));
}

Expected<const Kernels*> choose_kernels() {
  const auto available = available_kernels();
  const char* wanted = std::getenv("SCRIM_CPU");
  if (!wanted || !*wanted) return available.back();
  for (const Kernels* kernels : available)
    if (std::string_view(kernels->name) == wanted) return kernels;
  for (const Kernels* kernels : kAll)
    if (std::string_view(kernels->name) == wanted)
      return fail(Errc::kRequest, "SCRIM_CPU: this machine does not have {}", wanted);
  std::vector<std::string_view> names;
  for (const Kernels* kernels : available) names.push_back(kernels->name);
  return fail_unknown("SCRIM_CPU", wanted, names);
}

std::size_t scratch_size(const Step& step) {
  const auto in_pitch = static_cast<std::size_t>(step.in.pitch);
  const auto out_pitch = static_cast<std::size_t>(step.out.pitch);
  const auto kernel = static_cast<std::size_t>(step.window.kernel.down * step.window.kernel.right);
  switch (step.op) {
    case Op::kConv:  // scaled weights, or one window
      return std::max(step.scale ? in_pitch * out_pitch : 0, kernel * in_pitch);
    case Op::kTransposeConv:  // a row of places with all of their outputs
      return static_cast<std::size_t>(step.in.width) *
             (kernel * static_cast<std::size_t>(step.out.channels) + kLanes);
    case Op::kResize:  // a row
      return static_cast<std::size_t>(step.in.width) * in_pitch;
    default:
      return 0;
  }
}

}  // namespace scrim
