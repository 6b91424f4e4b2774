#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

bool cn_write_to(int file, const void *bytes, size_t length) {
    const char *rest = bytes;
    while (length > 0) {
        ssize_t written = write(file, rest, length);
        if (written > 0) {
            rest += written;
            length -= (size_t)written;
        } else if (written < 0 && errno == EAGAIN) {
            struct pollfd full = {.fd = file, .events = POLLOUT};
            if (poll(&full, 1, -1) < 0 && errno != EINTR) return false;
        } else if (written == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool cn_write(const void *bytes, size_t length) { return cn_write_to(STDOUT_FILENO, bytes, length); }

const char *cn_string(const char *name) {
    const char *sequence = tigetstr(name);
    return sequence == (char *)-1 ? NULL : sequence;
}

static void send(const char *sequence) { cn_write(sequence, strlen(sequence)); }

static int send_character(int character) {
    char byte = (char)character;
    return cn_write(&byte, 1) ? character : EOF;
}

void cn_set_reports(bool enabled, bool mouse) {
    // The keys send what terminfo says only in this mode; ncurses ends it when it restores the terminal.
    const char *keypad = cn_string("smkx");
    if (enabled && keypad) tputs(keypad, 1, send_character);
    // 1000 reports buttons, 1002 also moves with a button held; 1006 is the form without limits, which some terminals
    // do not know.
    send(enabled && mouse ? "\033[?1000h\033[?1002h\033[?1006h" : "\033[?1006l\033[?1002l\033[?1000l");
    send(enabled ? "\033[?2004h\033[?1004h" : "\033[?1004l\033[?2004l");
}

int cn_erase_character(void) { return (unsigned char)erasechar(); }
