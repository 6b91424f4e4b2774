#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <sys/vfs.h>

/// The file system type (statfs(2), f_type) of a path; -1 with errno set on failure.
static inline long file_system_type(const char *path) {
    struct statfs status;
    return statfs(path, &status) == 0 ? (long)(unsigned int)status.f_type : -1;
}

#endif
