// A contact sheet: a PNG with rows of input, matte and output, taken at regular times of a run.
// For looking at a look. It shows the room; nothing but a file that was asked for by name does.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "sinks/sink.h"

namespace scrim {

class SheetSink : public Sink {
 public:
  SheetSink(std::string path, Size size, int rows, double every_seconds);
  Size size() const override { return size_; }
  Expected<void> write(const Shot& shot) override;
  Expected<void> close() override;

 private:
  ImageView tile(int row, int column);

  std::string path_;
  Size size_, tile_;
  int rows_, taken_ = 0;
  Clock::duration every_;
  std::optional<Clock::time_point> first_;
  Image sheet_;
};

}  // namespace scrim
