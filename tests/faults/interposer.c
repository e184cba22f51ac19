/* Stands between a program and its C library: at a chosen system call the program fails, is killed
 * or stops. Loaded by LD_PRELOAD; calls.py says what its variables mean.
 *
 * FAULT_UNDER    only calls that touch this folder or a name in it count
 * FAULT_ONLY     of these only such whose path ends so
 * FAULT_CALLS    "change": calls that change something; "all": those that look or read too
 * FAULT_AT       the number of the call, from 1; 0 is every one, -1 none
 * FAULT_DO       "signal:NUMBER", sent before the call is made, or "error:ERRNO", in place of it
 * FAULT_ONCE     a file that whoever meets the fault makes; where it is there, nobody else meets it
 * FAULT_WITHOUT  "NAME:ERRNO ...": calls that this system cannot make at all, wherever
 * FAULT_TRACE    a file that gets a line a call that counts: its name and its path
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LOOKS, CHANGES };

static const char *folder, *only, *without, *once;
static int all_calls, number, is_signal, trace = -1;
static long wanted = -1, counted;

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

__attribute__((constructor)) static void begin(void) {
    const char *act = setting("FAULT_DO"), *file = setting("FAULT_TRACE");
    folder = setting("FAULT_UNDER");
    only = setting("FAULT_ONLY");
    without = setting("FAULT_WITHOUT");
    once = setting("FAULT_ONCE");
    all_calls = !strcmp(setting("FAULT_CALLS"), "all");
    is_signal = !strncmp(act, "signal:", 7);
    number = strchr(act, ':') ? atoi(strchr(act, ':') + 1) : 0;
    if (number) wanted = atol(setting("FAULT_AT"));
    if (*file) trace = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
}

static int lacks(const char *name) {
    size_t length = strlen(name);
    for (const char *at = without; (at = strstr(at, name)); at += length)
        if ((at == without || at[-1] == ' ') && at[length] == ':') return atoi(at + length + 1);
    return 0;
}

/* Whether the fault that only one meets was met. */
static int is_over(void) {
    return *once && !syscall(SYS_faccessat, AT_FDCWD, once, F_OK);
}

static int counts(const char *path) {
    size_t length = strlen(folder), whole = strlen(path), end = strlen(only);
    if (!length || strncmp(path, folder, length)) return 0;
    if (path[length] && path[length] != '/') return 0;
    return whole >= end && !strcmp(path + whole - end, only);
}

/* The errno that the call shall end with, or 0 where it goes on. */
static int meet(const char *name, int changes, const char *path) {
    int broken = lacks(name);
    if (broken) return broken;
    if (!(changes || all_calls) || !counts(path)) return 0;
    long now = __sync_add_and_fetch(&counted, 1);
    if (trace >= 0) {
        char line[PATH_MAX + 64];
        int length = snprintf(line, sizeof line, "%s %s\n", name, path);
        syscall(SYS_write, trace, line, length);
    }
    if (wanted < 0 || (wanted && now != wanted)) return 0;
    if (*once && syscall(SYS_openat, AT_FDCWD, once, O_CREAT | O_EXCL | O_CLOEXEC, 0666) < 0) return 0;
    if (!is_signal) return number;
    kill(getpid(), number);
    return 0;
}

