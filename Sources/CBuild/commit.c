#include "CBuild.h"

#define TEXT(word) #word
#define EXPANDED(word) TEXT(word)

const char *build_commit(void) { return EXPANDED(BUILD_COMMIT); }
