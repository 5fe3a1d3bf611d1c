/* libscrim: a virtual background for pictures that you have already.
 *
 * A handle takes pictures of one size and gives them back with something else behind the person, or
 * gives the matte alone. It reads no camera, no media file and no clock. C11 and C++17;
 * <scrim/scrim.hpp> has the same for C++ with errors as exceptions. docs/library.md is the guide.
 *
 * Pictures: I420, 8 bit, BT.601 limited range (luma 16..235, chroma 16..240, 128 neutral). Chroma
 * planes have half the width and height, rounded up. Mattes: one 8-bit plane, 255 = person, 0 =
 * none.
 *
 * Threads: reentrant: any number of handles, each with one thread at a time. No state is shared but
 * what never changes, and Fontconfig's list of fonts, which guards itself. The environment variable
 * SCRIM_MODELS names a folder of networks that takes the place of the installed one.
 *
 * Ownership: what a pointer argument points at stays the caller's; nothing is kept after the call.
 *
 * Errors: functions give SCRIM_OK or what kind of error it is, scrim_error() the text, one line
 * with the thing, the cause and the cure. A call that fails changes nothing, writes no picture, and
 * the handle goes on as it was. No exception leaves the library. */
#ifndef SCRIM_SCRIM_H
#define SCRIM_SCRIM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define SCRIM_API __attribute__((visibility("default")))
#else
#define SCRIM_API
#endif

/* Rises when a program must be compiled anew; it is the number in libscrim.so.0, too. */
#define SCRIM_ABI_VERSION 0

typedef enum scrim_result {
  SCRIM_OK = 0,
  SCRIM_FAILED = 1, /* the world failed: a network's file is missing or damaged, no memory */
  SCRIM_WRONG = 2   /* the request is wrong: an option, a value, a size, a null pointer */
} scrim_result;

/* One plane of 8-bit samples. `stride`: bytes from row to row, at least the width. */
typedef struct scrim_plane {
  uint8_t* data;
  ptrdiff_t stride;
} scrim_plane;

/* An I420 picture; width and height in pixels, 1..16384. */
typedef struct scrim_image {
  int width, height;
  scrim_plane y, u, v;
} scrim_image;

typedef struct scrim_handle scrim_handle;

/* SCRIM_ABI_VERSION of the library that runs, and its version such as "0.1.0". */
SCRIM_API int scrim_abi_version(void);
SCRIM_API const char* scrim_version(void);

/* A handle for pictures of this size, 1..16384 on either side; the caller ends it with
 * scrim_destroy(). NULL if there can be none: then `error`, unless it is NULL, holds why, cut to
 * `error_size` bytes with the closing 0. Takes next to no time and memory: networks and buffers
 * come with the first picture, or with the option that names them. */
SCRIM_API scrim_handle* scrim_create(int width, int height, char* error, size_t error_size);
/* NULL does nothing. */
SCRIM_API void scrim_destroy(scrim_handle* handle);

/* Sets an option, by the name and the text that it has on Scrim's command line; "" is its default:
 *   background  chain: "blur" (the default), "colour:00b140", "scene:sea,blur?radius=8"
 *   person      chain of effects on the person: "outline"
 *   picture     chain of effects on the finished picture: "autolight,text:Ada"
 *   segmenter   "person" (the default; ?model=NAME), "chroma?colour=00b140", "oval"
 *   matte       "threshold=0.7,smooth=0"
 *   effort      low, normal (the default, also called auto), high
 *
 * What it names is opened at once; it holds from the next picture on, and stages that stay the same
 * keep what they remember. Kinds that read media files are not here: image:NAME and overlay:NAME
 * name a picture of scrim_give_picture(); video, slides and upload fail. */
SCRIM_API int scrim_set(scrim_handle* handle, const char* option, const char* text);

/* Copies `picture`, of any size, under a name for image:NAME and overlay:NAME; one of the same name
 * goes, also from what is shown. `alpha`, of its size, may be NULL: 255 covers what is beneath;
 * only overlay heeds it. */
SCRIM_API int scrim_give_picture(scrim_handle* handle, const char* name, const scrim_image* picture,
                                 const scrim_plane* alpha);

/* Writes the composed picture for `in` into `out`, both of the handle's size; they may be the same.
 * `time_ns`: when `in` was taken, in nanoseconds from any moment, 0 or more; what moves and the
 * steadiness of the matte go by it. After a gap of more than a second, or a step back, earlier
 * pictures are forgotten. After the first picture it takes no memory. */
SCRIM_API int scrim_process(scrim_handle* handle, const scrim_image* in, const scrim_image* out,
                            int64_t time_ns);
/* The matte of `in` alone, of the handle's size, into `out`. Each picture goes to one of the two.
 */
SCRIM_API int scrim_matte(scrim_handle* handle, const scrim_image* in, const scrim_plane* out,
                          int64_t time_ns);
/* The next picture has nothing to do with earlier ones. */
SCRIM_API int scrim_forget(scrim_handle* handle);

/* Why the handle's last call failed, in UTF-8, until the next call; "" if it did not. */
SCRIM_API const char* scrim_error(const scrim_handle* handle);

#ifdef __cplusplus
}
#endif

#endif
