// Networks of the kind `person`: an RGB picture in, each place's probability of being person out.
#include <utility>

#include "base/dispatch.h"
#include "network/model.h"
#include "segmenters/kinds.h"
#include "segmenters/photometry.h"
#include "segmenters/sampler.h"

namespace scrim {
namespace {

SCRIM_CLONES void write_row(const float* probability, int n, std::uint8_t* out) {
  SCRIM_SAME_INDEX
  for (int x = 0; x < n; ++x) out[x] = probability_byte(probability[x]);
}

class Person : public Segmenter {
 public:
  Person(Network network, const ModelInfo& model)
      : network_(std::move(network)),
        sampler_(size_of(network_.input_shape()), model.input_low, model.input_high),
        photometry_(size_of(network_.input_shape()), model.input_low, model.input_high) {}

  Size matte_size(Size) const override { return size_of(network_.output_shape()); }

  Expected<void> segment(ConstImageView picture, Rect region, Plane out) override {
    sampler_.sample(picture, region, network_.input());
    photometry_.apply(network_.input());
    const float* probability = network_.run().data();
    for (int y = 0; y < out.height; ++y, probability += out.width)
      write_row(probability, out.width, out.row(y));
    return {};
  }

 private:
  static Size size_of(const Shape& shape) { return {shape.width, shape.height}; }

  Network network_;
  Sampler sampler_;
  Photometry photometry_;
};

}  // namespace

Expected<std::unique_ptr<Segmenter>> make_person(const Spec& spec, const SegmenterNeeds&) {
  auto model = find_model(text(spec, kPersonModel));
  if (!model) return std::unexpected(model.error());
  if (model->kind != "person")
    return fail(Errc::kRequest, "network '{}' is of the kind {}, not person", model->name,
                model->kind);
  auto network = load_network(*model);
  if (!network) return std::unexpected(network.error());
  if (network->input_shape().channels != 3 || network->output_shape().channels != 1)
    return fail(Errc::kSystem, "network '{}' is no network of the kind person", model->name);
  return std::make_unique<Person>(*std::move(network), *model);
}

}  // namespace scrim
