// Where the places of a resized row or column come from. Reentrant. Tested through kernels_test.
#pragma once

#include <vector>

#include "network/kernels.h"

namespace scrim {

/// One for each of `to` places, from `from` of them.
std::vector<Lerp> make_lerps(int from, int to, Sampling sampling);

/// How much each of `from` places counts in the mean of `to` resized ones; together 1.
std::vector<float> mean_weights(int from, int to, Sampling sampling);

}  // namespace scrim
