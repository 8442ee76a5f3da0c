// disk.c - a disk that fails when it is told to: between a program and the C library, for the files that DISK_FILES names.
//
// Built and loaded (LD_PRELOAD) by lab/faults. Beside each file it keeps what would be on the disk, FILE.disk: a write reaches that
// only with the next flush that goes well. A power cut puts it in the place of the file, with some, none or half of what was written
// since, and kills the process. What a failed flush should have written is never on the disk, although the file shows it: so does
// Linux. Not played: names (a file that was made is there after a cut, one that was removed is not), and memory maps.
//
// DISK_FILES    beginning of the paths, as the kernel names them
// DISK_CONTROL  a file of 64 octets, shared with whoever gives the orders: struct control, below
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

// FOLD_FAILS is a flush of the file that DISK_FILES names in full: SQLite's, when it folds its log into it.
enum { NOTHING, CUT, WRITE_FAILS, FLUSH_FAILS, FOLD_FAILS, SLOW_FLUSH };
enum { SECTOR = 512, FILES_MAX = 16, PATH_MAX_HERE = 512 };

struct control {
  volatile int32_t order;  // one of the above; the orderer writes it last
  volatile int32_t after;  // so many writes or flushes (those that the order is about) go well before it
  volatile int32_t times;  // so many fail
  volatile int32_t number; // errno of what fails; milliseconds of a slow flush
  volatile int64_t seed;   // of what a cut leaves
  volatile int32_t writes, flushes, done; // told: seen, seen, faults made
};

// Written and not flushed. Without octets: cut to this length.
struct piece {
  struct piece *next;
  off_t at;
  size_t length;
  char octets[];
};

struct file {
  char path[PATH_MAX_HERE];
  int disk; // what would be on it
  struct piece *first, **last;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct control *control;
static const char *files;
static int shadows; // whether what is on the disk is kept: not for a program of several processes
static struct file known[FILES_MAX];
static int count;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_pwritev)(int, const struct iovec *, int, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  real_pwrite = next("pwrite64");
  real_pwritev = next("pwritev64");
  real_write = next("write");
  real_fsync = next("fsync");
  real_fdatasync = next("fdatasync");
  real_ftruncate = next("ftruncate64");
  real_unlink = next("unlink");
  files = getenv("DISK_FILES");
  shadows = getenv("DISK_SHADOWS") != NULL;
  const char *path = getenv("DISK_CONTROL");
  int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  void *at = fd < 0 ? MAP_FAILED : mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  control = at == MAP_FAILED ? NULL : at;
}

static void die(const char *what) {
  fprintf(stderr, "disk: %s: %s\n", what, strerror(errno));
  abort();
}

// Whether the disk is about this file; its path then.
static int is_ours(int fd, char *path) {
  if (!control || !files)
    return 0;
  int kept = errno;
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX_HERE - 1);
  errno = kept;
  if (n < 0 || strncmp(path, files, strlen(files)) != 0)
    return 0;
  path[n] = 0;
  return !strstr(path, "-shm"); // A map: it is made anew after every cut.
}

static void copy(int from, int to) {
  char block[65536];
  ssize_t n;
  for (off_t at = 0; (n = pread(from, block, sizeof block, at)) > 0; at += n)
    if (real_pwrite(to, block, n, at) != n)
      die("the copy of the disk");
}

// The file's other half; made from the file as it is when there is none yet.
static struct file *file_of(const char *path) {
  for (int i = 0; i < count; i++)
    if (strcmp(known[i].path, path) == 0)
      return &known[i];
  if (count == FILES_MAX)
    die("too many files");
  struct file *file = &known[count++];
  char name[PATH_MAX_HERE + 8];
  snprintf(file->path, sizeof file->path, "%s", path);
  snprintf(name, sizeof name, "%s.disk", path);
  int old = access(name, F_OK) == 0;
  file->disk = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  file->first = NULL;
  file->last = &file->first;
  if (file->disk < 0)
    die(name);
  if (!old) {
    int now = open(path, O_RDONLY | O_CLOEXEC);
    copy(now, file->disk);
    close(now);
  }
  return file;
}

static void remember(const char *path, const void *octets, size_t length, off_t at) {
  if (!shadows)
    return;
  struct file *file = file_of(path);
  struct piece *piece = malloc(sizeof *piece + length);
  piece->next = NULL;
  piece->at = at;
  piece->length = length;
  memcpy(piece->octets, octets, length);
  *file->last = piece;
  file->last = &piece->next;
}

static void onto_disk(struct file *file, struct piece *piece, size_t from, size_t to) {
  if (piece->length == 0 ? real_ftruncate(file->disk, piece->at) != 0
                         : real_pwrite(file->disk, piece->octets + from, to - from, piece->at + from) < 0)
    die("the disk");
}

static void forget(struct file *file) {
  for (struct piece *piece = file->first; piece;) {
    struct piece *gone = piece;
    piece = piece->next;
    free(gone);
  }
  file->first = NULL;
  file->last = &file->first;
}

static uint64_t chance(void) {
  uint64_t x = (uint64_t)control->seed | 1;
  x ^= x << 13, x ^= x >> 7, x ^= x << 17;
  control->seed = (int64_t)x;
  return x;
}

// Of what was not flushed nothing is left, or all up to somewhere in the middle of a write, or any of its sectors.
static void leave(struct file *file, int how) {
  size_t pieces = 0, seen = 0;
  for (struct piece *piece = file->first; piece; piece = piece->next)
    pieces++;
  size_t torn = pieces ? chance() % pieces : 0;
  for (struct piece *piece = file->first; piece && how != 0; piece = piece->next, seen++) {
    if (how == 1 && seen > torn)
      break;
    if (piece->length == 0 || (how == 1 && seen < torn)) {
      onto_disk(file, piece, 0, piece->length);
      continue;
    }
    size_t end = how == 1 ? chance() % (piece->length / SECTOR + 1) * SECTOR : piece->length;
    for (size_t from = 0; from < end; from += SECTOR)
      if (how == 1 || chance() % 2)
        onto_disk(file, piece, from, from + SECTOR < piece->length ? from + SECTOR : piece->length);
  }
}

