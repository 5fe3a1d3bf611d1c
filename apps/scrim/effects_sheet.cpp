#include "effects_sheet.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "backgrounds/scene.h"
#include "effects/effect.h"
#include "effects/lettering.h"
#include "image/convert.h"
#include "image/kernels.h"
#include "image/scale.h"
#include "media/picture.h"
#include "session/stages.h"
#include "sources/presenter.h"

namespace scrim {
namespace {

constexpr Size kPicture{1280, 720};
constexpr Size kTile{426, 240};
constexpr int kLabel = 26, kGap = 6, kColumns = 5;
constexpr double kMoment = 7.2;     // hands and head are to be seen
constexpr int kPicturesBefore = 3;  // for what works in time
constexpr Yuv kPaper{30, 128, 128}, kInk{225, 128, 128};

struct Cell {
  std::string label;
  Look look;
};

/// Effects on the person stand before the landscape, those on the background in the room.
Look look_of(const EffectKind& kind, const Spec& spec) {
  Look look;
  const bool in_room = kind.home != Role::kPerson;
  look.background = {{in_room ? "room" : "scene", "", {}}};
  if (kind.home == Role::kBackground) look.background.push_back(spec);
  if (kind.home == Role::kPerson) look.person = {spec};
  if (kind.home == Role::kPicture) look.picture = {spec};
  return look;
}

/// What a background may be called with: each of its names, else one example; none for what the
/// panel took in, which looks like any picture.
std::vector<std::string> arguments_of(const BackgroundKind& kind, const std::string& picture) {
  switch (kind.argument) {
    case Argument::kId:
      return {};
    case Argument::kFile:
      return {picture};
    case Argument::kFolder:
      return {std::filesystem::path(picture).parent_path()};
    case Argument::kColour:
      return {"00b140"};
    case Argument::kColours:
      return {"navy-b06a7a-f6b48a"};
    case Argument::kName:
      return {kind.names.begin(), kind.names.end()};
    default:
      return {""};
  }
}

std::vector<Cell> cells(const std::string& picture) {
  std::vector<Cell> all;
  for (const BackgroundKind& kind : background_kinds())
    for (const std::string& argument : arguments_of(kind, picture)) {
      const Spec spec{std::string(kind.name), argument, {}};
      const std::string label = names_path(kind.argument)
                                    ? fmt::format("{}:{}", kind.name, placeholder(kind.argument))
                                    : print(spec);
      all.push_back({label, {{spec}, {}, {}}});
    }
  for (const EffectKind& kind : effect_kinds()) {
    Spec spec = example_of(kind);
    std::string label = print(spec);
    if (kind.argument == Argument::kFile) {
      spec.argument = picture;
      label = fmt::format("{}:{}", kind.name, placeholder(kind.argument));
    }
    all.push_back({std::string(name_of(kind.home)) + "  " + label, look_of(kind, spec)});
  }
  return all;
}

class Sheet {
 public:
  explicit Sheet(int count)
      : rows_((count + kColumns - 1) / kColumns),
        image_({kColumns * (kTile.width + kGap) + kGap,
                rows_ * (kTile.height + kLabel + kGap) + kGap}),
        coverage_({kTile.width, kLabel}),
        ink_({kTile.width, kLabel}) {
    fill(image_.view(), kPaper);
    fill(ink_.view(), kInk);
    if (auto letters = Lettering::make("Sans", 17)) letters_ = *std::move(letters);
  }

  void add(const std::string& label, ConstImageView picture) {
    const int x = kGap + taken_ % kColumns * (kTile.width + kGap);
    const int y = kGap + taken_ / kColumns * (kTile.height + kLabel + kGap);
    ++taken_;
    scale(picture, crop(image_.view(), {x, y, kTile.width, kTile.height}));
    if (!letters_) return;
    const ImageView strip = crop(image_.view(), {x, y + kTile.height, kTile.width, kLabel});
    fill(coverage_.view(), 0);
    letters_->draw(label, 2, 1, coverage_.view());
    blend(std::as_const(ink_).view(), strip, coverage_.view(), strip);
  }
  ConstImageView view() const { return image_.view(); }

 private:
  int rows_, taken_ = 0;
  Image image_;
  Matte coverage_;
  Image ink_;
  std::optional<Lettering> letters_;
};

struct Moment {
  double seconds;
  Image camera;
  Matte matte;
};

/// The presenter's moment, after some pictures before it; every cell shows the same.
std::vector<Moment> take_moments() {
  Presenter presenter(kPicture, {});
  std::vector<Moment> moments;
  for (int i = -kPicturesBefore; i <= 0; ++i) {
    Moment& moment = moments.emplace_back(kMoment + i / 30.0, Image(kPicture), Matte(kPicture));
    presenter.draw(moment.seconds, moment.camera.view(), moment.matte.view());
  }
  return moments;
}

Expected<void> draw(const Look& look, const std::vector<Moment>& moments, Image& out) {
  auto composer = make_composer(look, kPicture, {});
  if (!composer) return std::unexpected(composer.error());
  Stats stats;
  for (const Moment& moment : moments)
    composer->compose(moment.camera.view(), moment.matte.view(), at_seconds(moment.seconds),
                      {out.view()}, stats);
  return {};
}

/// A picture for what needs a file, in a folder of its own; removed at the end.
class Sample {
 public:
  Sample() : folder_(std::filesystem::temp_directory_path() / ("scrim-" + kToBeChosen)) {
    made_ = ::mkdtemp(folder_.data()) != nullptr;
  }
  Sample(const Sample&) = delete;
  Sample& operator=(const Sample&) = delete;
  ~Sample() {
    std::error_code ignored;
    if (made_) std::filesystem::remove_all(folder_, ignored);
  }
  std::string path() const { return folder_ + "/picture.png"; }
  Expected<void> write() {
    if (!made_) return fail(Errc::kSystem, "make {}: {}", folder_, std::strerror(errno));
    Image picture({640, 360});
    draw_scene({"sea", draw_sea}, 3, picture.view());
    return save_png(path(), std::as_const(picture).view());
  }

 private:
  inline static const std::string kToBeChosen = std::string(6, 'X');  // as mkdtemp() wants it
  std::string folder_;
  bool made_;
};

}  // namespace

Expected<void> save_effects_sheet(const std::string& path) {
  if (!path.ends_with(".png"))
    return fail(Errc::kRequest, "--sheet {}: a sheet is a PNG; name it FILE.png", path);
  Sample sample;
  if (auto ok = sample.write(); !ok) return ok;
  const std::vector<Cell> all = cells(sample.path());
  Sheet sheet(static_cast<int>(all.size()));
  const std::vector<Moment> moments = take_moments();
  Image picture(kPicture);
  for (const Cell& cell : all) {
    if (auto ok = draw(cell.look, moments, picture); !ok) return fail_in(cell.label, ok.error());
    sheet.add(cell.label, std::as_const(picture).view());
  }
  return save_png(path, sheet.view());
}

}  // namespace scrim
