// The VideoWriter for containers: encodes and muxes into one file. For the .cpp files of src/media
// alone. Reentrant.
#pragma once

#include <memory>
#include <string>

#include "media/containers.h"
#include "media/video_writer.h"

namespace scrim {

Expected<std::unique_ptr<VideoWriter>> create_stream_writer(const std::string& path,
                                                            const Container& container,
                                                            const WriteOptions& options);

}  // namespace scrim
