// A Spec names a stage, in one textual form everywhere (command line, config, panel, HTTP):
//
//   kind[:argument][?key=value[&key=value]]      v4l2:/dev/video0?size=1280x720&fps=30
//
// A chain is Specs with commas between; none may be empty, but the chain may. `, ? & %` and control
// characters inside an argument or a value are percent-escaped; parse and print round-trip. A Kind
// is one row of a table of stages: what there is, and which options it takes; help texts and checks
// come from the same rows. Everything here is reentrant and without state; errors are kRequest.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace scrim {

struct Spec {
  std::string kind;
  std::string argument;
  std::vector<std::pair<std::string, std::string>> options;  // in the order written

  bool operator==(const Spec&) const = default;
  /// The value of `key`, or null.
  const std::string* find(std::string_view key) const;
};
using Chain = std::vector<Spec>;

Expected<Spec> parse_spec(std::string_view text);
Expected<Chain> parse_chain(std::string_view text);
std::string print(const Spec& spec);
std::string print(const Chain& chain);

/// One `key=value` that a Kind takes, with its default; numbers lie in low..high. Each is a
/// constant of its own (kBlurRadius), and stages ask for it by that name, never by its place in a
/// table.
struct Option {
  enum class Type { kNumber, kInteger, kFlag, kChoice, kText };
  std::string_view name, help;
  Type type;
  std::string_view fallback;
  double low = 0, high = 0;
  std::span<const std::string_view> choices = {};
};

/// Whether `value` may stand for the option, and what may: "a number from 0 to 1".
bool fits(const Option& option, std::string_view value);
std::string allowed(const Option& option);

/// What a Kind's argument is. What help texts call it follows from this, and so does who may name
/// it: a page, say, may name no files.
enum class Argument {
  kNone,
  kWords,  // any text
  kColour,
  kColours,
  kName,          // one of the Kind's names; may be left out
  kId,            // of what was added in the panel
  kFile,          // to read
  kFolder,        // to read
  kFileToWrite,   // or many: NAME%06d.png
  kFileOrStdout,  // to write; may be left out
  kPngToWrite,
  kDevice,        // in /dev; may be left out
  kPipewireNode,  // may be left out
  kUrl,
};
/// "FILE"; "[DEVICE]" where it may be left out; "" of kNone.
std::string_view placeholder(Argument argument);
/// Whether it is the name of a file or folder.
bool names_path(Argument argument);

/// What tables of stages have in common.
struct Kind {
  std::string_view name;
  Argument argument;
  std::string_view help;
  std::span<const Option> options = {};
  std::span<const std::string_view> names = {};  // all that the argument may be; none: anything
  bool takes_more = false;  // options besides `options`, which only its maker can check
};

/// Whether `spec` is a sound request for `kind`: argument, option names and values.
Expected<void> check(const Spec& spec, const Kind& kind);

/// An option's value, or its default. The Spec must have passed check().
double number(const Spec& spec, const Option& option);
int integer(const Spec& spec, const Option& option);
bool flag(const Spec& spec, const Option& option);
std::string text(const Spec& spec, const Option& option);

/// "; did you mean 'mosaic'?" for the name nearest to `wrong`, or "" when none is near.
std::string suggestion(std::string_view wrong, std::span<const std::string_view> names);
/// "unknown effect 'mosiac'; did you mean 'mosaic'?", and what there is.
std::unexpected<Error> fail_unknown(std::string_view what, std::string_view wrong,
                                    std::span<const std::string_view> names);

template <class AnyKind>
const AnyKind* find_kind(std::span<const AnyKind> kinds, std::string_view name) {
  for (const AnyKind& kind : kinds)
    if (kind.name == name) return &kind;
  return nullptr;
}

template <class AnyKind>
std::vector<std::string_view> names_of(std::span<const AnyKind> kinds) {
  std::vector<std::string_view> names;
  for (const AnyKind& kind : kinds) names.push_back(kind.name);
  return names;
}

/// The row of the table that `spec` names, once the Spec is checked against it.
template <class AnyKind>
Expected<const AnyKind*> choose(std::span<const AnyKind> kinds, const Spec& spec,
                                std::string_view what) {
  const AnyKind* kind = find_kind(kinds, spec.kind);
  if (!kind) return fail_unknown(what, spec.kind, names_of(kinds));
  if (auto ok = check(spec, *kind); !ok) return std::unexpected(ok.error());
  return kind;
}

}  // namespace scrim
