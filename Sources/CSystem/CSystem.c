#define _GNU_SOURCE
#include <fcntl.h>

#include "CSystem.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

int identify_file(const char *path, struct file_identity *result) {
    struct statx extended;
    if (statx(AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &extended) == 0) {
        result->device = makedev(extended.stx_dev_major, extended.stx_dev_minor);
        result->inode = extended.stx_ino;
        result->born = extended.stx_mask & STATX_BTIME
            ? extended.stx_btime.tv_sec * 1000000000LL + extended.stx_btime.tv_nsec : 0;
        return 0;
    }
    // Some sandboxes forbid statx.
    struct stat status;
    if (stat(path, &status) != 0) return -1;
    result->device = status.st_dev;
    result->inode = status.st_ino;
    result->born = 0;
    return 0;
}
