// The assembler takes the files in as they are. A new file of web/: a line in both lists, and one
// in CMakeLists.txt.
#include "control/web_files.h"

#include <algorithm>
#include <iterator>

#define SCRIM_WEB_FILE(name, file)                                                       \
  __asm__(".pushsection .rodata\n" #name ":\n.incbin \"" SCRIM_WEB "/" file "\"\n" #name \
          "_end:\n.byte 0\n.popsection\n");                                              \
  extern "C" const char name[], name##_end[];

SCRIM_WEB_FILE(scrim_web_page, "index.html")
SCRIM_WEB_FILE(scrim_web_style, "panel.css")
SCRIM_WEB_FILE(scrim_web_script, "panel.js")
SCRIM_WEB_FILE(scrim_web_effects, "effects.js")
SCRIM_WEB_FILE(scrim_web_figures, "figures.js")
SCRIM_WEB_FILE(scrim_web_spec, "spec.js")
SCRIM_WEB_FILE(scrim_web_settings, "settings.js")
SCRIM_WEB_FILE(scrim_web_outputs, "outputs.js")
SCRIM_WEB_FILE(scrim_web_matte, "matte.js")
SCRIM_WEB_FILE(scrim_web_uploads, "uploads.js")
SCRIM_WEB_FILE(scrim_web_icon, "icon.svg")

namespace scrim {
namespace {

constexpr std::string_view kScript = "text/javascript; charset=utf-8";

const WebFile kFiles[] = {
    {"/", "text/html; charset=utf-8", {scrim_web_page, scrim_web_page_end}},
    {"/panel.css", "text/css; charset=utf-8", {scrim_web_style, scrim_web_style_end}},
    {"/panel.js", kScript, {scrim_web_script, scrim_web_script_end}},
    {"/effects.js", kScript, {scrim_web_effects, scrim_web_effects_end}},
    {"/figures.js", kScript, {scrim_web_figures, scrim_web_figures_end}},
    {"/spec.js", kScript, {scrim_web_spec, scrim_web_spec_end}},
    {"/settings.js", kScript, {scrim_web_settings, scrim_web_settings_end}},
    {"/outputs.js", kScript, {scrim_web_outputs, scrim_web_outputs_end}},
    {"/matte.js", kScript, {scrim_web_matte, scrim_web_matte_end}},
    {"/uploads.js", kScript, {scrim_web_uploads, scrim_web_uploads_end}},
    {"/icon.svg", "image/svg+xml", {scrim_web_icon, scrim_web_icon_end}},
};

}  // namespace

const WebFile* find_web_file(std::string_view path) {
  const auto found = std::ranges::find(kFiles, path, &WebFile::path);
  return found == std::end(kFiles) ? nullptr : found;
}

}  // namespace scrim
