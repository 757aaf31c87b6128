/*
 * Records what one process does to the files of one folder, for tests that replay it up to a power cut. Loaded before libc. What
 * is done under the folder RECORD_DISK_FILES is appended to the file RECORD_DISK_TO, in its order. Each record is a head of 24
 * octets (kind, length of the name, length of the data: 32 bits each; four octets unused; an offset of 64 bits), the name and the
 * data. Only the main thread's work is in a sure order, which is where SQLite works.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { CREATE = 1, WRITE, TRUNCATE, SYNC, UNLINK };

struct head {
  uint32_t kind, name, data, unused;
  uint64_t offset;
};

static const char *files;
static int to = -1;

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("RECORD_DISK_TO");
  files = getenv("RECORD_DISK_FILES");
  if (path && files) to = NEXT(open)(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static int concerns(const char *path) {
  return to >= 0 && path && strncmp(path, files, strlen(files)) == 0;
}

static void note(enum kind kind, const char *path, uint64_t offset, struct iovec data) {
  struct head head = {kind, (uint32_t)strlen(path), (uint32_t)data.iov_len, 0, offset};
  struct iovec parts[] = {{&head, sizeof head}, {(void *)path, head.name}, data};
  if (writev(to, parts, 3) < 0) abort();
}

/* Fills in the path of an open file; 0 where it does not concern us. */
static int path_of(int fd, char path[4096]) {
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = to < 0 ? -1 : readlink(link, path, 4095);
  if (length < 0) return 0;
  path[length] = 0;
  return concerns(path);
}

static ssize_t wrote(int fd, const void *bytes, ssize_t done, off_t offset) {
  char path[4096];
  if (done > 0 && path_of(fd, path))
    note(WRITE, path, (uint64_t)offset, (struct iovec){(void *)bytes, (size_t)done});
  return done;
}

#define WRITES_AT(name, offset_type)                                           \
  ssize_t name(int fd, const void *bytes, size_t size, offset_type offset) {   \
    return wrote(fd, bytes, NEXT(name)(fd, bytes, size, offset), offset);      \
  }

WRITES_AT(pwrite, off_t)
WRITES_AT(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t size) {
  ssize_t done = NEXT(write)(fd, bytes, size);
  return to < 0 || fd <= 2 ? done : wrote(fd, bytes, done, lseek(fd, 0, SEEK_CUR) - done);
}

static int done(int fd, enum kind kind, int result, off_t offset) {
  char path[4096];
  if (result == 0 && path_of(fd, path)) note(kind, path, (uint64_t)offset, (struct iovec){0, 0});
  return result;
}

int fsync(int fd) { return done(fd, SYNC, NEXT(fsync)(fd), 0); }
int fdatasync(int fd) { return done(fd, SYNC, NEXT(fdatasync)(fd), 0); }
int ftruncate(int fd, off_t size) { return done(fd, TRUNCATE, NEXT(ftruncate)(fd, size), size); }
int ftruncate64(int fd, off64_t size) { return done(fd, TRUNCATE, NEXT(ftruncate64)(fd, size), size); }

int unlink(const char *path) {
  int result = NEXT(unlink)(path);
  if (result == 0 && concerns(path)) note(UNLINK, path, 0, (struct iovec){0, 0});
  return result;
}

#define OPENS(name)                                                            \
  int name(const char *path, int flags, ...) {                                 \
    va_list more;                                                              \
    va_start(more, flags);                                                     \
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;                  \
    va_end(more);                                                              \
    int created = flags & O_CREAT && concerns(path) && access(path, F_OK) != 0; \
    int fd = NEXT(name)(path, flags, mode);                                    \
    if (fd >= 0 && created) note(CREATE, path, 0, (struct iovec){0, 0});       \
    return fd;                                                                 \
  }

OPENS(open)
OPENS(open64)