static void cut(void) {
  control->done++;
  int how = chance() % 3;
  for (int i = 0; i < count; i++) {
    struct file *file = &known[i];
    if (access(file->path, F_OK) != 0)
      continue;
    leave(file, how);
    int fd = open(file->path, O_RDWR | O_TRUNC | O_CLOEXEC);
    copy(file->disk, fd);
  }
  kill(getpid(), SIGKILL);
}

// Whether this operation is the one that the order is about.
static int is_due(int order) {
  if (control->order != order)
    return 0;
  if (__atomic_fetch_sub(&control->after, 1, __ATOMIC_SEQ_CST) > 0)
    return 0;
  if (__atomic_fetch_sub(&control->times, 1, __ATOMIC_SEQ_CST) <= 0) {
    control->order = NOTHING;
    return 0;
  }
  __atomic_fetch_add(&control->done, 1, __ATOMIC_SEQ_CST);
  return 1;
}

static void passes(void) {
  if (shadows && control->order == CUT && __atomic_fetch_sub(&control->after, 1, __ATOMIC_SEQ_CST) <= 0)
    cut();
}

// A full disk takes the first half.
static ssize_t written(int fd, const char *path, const void *octets, size_t length, off_t at) {
  __atomic_fetch_add(&control->writes, 1, __ATOMIC_SEQ_CST);
  int fails = is_due(WRITE_FAILS);
  size_t part = fails ? length / 2 : length;
  ssize_t n = part ? real_pwrite(fd, octets, part, at) : 0;
  if (n > 0)
    remember(path, octets, n, at);
  passes();
  if (fails) {
    errno = control->number;
    return -1;
  }
  return n;
}

ssize_t pwrite64(int fd, const void *octets, size_t length, off_t at) {
  char path[PATH_MAX_HERE];
  if (!is_ours(fd, path))
    return real_pwrite(fd, octets, length, at);
  pthread_mutex_lock(&lock);
  // The first sight of a file must come before its first change.
  if (shadows)
    file_of(path);
  ssize_t n = written(fd, path, octets, length, at);
  pthread_mutex_unlock(&lock);
  return n;
}

ssize_t pwrite(int fd, const void *octets, size_t length, off_t at) { return pwrite64(fd, octets, length, at); }

// Only PostgreSQL writes so; what is on its disk is not kept.
ssize_t pwritev64(int fd, const struct iovec *parts, int n, off_t at) {
  char path[PATH_MAX_HERE];
  if (is_ours(fd, path) && is_due(WRITE_FAILS)) {
    errno = control->number;
    return -1;
  }
  return real_pwritev(fd, parts, n, at);
}

ssize_t pwritev(int fd, const struct iovec *parts, int n, off_t at) { return pwritev64(fd, parts, n, at); }

ssize_t write(int fd, const void *octets, size_t length) {
  char path[PATH_MAX_HERE];
  if (!real_write)
    begin();
  if (!is_ours(fd, path))
    return real_write(fd, octets, length);
  off_t at = lseek(fd, 0, SEEK_CUR);
  ssize_t n = pwrite64(fd, octets, length, at);
  if (n > 0)
    lseek(fd, at + n, SEEK_SET);
  return n;
}

static int flushed(int fd, int (*real)(int)) {
  char path[PATH_MAX_HERE];
  if (!is_ours(fd, path))
    return real(fd);
  pthread_mutex_lock(&lock);
  __atomic_fetch_add(&control->flushes, 1, __ATOMIC_SEQ_CST);
  if (is_due(SLOW_FLUSH))
    usleep(control->number * 1000);
  passes();
  int fails = is_due(FLUSH_FAILS) || (strcmp(path, files) == 0 && is_due(FOLD_FAILS));
  if (shadows) {
    struct file *file = file_of(path);
    for (struct piece *piece = file->first; piece && !fails; piece = piece->next)
      onto_disk(file, piece, 0, piece->length);
    forget(file);
  }
  pthread_mutex_unlock(&lock);
  if (fails) {
    errno = control->number;
    return -1;
  }
  return shadows ? 0 : real(fd);
}

int fsync(int fd) { return flushed(fd, real_fsync); }

int fdatasync(int fd) { return flushed(fd, real_fdatasync); }

int ftruncate64(int fd, off_t length) {
  char path[PATH_MAX_HERE];
  if (!is_ours(fd, path))
    return real_ftruncate(fd, length);
  pthread_mutex_lock(&lock);
  if (shadows)
    file_of(path);
  int failed = real_ftruncate(fd, length);
  if (!failed)
    remember(path, "", 0, length);
  pthread_mutex_unlock(&lock);
  return failed;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int unlink(const char *path) {
  if (control && files && shadows && strncmp(path, files, strlen(files)) == 0) {
    pthread_mutex_lock(&lock);
    for (int i = 0; i < count; i++)
      if (strcmp(known[i].path, path) == 0) {
        char name[PATH_MAX_HERE + 8];
        snprintf(name, sizeof name, "%s.disk", path);
        real_unlink(name);
        close(known[i].disk);
        forget(&known[i]);
        known[i] = known[--count];
        if (!known[i].first)
          known[i].last = &known[i].first;
      }
    pthread_mutex_unlock(&lock);
  }
  return real_unlink(path);
}
