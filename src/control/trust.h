// Who asks decides what may be asked for: the owner's own programs name any file; a page in a
// browser names none, as whatever gets hold of it could have files read. Reentrant.
#pragma once

#include "base/error.h"
#include "base/spec.h"
#include "pipeline/composer.h"
#include "session/settings.h"

namespace scrim {

enum class Trust {
  kOwner,  // through the unix socket, which only the same user can open
  kPage,   // over HTTP
};

/// Whether a Spec of this kind can name no file, whatever its argument.
bool is_harmless(const Kind& kind);

/// Whether a page may ask for `chain`: nothing in it names a file but what is `shown` already.
/// Unknown kinds pass: they are refused elsewhere. kRequest.
Expected<void> check_harmless(const Chain& chain, const Look& shown);

/// The same for a setting: cameras and outputs must be among those of `scrim devices`, segmenters
/// name no files and no services, the pause picture no files. Looks at the devices for the first
/// two. kRequest.
Expected<void> check_harmless(const SettingKind& kind, const std::vector<std::string>& values,
                              const Look& shown);

}  // namespace scrim
