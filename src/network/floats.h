// Float memory for kernels: aligned to cache lines, zero at first. Owned by value. Reentrant.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>

namespace scrim {

class Floats {
 public:
  Floats() = default;
  explicit Floats(std::size_t count)
      : data_(static_cast<float*>(::operator new(count * sizeof(float), kLine))) {
    std::fill_n(data_.get(), count, 0.0f);
  }
  float* data() const { return data_.get(); }

 private:
  static constexpr std::align_val_t kLine{64};
  struct Free {
    void operator()(float* data) const { ::operator delete(data, kLine); }
  };
  std::unique_ptr<float, Free> data_;
};

}  // namespace scrim
