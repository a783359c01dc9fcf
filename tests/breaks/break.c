/* Count what a process writes to files, and break it at one of these calls: Python's, Oxigraph's
   and SQLite's alike, as all go through the C library. Loaded by LD_PRELOAD; see breaking.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { COUNT, KILL, TEAR, REFUSE };
long seen_by_all;
static long at;
static int mode, armed;

void break_at(long number, int how) { seen_by_all = 0; at = number; mode = how; armed = 1; }

/* Return whether a call is to be refused; end the process where that is its time. */
static int breaks(void) {
    if (!armed) return 0;
    long now = __sync_add_and_fetch(&seen_by_all, 1);
    if (mode == KILL && now == at) _exit(99);
    if (mode == REFUSE && now >= at) { errno = ENOSPC; return 1; }
    return 0;
}

static int to_file(int fd) {
    struct stat told;
    return armed && fd > 2 && !fstat(fd, &told) && S_ISREG(told.st_mode);
}

#define REAL(name, type, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)
#define TORN(call) if (mode == TEAR && seen_by_all + 1 == at) { (void)!(call); _exit(99); }

ssize_t write(int fd, const void *data, size_t size) {
    REAL("write", ssize_t, int, const void *, size_t);
    if (to_file(fd)) { TORN(real(fd, data, size / 2)) if (breaks()) return -1; }
    return real(fd, data, size);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) {
    REAL("pwrite", ssize_t, int, const void *, size_t, off_t);
    if (to_file(fd)) { TORN(real(fd, data, size / 2, place)) if (breaks()) return -1; }
    return real(fd, data, size, place);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off_t place) { return pwrite(fd, data, size, place); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL("writev", ssize_t, int, const struct iovec *, int);
    if (to_file(fd) && breaks()) return -1;
    return real(fd, parts, count);
}
ssize_t sendfile(int out, int in, off_t *place, size_t size) {
    REAL("sendfile", ssize_t, int, int, off_t *, size_t);
    if (to_file(out) && breaks()) return -1;
    return real(out, in, place, size);
}
ssize_t sendfile64(int out, int in, off_t *place, size_t size) { return sendfile(out, in, place, size); }
int fsync(int fd) { REAL("fsync", int, int); return breaks() ? -1 : real(fd); }
int fdatasync(int fd) { REAL("fdatasync", int, int); return breaks() ? -1 : real(fd); }
int ftruncate(int fd, off_t size) { REAL("ftruncate", int, int, off_t); return breaks() ? -1 : real(fd, size); }
int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }
int rename(const char *a, const char *b) {
    REAL("rename", int, const char *, const char *);
    return breaks() ? -1 : real(a, b);
}
int renameat(int x, const char *a, int y, const char *b) {
    REAL("renameat", int, int, const char *, int, const char *);
    return breaks() ? -1 : real(x, a, y, b);
}
int link(const char *a, const char *b) {
    REAL("link", int, const char *, const char *);
    return breaks() ? -1 : real(a, b);
}
/* A full disk refuses no removal. */
int unlink(const char *a) {
    REAL("unlink", int, const char *);
    if (mode != REFUSE) breaks();
    return real(a);
}
int unlinkat(int x, const char *a, int how) {
    REAL("unlinkat", int, int, const char *, int);
    if (mode != REFUSE) breaks();
    return real(x, a, how);
}
