// For programs that speak to nobody. Tested by tests/library/library_test.cpp.
#include "segmenters/kinds.h"

namespace scrim {

Expected<std::unique_ptr<Segmenter>> make_remote(const Spec& spec, const SegmenterNeeds&) {
  return fail(Errc::kRequest,
              "{}: no service is asked here; `scrim` does, or take another segmenter", print(spec));
}

std::string warning_of_remote(const Spec&) {
  return "";
}

}  // namespace scrim
