// FFmpeg's threads meet through atomics that ThreadSanitizer cannot see, as the libraries are not
// built for it; so what they do among themselves looks like races. For tests that link them.
#if defined(__SANITIZE_THREAD__)
#define SCRIM_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SCRIM_TSAN 1
#endif
#endif

#ifdef SCRIM_TSAN
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "called_from_lib:libavcodec.so\n"
         "called_from_lib:libavformat.so\n"
         "called_from_lib:libavutil.so\n"
         "called_from_lib:libx264.so\n"
         "called_from_lib:libvpx.so\n";
}
#endif
