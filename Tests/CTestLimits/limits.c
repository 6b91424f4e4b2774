// Limits of a run of the tests, which hold as soon as the test bundle is loaded, for every suite in it. Swift Testing's
// time limit cancels a task, and does not end a loop that never looks whether it was cancelled.
//
// Time: 90 minutes, 600 of the long forms; FRONTDESK_TEST_MINUTES says otherwise. Memory: 8 GB, also of the programs that
// tests start, except under a sanitizer, whose shadow memory is larger.
#include "CTestLimits.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SHADOW_MEMORY 1
#endif
#endif

static void *end_run(void *minutes) {
    for (intptr_t left = (intptr_t)minutes * 60; left > 0;) left = sleep((unsigned)left);
    dprintf(STDERR_FILENO,
            "the tests took more than %ld minutes: one that started and has not ended hangs (FRONTDESK_TEST_MINUTES)\n",
            (long)(intptr_t)minutes);
    // A trace of all threads follows where SWIFT_BACKTRACE=enable=yes.
    abort();
}

__attribute__((constructor)) static void limit_run(void) {
    const char *said = getenv("FRONTDESK_TEST_MINUTES"), *forms = getenv("FRONTDESK_LONG_TESTS");
    long minutes = said ? atol(said) : forms && strcmp(forms, "1") == 0 ? 600 : 90;
    pthread_t thread;
    if (pthread_create(&thread, NULL, end_run, (void *)(intptr_t)minutes) == 0) pthread_detach(thread);
#ifndef HAS_SHADOW_MEMORY
    struct rlimit limit;
    const rlim_t most = (rlim_t)8 << 30;
    if (getrlimit(RLIMIT_DATA, &limit) == 0 && limit.rlim_cur > most) {
        limit.rlim_cur = most;
        setrlimit(RLIMIT_DATA, &limit);
    }
#endif
}
