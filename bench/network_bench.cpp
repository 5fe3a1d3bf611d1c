// What a network's run costs, beside this core's peak of multiply-adds and beside XNNPACK on the
// same file. A case is there only where its weights are, and XNNPACK's only where its answer is
// ours.
//
//   build/release/network_bench --benchmark_enable_random_interleaving=true
//       --benchmark_repetitions=9 --benchmark_report_aggregates_only=true
//
// Counters: macs, the multiply-adds that the file asks for; peak_share, how near that is to the
// peak, which is measured anew before each case, as the clock of a shared machine wanders.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>

#include "cpu_clock.h"
#include "network/model.h"
#include "network/tfjs_reader.h"
#include "network/tflite_reader.h"
#include "peak.h"
#if defined(SCRIM_XNNPACK)
#include "xnnpack_network.h"
#endif

namespace scrim {
namespace {

constexpr float kTolerance = 1e-3f;

/// A network of the bench: its name in the cases, where its file or folder is.
struct Entry {
  std::string name;
  std::string file;
  TfjsWish wish = {};  // of a folder, which does not say how large its picture is
};

std::vector<Entry> entries() {
  std::vector<Entry> all;
  const std::pair<const char*, const char*> known[] = {{"selfie_256", "selfie"},
                                                       {"selfie_landscape", "selfie_landscape"}};
  for (const auto& [name, model] : known)
    if (const auto info = find_model(model)) all.push_back({name, info->file});
  if (const char* shared = std::getenv("SCRIM_SHARED")) {
    const std::string folder = std::string(shared) + "/models/";
    all.push_back({"bodypix_050_8_257", folder + "body-pix-float-050-8.tflite"});
    all.push_back({"deeplab_257", folder + "deeplabv3_257_mv_gpu.tflite"});
    all.push_back({"bodypix_075_16_641x353",
                   folder + "bodypix-mobilenet-075-s16-tfjs",
                   {353, 641, "float_segments"}});
  }
  return all;
}

Expected<Graph> read(const Entry& entry) {
  if (!entry.wish.output.empty()) return load_tfjs(entry.file, entry.wish);
  std::ifstream stream(entry.file, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(stream), {});
  return read_tflite(std::as_bytes(std::span(bytes)));
}

std::vector<float> random_input(std::size_t size) {
  std::mt19937 random(1);
  std::vector<float> values(size);
  for (float& value : values) value = static_cast<float>(random() % 65536) / 65536;
  return values;
}

/// Times `network`, which is anything with input() and run(), as often as `state` asks for.
template <class AnyNetwork>
void time_network(benchmark::State& state, AnyNetwork& network, double macs) {
  const std::vector<float> input = random_input(network.input().size());
  const double peak = measure_peak();
  const double begin = cpu_seconds();
  for (auto _ : state) {
    std::ranges::copy(input, network.input().begin());
    benchmark::DoNotOptimize(network.run().data());
  }
  const double seconds = cpu_seconds() - begin;
  state.counters["macs"] = macs;
  state.counters["peak_share"] = macs * static_cast<double>(state.iterations()) / seconds / peak;
}

template <class AnyNetwork>
void add_case(const std::string& name, std::shared_ptr<AnyNetwork> network, double macs) {
  const auto run = [network, macs](benchmark::State& state) {
    time_network(state, *network, macs);
  };
  benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMillisecond);
}

void skip(const std::string& name, const std::string& why) {
  fmt::print(stderr, "{}: left out: {}\n", name, why);
}

#if defined(SCRIM_XNNPACK)
template <class AnyNetwork>
std::vector<float> answer(AnyNetwork& network) {
  std::ranges::copy(random_input(network.input().size()), network.input().begin());
  const auto made = network.run();
  return {made.begin(), made.end()};
}

float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size()) return INFINITY;
  float largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

void add_xnnpack_case(const std::string& name, Network& ours, std::shared_ptr<Graph> graph) {
  std::shared_ptr<XnnpackNetwork> network = XnnpackNetwork::create(*graph);
  if (!network) return skip(name, "XNNPACK cannot run it");
  const float difference = largest_difference(answer(ours), answer(*network));
  if (!(difference <= kTolerance)) return skip(name, fmt::format("it differs by {}", difference));
  // XNNPACK reads the weights where the graph has them.
  const std::shared_ptr<XnnpackNetwork> both(network.get(), [graph, network](auto*) {});
  add_case(name, both, static_cast<double>(ours.multiply_adds()));
}
#endif

void add_cases(const Entry& entry) {
  auto read_graph = read(entry);
  if (!read_graph) return skip(entry.name, read_graph.error().what);
  const auto graph = std::make_shared<Graph>(*std::move(read_graph));
  auto network = Network::create(*graph);
  if (!network) return skip(entry.name, network.error().what);
  const auto ours = std::make_shared<Network>(*std::move(network));
  add_case("scrim/" + entry.name, ours, static_cast<double>(ours->multiply_adds()));
#if defined(SCRIM_XNNPACK)
  add_xnnpack_case("xnnpack/" + entry.name, *ours, graph);
#endif
}

void time_peak(benchmark::State& state) {
  double macs = 0;
  for (auto _ : state) macs += static_cast<double>(run_multiply_adds());
  state.counters["macs"] = macs / static_cast<double>(state.iterations());
  state.counters["macs_per_second"] = benchmark::Counter(macs, benchmark::Counter::kIsRate);
}

}  // namespace
}  // namespace scrim

int main(int argc, char** argv) {
  for (const scrim::Entry& entry : scrim::entries()) scrim::add_cases(entry);
  benchmark::RegisterBenchmark("peak/fma", scrim::time_peak)->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
