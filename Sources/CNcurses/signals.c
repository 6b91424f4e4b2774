#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

// Handlers must be async-signal-safe: no allocation, no ncurses. Those of fatal signals write constant bytes to the
// terminal, the others one byte to a pipe (self-pipe trick).

static const int fatal[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE};
static const int watched[] = {SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};
enum { FATAL = sizeof fatal / sizeof fatal[0], WATCHED = sizeof watched / sizeof watched[0] };

static struct sigaction old_fatal[FATAL], old_watched[WATCHED];
static volatile sig_atomic_t is_watching, palette_changed;
static int wake[2] = {-1, -1};
static struct termios line;
static bool has_line;
static int saved_errors = -1;
static char handler_stack[64 * 1024];

// Disables mouse, focus and paste reports; resets keypad mode and attributes; shows the cursor; leaves the alternate
// screen.
static const char reset[] =
    "\033[?1006l\033[?1003l\033[?1002l\033[?1000l\033[?1004l\033[?2004l\033[?1l\033>\033[0m\033[?25h\033[?1049l\r";
static const char reset_palette[] = "\033]104\033\\";

static void on_fatal(int number) {
    cn_write(reset, sizeof reset - 1);
    if (palette_changed) cn_write(reset_palette, sizeof reset_palette - 1);
    if (has_line) tcsetattr(STDIN_FILENO, TCSANOW, &line);
    if (saved_errors >= 0) dup2(saved_errors, STDERR_FILENO);
    for (int i = 0; i < FATAL; i++)
        if (fatal[i] == number) sigaction(number, &old_fatal[i], NULL);
    // Blocked until this handler returns; then the previous disposition (usually a core dump) applies.
    raise(number);
}

static void write_to_pipe(int number) {
    int error = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(wake[1], &byte, 1);
    (void)ignored;
    errno = error;
}

int cn_watch_signals(void) {
    if (is_watching) return wake[0];
    if (wake[0] < 0 && pipe2(wake, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
    has_line = tcgetattr(STDIN_FILENO, &line) == 0;

    // An alternate stack, so that a stack overflow can be handled.
    stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
    sigaltstack(&stack, NULL);

    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_fatal;
    action.sa_flags = SA_ONSTACK;
    for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &action, &old_fatal[i]);
    action.sa_handler = write_to_pipe;
    action.sa_flags = SA_RESTART;
    for (int i = 0; i < WATCHED; i++) sigaction(watched[i], &action, &old_watched[i]);
    is_watching = 1;
    return wake[0];
}

void cn_unwatch_signals(void) {
    if (!is_watching) return;
    for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &old_fatal[i], NULL);
    for (int i = 0; i < WATCHED; i++) sigaction(watched[i], &old_watched[i], NULL);
    is_watching = 0;
    palette_changed = 0;
}

void cn_stop_process(void) {
    struct sigaction stop, ours;
    memset(&stop, 0, sizeof stop);
    sigemptyset(&stop.sa_mask);
    stop.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &stop, &ours);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
}

void cn_palette_was_changed(void) { palette_changed = 1; }

bool cn_redirect_errors(const char *path) {
    if (saved_errors >= 0 || !isatty(STDERR_FILENO)) return true;
    // No link, which another may have put there, and no pipe, whose other end would be waited for.
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    int file = open(path ? path : "/dev/null", path ? flags | O_NOFOLLOW : flags, 0600);
    if (file < 0) return false;
    struct stat status;
    if (path && (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))) {
        close(file);
        return false;
    }
    saved_errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    dup2(file, STDERR_FILENO);
    close(file);
    return saved_errors >= 0;
}

void cn_restore_errors(void) {
    if (saved_errors < 0) return;
    dup2(saved_errors, STDERR_FILENO);
    close(saved_errors);
    saved_errors = -1;
}
