// Tested by tests/effects/over_test.cpp.
#include "effects/lettering.h"

#include <fontconfig/fontconfig.h>
#include <freetype/freetype.h>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace scrim {
namespace {

/// Takes one character off the front; what is no UTF-8 becomes a question mark, byte by byte.
FT_ULong take_character(std::string_view& words) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(words[i]); };
  const unsigned first = byte(0);
  const std::size_t length = first < 0x80       ? 1
                             : first >> 5 == 6  ? 2
                             : first >> 4 == 14 ? 3
                             : first >> 3 == 30 ? 4
                                                : 0;
  if (length == 0 || length > words.size()) {
    words.remove_prefix(1);
    return '?';
  }
  FT_ULong code = length == 1 ? first : first & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(i) & 0x3fu);
  words.remove_prefix(length);
  return code;
}

/// The file of the installed font that comes nearest to `name`; "" if there is none.
std::string find_font(const std::string& name) {
  FcPattern* pattern = FcNameParse(reinterpret_cast<const FcChar8*>(name.c_str()));
  if (!pattern) return "";
  FcConfigSubstitute(nullptr, pattern, FcMatchPattern);
  FcDefaultSubstitute(pattern);
  FcResult result = FcResultNoMatch;
  FcPattern* match = FcFontMatch(nullptr, pattern, &result);
  FcChar8* file = nullptr;
  std::string path;
  if (match && FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch)
    path = reinterpret_cast<const char*>(file);
  if (match) FcPatternDestroy(match);
  FcPatternDestroy(pattern);
  return path;
}

}  // namespace

class Lettering::Face {
 public:
  Face() = default;
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;
  ~Face() {
    if (face_) FT_Done_Face(face_);
    if (library_) FT_Done_FreeType(library_);
  }

  bool open(const std::string& path, int height) {
    return FT_Init_FreeType(&library_) == 0 &&
           FT_New_Face(library_, path.c_str(), 0, &face_) == 0 &&
           FT_Set_Pixel_Sizes(face_, 0, static_cast<FT_UInt>(std::max(height, 4))) == 0;
  }

  int ascent() const { return static_cast<int>((face_->size->metrics.ascender + 63) >> 6); }
  int line_height() const {
    return ascent() - static_cast<int>(face_->size->metrics.descender >> 6);
  }

  /// Calls put(bitmap, left, top) for each letter, in 1/64 pixel from the left; returns the width.
  template <class Put>
  int go_along(std::string_view words, Put put) {
    FT_Pos x = 0;
    FT_UInt before = 0;
    while (!words.empty()) {
      const FT_UInt glyph = FT_Get_Char_Index(face_, take_character(words));
      FT_Vector kerning{};
      if (before && glyph) FT_Get_Kerning(face_, before, glyph, FT_KERNING_DEFAULT, &kerning);
      x += kerning.x;
      before = glyph;
      if (FT_Load_Glyph(face_, glyph, FT_LOAD_RENDER | FT_LOAD_NO_HINTING) != 0) continue;
      const FT_GlyphSlot slot = face_->glyph;
      put(slot->bitmap, static_cast<int>((x + 32) >> 6) + slot->bitmap_left,
          ascent() - slot->bitmap_top);
      x += slot->advance.x;
    }
    return static_cast<int>((x + 63) >> 6);
  }

 private:
  FT_Library library_ = nullptr;
  FT_Face face_ = nullptr;
};

Lettering::Lettering(std::unique_ptr<Face> face) : face_(std::move(face)) {}
Lettering::Lettering(Lettering&&) noexcept = default;
Lettering& Lettering::operator=(Lettering&&) noexcept = default;
Lettering::~Lettering() = default;

Expected<Lettering> Lettering::make(const std::string& font, int height) {
  std::error_code ignored;
  const bool is_file = std::filesystem::is_regular_file(font, ignored);
  const std::string path = is_file ? font : find_font(font);
  if (path.empty())
    return fail(Errc::kRequest, "font '{}': none is installed; install fonts-dejavu-core", font);
  auto face = std::make_unique<Face>();
  if (!face->open(path, height))
    return fail(Errc::kRequest, "font '{}': {} is no font that can be drawn; name another one",
                font, path);
  return Lettering(std::move(face));
}

Size Lettering::measure(std::string_view words) {
  const int width = face_->go_along(words, [](const FT_Bitmap&, int, int) {});
  return {std::max(width, 1), std::max(face_->line_height(), 1)};
}

void Lettering::draw(std::string_view words, int x, int y, Plane coverage) {
  face_->go_along(words, [&](const FT_Bitmap& bitmap, int left, int top) {
    if (bitmap.pixel_mode != FT_PIXEL_MODE_GRAY) return;
    for (int j = 0; j < static_cast<int>(bitmap.rows); ++j) {
      const int row = y + top + j;
      if (row < 0 || row >= coverage.height) continue;
      for (int i = 0; i < static_cast<int>(bitmap.width); ++i) {
        const int column = x + left + i;
        if (column < 0 || column >= coverage.width) continue;
        std::uint8_t& pixel = coverage.row(row)[column];
        pixel = std::max(pixel, bitmap.buffer[j * bitmap.pitch + i]);
      }
    }
  });
}

}  // namespace scrim
