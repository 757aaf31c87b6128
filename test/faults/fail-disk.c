/*
 * Makes the disk fail under the files of one process, for tests. Loaded before libc. The file named by FAIL_DISK_CONTROL
 * holds two numbers that the test may change at any time: which fault, and after how many operations of its kind it begins.
 * Files whose path holds FAIL_DISK_FILES are concerned, all others are left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum fault { NONE, NO_SPACE, WRITE_ERROR, SYNC_ERROR, SHORT_WRITE };

struct control {
  atomic_int fault;
  atomic_int good_before;
};

static struct control *control;
static const char *files;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("FAIL_DISK_CONTROL");
  files = getenv("FAIL_DISK_FILES");
  int fd = path && files ? open(path, O_RDWR) : -1;
  if (fd < 0) return;
  void *map = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (map != MAP_FAILED) control = map;
}

static int concerns(int fd) {
  char link[32], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, files) != NULL;
}

/* The fault this operation meets. Operations of another kind do not count. */
static enum fault meet(int fd, int is_sync) {
  if (!control) return NONE;
  enum fault fault = atomic_load(&control->fault);
  if (fault == NONE || (fault == SYNC_ERROR) != is_sync || !concerns(fd)) return NONE;
  return atomic_fetch_sub(&control->good_before, 1) > 0 ? NONE : fault;
}

static ssize_t fail(enum fault fault) {
  errno = fault == NO_SPACE ? ENOSPC : EIO;
  return -1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define WRITES_AT(name, offset_type)                                               \
  ssize_t name(int fd, const void *bytes, size_t size, offset_type offset) {       \
    enum fault fault = meet(fd, 0);                                                \
    if (fault == SHORT_WRITE) return NEXT(name)(fd, bytes, (size + 1) / 2, offset);  \
    if (fault != NONE) return fail(fault);                                         \
    return NEXT(name)(fd, bytes, size, offset);                                    \
  }

WRITES_AT(pwrite, off_t)
WRITES_AT(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t size) {
  enum fault fault = meet(fd, 0);
  if (fault == SHORT_WRITE) return NEXT(write)(fd, bytes, (size + 1) / 2);
  return fault == NONE ? NEXT(write)(fd, bytes, size) : fail(fault);
}

int fsync(int fd) {
  enum fault fault = meet(fd, 1);
  return fault == NONE ? NEXT(fsync)(fd) : (int)fail(fault);
}

int fdatasync(int fd) {
  enum fault fault = meet(fd, 1);
  return fault == NONE ? NEXT(fdatasync)(fd) : (int)fail(fault);
}
