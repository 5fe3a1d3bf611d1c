// Words as coverage: any installed font, by way of FreeType and Fontconfig. Left to right, one
// line. Reentrant; draw() takes a letter's memory the first time it is seen.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "image/image.h"

namespace scrim {

class Lettering {
 public:
  /// `font`: a file, or a name that Fontconfig knows ("Sans:bold"); `height`: of capital letters
  /// with what hangs below them, in pixels. kRequest: no such font; no font at all.
  static Expected<Lettering> make(const std::string& font, int height);
  Lettering(Lettering&&) noexcept;
  Lettering& operator=(Lettering&&) noexcept;
  ~Lettering();

  /// What `words` (UTF-8) need.
  Size measure(std::string_view words);
  /// Adds them to `coverage` (255: all ink), their upper left corner at (x, y); what is outside is
  /// left out.
  void draw(std::string_view words, int x, int y, Plane coverage);

 private:
  class Face;
  explicit Lettering(std::unique_ptr<Face> face);
  std::unique_ptr<Face> face_;
};

}  // namespace scrim
