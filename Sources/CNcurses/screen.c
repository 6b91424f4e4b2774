#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"

#include <curses.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

static SCREEN *screen;

bool cn_use_type(const char *type) {
    int error;
    return setupterm(type, STDOUT_FILENO, &error) == OK;
}

bool cn_open(void) {
    // Unlike initscr, newterm does not exit the process on failure.
    screen = newterm(NULL, stdout, stdin);
    if (!screen) return false;
    // raw: Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-Q are ordinary keys. nonl: Enter and Ctrl-J are different keys.
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    scrollok(stdscr, FALSE);
    idlok(stdscr, FALSE);
    return true;
}

static void put_capability(const char *name) {
    const char *sequence = cn_string(name);
    if (sequence) putp(sequence);
}

void cn_leave(void) {
    // ncurses does not know what pictures have set.
    put_capability("sgr0");
    put_capability("cnorm");
    fflush(stdout);
    endwin();
}

void cn_resume(void) {
    clearok(curscr, TRUE);
    wrefresh(stdscr);
}

void cn_close(void) {
    if (!screen) return;
    cn_leave();
    delscreen(screen);
    screen = NULL;
}

bool cn_update_size(void) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
    if (!is_term_resized(size.ws_row, size.ws_col)) return false;
    return resize_term(size.ws_row, size.ws_col) == OK;
}

int cn_rows(void) { return getmaxy(stdscr); }
int cn_columns(void) { return getmaxx(stdscr); }

bool cn_flag(const char *name) { return tigetflag((char *)name) > 0; }
int cn_number(const char *name) { return tigetnum((char *)name); }

const char *cn_expand(const char *name, int first, int second, int third, int fourth) {
    const char *sequence = cn_string(name);
    return sequence ? tparm((char *)sequence, first, second, third, fourth, 0, 0, 0, 0, 0) : NULL;
}
