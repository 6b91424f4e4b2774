#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <sys/random.h>
#include <sys/vfs.h>

/// The file system type (statfs(2), f_type) of a path; -1 with errno set on failure.
static inline long file_system_type(const char *path) {
    struct statfs status;
    return statfs(path, &status) == 0 ? (long)(unsigned int)status.f_type : -1;
}

/// A file's device and inode numbers, and when the inode was made, in nanoseconds of Unix time; 0 if the file system
/// does not tell.
struct file_identity {
    unsigned long long device;
    unsigned long long inode;
    long long born;
};

/// The identity of the file or folder at a path (statx(2)); -1 with errno set on failure.
int identify_file(const char *path, struct file_identity *result);

#endif
