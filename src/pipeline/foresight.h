// Mattes made ahead of a run, by workers that read the recording by themselves: for speed, and for
// mattes that look at what comes next.
//
// Each worker has its own Source, Segmenter and Matting, and takes the next span that nobody has:
// goes to kWarmUp before it, and keeps what it sees, on the grid, until the run has come by. They
// are ahead by as many spans as there are workers, each of which is 14 MB (at 30 pictures a
// second). The run reads the recording, too, and gets each picture's matte by its time; a picture
// that the workers have not seen is an error, never another picture's matte.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "pipeline/span_mattes.h"
#include "sources/source.h"

namespace scrim {

/// What one worker works with.
struct Lookout {
  /// Opens the recording once more, from its beginning; called on the worker's thread. Its seek()
  /// must work.
  std::function<Expected<std::unique_ptr<Source>>()> open;
  std::unique_ptr<Segmenter> segmenter;
};

/// Owns its threads; they start with the first picture that is asked for.
std::unique_ptr<SpanMattes> foresee(const MatteSettings& settings, std::vector<Lookout> lookouts);

}  // namespace scrim
