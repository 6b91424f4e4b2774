#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <sys/vfs.h>

/// The kind of file system that a path lies on, as statfs(2) tells it; -1 with errno when it fails.
static inline long file_system_type(const char *path) {
    struct statfs status;
    return statfs(path, &status) == 0 ? (long)(unsigned int)status.f_type : -1;
}

#endif
