#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"

#include <curses.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

static SCREEN *screen;
static bool cursor_is_shown = true;

bool cn_open(void) {
    // Unlike initscr, newterm does not exit the process on failure.
    screen = newterm(NULL, stdout, stdin);
    if (!screen) return false;
    set_escdelay(25);
    // raw: Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-Q are ordinary keys. nonl: Enter and Ctrl-J are different keys.
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    meta(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    scrollok(stdscr, FALSE);
    idlok(stdscr, FALSE);
    mouseinterval(0);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    return true;
}

bool cn_can_move_cursor(void) {
    const char *motion = tigetstr("cup");
    return motion && motion != (char *)-1;
}

void cn_leave(void) {
    curs_set(1);
    cursor_is_shown = true;
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

int cn_color_count(void) { return has_colors() ? COLORS : 0; }
int cn_pair_count(void) { return has_colors() ? COLOR_PAIRS : 0; }
bool cn_can_define_colors(void) { return can_change_color(); }

void cn_define_color(int index, int red, int green, int blue) {
    init_extended_color(index, red * 1000 / 255, green * 1000 / 255, blue * 1000 / 255);
}

void cn_define_pair(int pair, int foreground, int background) { init_extended_pair(pair, foreground, background); }

static attr_t native(unsigned attributes) {
    attr_t result = A_NORMAL;
    if (attributes & CN_BOLD) result |= A_BOLD;
    if (attributes & CN_DIM) result |= A_DIM;
    if (attributes & CN_ITALIC) result |= A_ITALIC;
    if (attributes & CN_UNDERLINE) result |= A_UNDERLINE;
    if (attributes & CN_REVERSE) result |= A_REVERSE;
    return result;
}

void cn_put(int row, int column, const uint32_t *scalars, int count, unsigned attributes, int pair) {
    wchar_t text[CCHARW_MAX + 1] = {0};
    for (int i = 0; i < count && i < CCHARW_MAX; i++) text[i] = (wchar_t)scalars[i];
    cchar_t cell;
    // Pair numbers above 255 do not fit the short parameter; the options pointer passes them.
    if (setcchar(&cell, text, native(attributes), 0, &pair) == OK) mvadd_wch(row, column, &cell);
}

void cn_show(int cursor_row, int cursor_column) {
    bool shown = cursor_row >= 0;
    if (shown) move(cursor_row, cursor_column);
    if (shown != cursor_is_shown) {
        curs_set(shown ? 1 : 0);
        cursor_is_shown = shown;
    }
    wnoutrefresh(stdscr);
    doupdate();
}

void cn_redraw_all(void) { clearok(curscr, TRUE); }

void cn_beep(void) { beep(); }
