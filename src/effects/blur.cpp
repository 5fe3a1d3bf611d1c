// Tested by tests/effects/blur_test.cpp.
#include "effects/kinds.h"
#include "effects/lines.h"
#include "effects/vacancy.h"
#include "image/filter.h"
#include "image/scale.h"

namespace scrim {
namespace {

class BlurEffect : public Effect {
 public:
  BlurEffect(const EffectRequest& request, int radius)
      : radius_(radius), vacancy_(request.size, request.role), blur_(request.size, radius) {
    if (radius >= kCoarsest)
      cells_blur_ = PlaneBlur(Vacancy::grid(request.size), deviation_left(radius, Vacancy::kCell));
  }
  void apply(Layer layer, const Scene&) override {
    if (radius_ == 0) return;
    if (radius_ < kCoarsest) {
      vacancy_.apply(layer);
    } else if (PlaneBuffer* cells = vacancy_.cells(layer)) {
      return blur_cells(cells, layer.picture);
    }
    blur_.apply(layer.picture);
  }
  bool steady() const override { return true; }

 private:
  // From three cells to the deviation on, cells are small enough to work with.
  static constexpr int kCoarsest = 3 * Vacancy::kCell;

  void blur_cells(PlaneBuffer* cells, ImageView picture) {
    const Plane planes[] = {picture.y, picture.u, picture.v};
    for (int c = 0; c < 3; ++c) {
      cells_blur_.apply(cells[c].view());
      scale_linear(cells[c].view(), planes[c]);
    }
  }

  int radius_;
  Vacancy vacancy_;
  Blur blur_;
  PlaneBlur cells_blur_;
};

}  // namespace

Expected<std::unique_ptr<Effect>> make_blur(const Spec& spec, const EffectRequest& request) {
  const int radius = whole_at_720_lines(number(spec, kBlurRadius), request.size);
  return std::make_unique<BlurEffect>(request, radius);
}

}  // namespace scrim
