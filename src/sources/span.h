// A part of another Source: from one moment to another, counted in seconds from its first picture;
// times start anew at 0 there (offline). Owns the other Source; as reentrant as it is.
#pragma once

#include <memory>
#include <optional>

#include "sources/source.h"

namespace scrim {

class Span : public Source {
 public:
  Span(std::unique_ptr<Source> whole, double from_seconds, std::optional<double> to_seconds);
  Size size() const override { return whole_->size(); }
  double fps() const override { return whole_->fps(); }
  std::string description() const override { return whole_->description(); }
  std::uint64_t damaged() const override { return whole_->damaged(); }
  std::uint64_t changes() const override { return whole_->changes(); }
  bool is_device() const override { return whole_->is_device(); }
  std::string identity() const override { return whole_->identity(); }
  std::optional<double> length() const override;
  bool still() const override { return whole_->still(); }
  Expected<Clock::time_point> read(ImageView out) override;
  Expected<bool> seek(Clock::time_point moment) override;

 private:
  std::unique_ptr<Source> whole_;
  Clock::duration from_;
  std::optional<Clock::duration> to_;
  std::optional<Clock::time_point> first_;
};

}  // namespace scrim
