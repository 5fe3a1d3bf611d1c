// FFmpeg's C interface, and owners for what it hands out. For the .cpp files of src/media alone:
// other folders see pictures, seconds and Expected.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <string>

namespace scrim {

/// For C functions that free through a pointer to the pointer, and through the pointer itself.
template <auto Free>
struct FreeByAddress {
  template <class T>
  void operator()(T* object) const {
    Free(&object);
  }
};
template <auto Free>
struct FreeByValue {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

using FramePtr = std::unique_ptr<AVFrame, FreeByAddress<av_frame_free>>;
using PacketPtr = std::unique_ptr<AVPacket, FreeByAddress<av_packet_free>>;
using CodecPtr = std::unique_ptr<AVCodecContext, FreeByAddress<avcodec_free_context>>;
using DemuxerPtr = std::unique_ptr<AVFormatContext, FreeByAddress<avformat_close_input>>;
using MuxerPtr = std::unique_ptr<AVFormatContext, FreeByValue<avformat_free_context>>;
using ScalerPtr = std::unique_ptr<SwsContext, FreeByValue<sws_freeContext>>;

/// Options for a codec or a container; what is left in it after use was not understood.
class Dictionary {
 public:
  Dictionary() = default;
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;
  ~Dictionary() { av_dict_free(&entries_); }
  void set(const char* key, const char* value) { av_dict_set(&entries_, key, value, 0); }
  /// "crf=18:preset=veryfast"
  void parse(const char* list) { av_dict_parse_string(&entries_, list, "=", ":", 0); }
  AVDictionary** address() { return &entries_; }

 private:
  AVDictionary* entries_ = nullptr;
};

/// The library's words for one of its error numbers.
inline std::string describe(int error) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(error, text, sizeof text);
  return text;
}

/// The library prints to stderr what we report as one line of our own.
inline void silence_ffmpeg() {
  av_log_set_level(AV_LOG_QUIET);
}

}  // namespace scrim
