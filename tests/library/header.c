/* The header as a C11 compiler takes it, and a whole life of a handle without C++. */
#include <scrim/scrim.h>
#include <stdio.h>
#include <string.h>

#define CHECK(fact) \
  if (!(fact)) return fprintf(stderr, "not so: %s\n", #fact), 1

int main(void) {
  uint8_t y[64 * 48], u[32 * 24], v[32 * 24];
  const scrim_image image = {64, 48, {y, 64}, {u, 32}, {v, 32}};
  char why[16] = "";
  scrim_handle *handle = scrim_create(0, 48, why, sizeof why);
  CHECK(!handle);
  CHECK(!strcmp(why, "size 0x48: both"));
  CHECK(scrim_abi_version() == SCRIM_ABI_VERSION);
  CHECK(scrim_version()[0]);
  handle = scrim_create(64, 48, NULL, 0);
  CHECK(handle);
  CHECK(scrim_set(handle, "segmenter", "oval") == SCRIM_OK);
  CHECK(scrim_set(handle, "background", "colour:white") == SCRIM_OK);
  memset(y, 100, sizeof y);
  memset(u, 128, sizeof u);
  memset(v, 128, sizeof v);
  CHECK(scrim_process(handle, &image, &image, 0) == SCRIM_OK);
  CHECK(y[0] == 235 && y[30 * 64 + 32] == 100);
  CHECK(scrim_process(handle, &image, NULL, 0) == SCRIM_WRONG);
  CHECK(strstr(scrim_error(handle), "null"));
  scrim_destroy(handle);
  return 0;
}
