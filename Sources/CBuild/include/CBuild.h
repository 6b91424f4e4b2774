#ifndef CBUILD_H
#define CBUILD_H

/// The commit that the program is built from; empty outside a repository. Package.swift defines it.
const char *build_commit(void);

#endif