static int meet_at(const char *name, int changes, int base, const char *path) {
    char whole[2 * PATH_MAX], link[64];
    ssize_t length = 0;
    int before = errno, fault;
    if (!path) path = "";
    if (*path != '/') {
        if (base == AT_FDCWD)
            length = getcwd(whole, PATH_MAX) ? (ssize_t)strlen(whole) : 0;
        else {
            snprintf(link, sizeof link, "/proc/self/fd/%d", base);
            length = syscall(SYS_readlinkat, AT_FDCWD, link, whole, PATH_MAX);
        }
        if (length < 0) length = 0;
        if (*path && *path != '.') whole[length++] = '/';
        snprintf(whole + length, PATH_MAX, "%s", *path == '.' ? "" : path);
        path = whole;
    }
    fault = meet(name, changes, path);
    errno = fault ? fault : before;
    return fault;
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define ON_PATH(type, fails, changes, name, given, passed) \
    type name given { \
        REAL(name); \
        return meet_at(#name, changes, AT_FDCWD, path) ? fails : real passed; \
    }
#define ON_HANDLE(type, fails, changes, name, given, passed) \
    type name given { \
        REAL(name); \
        return meet_at(#name, changes, handle, "") ? fails : real passed; \
    }
#define IN_FOLDER(type, fails, changes, name, given, passed) \
    type name given { \
        REAL(name); \
        return meet_at(#name, changes, base, path) ? fails : real passed; \
    }

#define OPENS(name, base_given, base, passed) \
    int name(base_given const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        int changes = flags & (O_WRONLY | O_RDWR | O_CREAT) ? CHANGES : LOOKS; \
        return meet_at(#name, changes, base, path) ? -1 : real passed; \
    }
#define COMMA ,
OPENS(open, , AT_FDCWD, (path, flags, mode))
OPENS(open64, , AT_FDCWD, (path, flags, mode))
OPENS(openat, int base COMMA, base, (base, path, flags, mode))
OPENS(openat64, int base COMMA, base, (base, path, flags, mode))

/* Two names: the first is where it happens. */
ON_PATH(int, -1, CHANGES, rename, (const char *path, const char *to), (path, to))
ON_PATH(int, -1, CHANGES, link, (const char *path, const char *to), (path, to))
IN_FOLDER(int, -1, CHANGES, renameat, (int base, const char *path, int there, const char *to), (base, path, there, to))
IN_FOLDER(int, -1, CHANGES, renameat2, (int base, const char *path, int there, const char *to, unsigned how), (base, path, there, to, how))
IN_FOLDER(int, -1, CHANGES, linkat, (int base, const char *path, int there, const char *to, int how), (base, path, there, to, how))

ON_PATH(int, -1, CHANGES, unlink, (const char *path), (path))
IN_FOLDER(int, -1, CHANGES, unlinkat, (int base, const char *path, int how), (base, path, how))
ON_PATH(int, -1, CHANGES, mkdir, (const char *path, mode_t mode), (path, mode))
IN_FOLDER(int, -1, CHANGES, mkdirat, (int base, const char *path, mode_t mode), (base, path, mode))
ON_PATH(int, -1, CHANGES, rmdir, (const char *path), (path))
ON_PATH(int, -1, CHANGES, truncate, (const char *path, off_t size), (path, size))
ON_PATH(int, -1, CHANGES, chmod, (const char *path, mode_t mode), (path, mode))
ON_HANDLE(int, -1, CHANGES, fchmod, (int handle, mode_t mode), (handle, mode))
IN_FOLDER(int, -1, CHANGES, utimensat, (int base, const char *path, const struct timespec times[2], int how), (base, path, times, how))

ON_HANDLE(int, -1, CHANGES, ftruncate, (int handle, off_t size), (handle, size))
ON_HANDLE(int, -1, CHANGES, ftruncate64, (int handle, off64_t size), (handle, size))
ON_HANDLE(int, -1, CHANGES, fsync, (int handle), (handle))
ON_HANDLE(int, -1, CHANGES, fdatasync, (int handle), (handle))
ON_HANDLE(int, -1, CHANGES, syncfs, (int handle), (handle))
ON_HANDLE(ssize_t, -1, CHANGES, sendfile, (int handle, int from, off_t *at, size_t size), (handle, from, at, size))
ON_HANDLE(ssize_t, -1, CHANGES, sendfile64, (int handle, int from, off64_t *at, size_t size), (handle, from, at, size))

/* A process that dies in a write has written a part of it. */
#define WRITES(name, given, passed, half) \
    ssize_t name given { \
        REAL(name); \
        if (is_signal && number == SIGKILL && wanted == counted + 1 && size > 1 && !is_over()) half; \
        return meet_at(#name, CHANGES, handle, "") ? -1 : real passed; \
    }
static int here(int handle) {
    char link[64], path[PATH_MAX] = "";
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    return counts(path);
}
WRITES(write, (int handle, const void *bytes, size_t size), (handle, bytes, size), if (here(handle)) real(handle, bytes, size / 2))
WRITES(pwrite, (int handle, const void *bytes, size_t size, off_t at), (handle, bytes, size, at), if (here(handle)) real(handle, bytes, size / 2, at))
WRITES(pwrite64, (int handle, const void *bytes, size_t size, off64_t at), (handle, bytes, size, at), if (here(handle)) real(handle, bytes, size / 2, at))

ON_HANDLE(ssize_t, -1, LOOKS, read, (int handle, void *bytes, size_t size), (handle, bytes, size))
ON_HANDLE(ssize_t, -1, LOOKS, pread, (int handle, void *bytes, size_t size, off_t at), (handle, bytes, size, at))
ON_HANDLE(ssize_t, -1, LOOKS, pread64, (int handle, void *bytes, size_t size, off64_t at), (handle, bytes, size, at))
ON_HANDLE(int, -1, LOOKS, flock, (int handle, int how), (handle, how))
ON_PATH(DIR *, NULL, LOOKS, opendir, (const char *path), (path))
ON_HANDLE(DIR *, NULL, LOOKS, fdopendir, (int handle), (handle))
ON_PATH(ssize_t, -1, LOOKS, readlink, (const char *path, char *target, size_t size), (path, target, size))

#if __GLIBC_PREREQ(2, 33)
ON_PATH(int, -1, LOOKS, stat, (const char *path, struct stat *found), (path, found))
ON_PATH(int, -1, LOOKS, lstat, (const char *path, struct stat *found), (path, found))
ON_PATH(int, -1, LOOKS, stat64, (const char *path, struct stat64 *found), (path, found))
ON_PATH(int, -1, LOOKS, lstat64, (const char *path, struct stat64 *found), (path, found))
ON_HANDLE(int, -1, LOOKS, fstat, (int handle, struct stat *found), (handle, found))
ON_HANDLE(int, -1, LOOKS, fstat64, (int handle, struct stat64 *found), (handle, found))
IN_FOLDER(int, -1, LOOKS, fstatat, (int base, const char *path, struct stat *found, int how), (base, path, found, how))
IN_FOLDER(int, -1, LOOKS, fstatat64, (int base, const char *path, struct stat64 *found, int how), (base, path, found, how))
#endif
