/* slowflush.so - adds FLUSH_DELAY_US microseconds to every fsync and fdatasync of the process that preloads it: a disk that is slower than
 * this machine's. The flush itself still happens. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_a_little(void) {
  const char *text = getenv("FLUSH_DELAY_US");
  long micros = text ? atol(text) : 0;
  struct timespec time = {micros / 1000000, (micros % 1000000) * 1000};
  if (micros > 0) {
    nanosleep(&time, 0);
  }
}

int fsync(int file) {
  static int (*real)(int);
  if (!real) {
    real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  }
  wait_a_little();
  return real(file);
}

int fdatasync(int file) {
  static int (*real)(int);
  if (!real) {
    real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  }
  wait_a_little();
  return real(file);
}
