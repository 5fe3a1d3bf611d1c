#include <malloc.h>

#include "command_line.h"

int main(int argc, char** argv) {
  // Pictures that are given back go back to the system, too. Left alone, the C library learns from
  // the first of them to keep the rest: 10 MB of holes.
  ::mallopt(M_MMAP_THRESHOLD, 128 << 10);
  return scrim::run_command_line(argc, argv);
}
