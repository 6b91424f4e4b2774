#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

// Key codes beyond those of ncurses: a base for each kind of input, plus its value.
enum { OWN_KEY = 0x2000, OWN_FUNCTION = 0x2100, OWN_REPORT = 0x2200 };

static void define_if_unknown(const char *sequence, int code) {
    if (key_defined(sequence) == 0) define_key(sequence, code);
}

static void define_motion(char introducer, const char *finals) {
    char sequence[8] = {'\033', introducer, 0, 0};
    for (int i = 0; finals[i]; i++) {
        sequence[2] = finals[i];
        if (finals[i] != ' ') define_if_unknown(sequence, OWN_KEY + i);
    }
}

void cn_define_keys(void) {
    define_key("\033[200~", OWN_REPORT + CN_PASTE_BEGIN);
    define_key("\033[201~", OWN_REPORT + CN_PASTE_END);
    define_key("\033[I", OWN_REPORT + CN_FOCUS_IN);
    define_key("\033[O", OWN_REPORT + CN_FOCUS_OUT);
    define_if_unknown("\033[Z", OWN_KEY + CN_BACKTAB);

    // Navigation keys in normal and application mode, and with modifiers (xterm): 2 is Shift; Alt, Ctrl and their
    // combinations, 3 to 8, count as Ctrl.
    const char *finals = "ABDCHF";
    define_motion('[', finals);
    define_motion('O', finals);
    for (int modifier = 2; modifier <= 8; modifier++) {
        int held = modifier == 2 ? CN_SHIFT : CN_CTRL;
        char sequence[16];
        for (int i = 0; finals[i]; i++) {
            snprintf(sequence, sizeof sequence, "\033[1;%d%c", modifier, finals[i]);
            define_key(sequence, OWN_KEY + held + i);
        }
        snprintf(sequence, sizeof sequence, "\033[5;%d~", modifier);
        define_key(sequence, OWN_KEY + held + CN_PAGE_UP);
        snprintf(sequence, sizeof sequence, "\033[6;%d~", modifier);
        define_key(sequence, OWN_KEY + held + CN_PAGE_DOWN);
        snprintf(sequence, sizeof sequence, "\033[3;%d~", modifier);
        define_key(sequence, OWN_KEY + CN_DELETE);
    }
    static const struct { const char *sequence; int key; } edits[] = {
        {"\033[1~", CN_HOME}, {"\033[2~", CN_INSERT}, {"\033[3~", CN_DELETE}, {"\033[4~", CN_END},
        {"\033[5~", CN_PAGE_UP}, {"\033[6~", CN_PAGE_DOWN}, {"\033[7~", CN_HOME}, {"\033[8~", CN_END},
        {"\033OM", CN_ENTER},
    };
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++)
        define_if_unknown(edits[i].sequence, OWN_KEY + edits[i].key);

    // Function keys of terminals that send other sequences than their terminfo entry says.
    static const int numbers[] = {11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24};
    for (int i = 0; i < 12; i++) {
        char sequence[16];
        snprintf(sequence, sizeof sequence, "\033[%d~", numbers[i]);
        define_if_unknown(sequence, OWN_FUNCTION + i + 1);
        if (i < 4) {
            snprintf(sequence, sizeof sequence, "\033O%c", 'P' + i);
            define_if_unknown(sequence, OWN_FUNCTION + i + 1);
            snprintf(sequence, sizeof sequence, "\033[1;2%c", 'P' + i);
        } else {
            snprintf(sequence, sizeof sequence, "\033[%d;2~", numbers[i]);
        }
        define_if_unknown(sequence, OWN_FUNCTION + i + 13);
    }
}

static void send_to_terminal(const char *sequence) {
    size_t length = strlen(sequence);
    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, sequence, length);
        if (written <= 0) return;
        sequence += written;
        length -= (size_t)written;
    }
}

void cn_set_reports(bool enabled, bool mouse) {
    send_to_terminal(enabled ? "\033[?2004h\033[?1004h" : "\033[?1002l\033[?1004l\033[?2004l");
    mousemask(enabled && mouse ? ALL_MOUSE_EVENTS | REPORT_MOUSE_POSITION : 0, NULL);
    // ncurses enables button events only; mode 1002 adds motion with a button held.
    if (enabled) send_to_terminal(mouse ? "\033[?1002h" : "\033[?1002l");
}

int cn_erase_character(void) { return (unsigned char)erasechar(); }

static struct cn_input mouse_input(void) {
    struct cn_input input = {.kind = CN_UNKNOWN};
    MEVENT event;
    if (getmouse(&event) != OK) return input;
    static const struct { mmask_t state; int value; } states[] = {
        {BUTTON1_PRESSED, CN_PRESS_LEFT}, {BUTTON1_RELEASED, CN_RELEASE_LEFT},
        {BUTTON2_PRESSED, CN_PRESS_MIDDLE}, {BUTTON2_RELEASED, CN_RELEASE_MIDDLE},
        {BUTTON3_PRESSED, CN_PRESS_RIGHT}, {BUTTON3_RELEASED, CN_RELEASE_RIGHT},
        {BUTTON4_PRESSED, CN_WHEEL_UP}, {BUTTON5_PRESSED, CN_WHEEL_DOWN},
        {REPORT_MOUSE_POSITION, CN_DRAG},
    };
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (!(event.bstate & states[i].state)) continue;
        input = (struct cn_input){CN_MOUSE, (uint32_t)states[i].value, event.y, event.x};
        break;
    }
    return input;
}

static struct cn_input key(int value) { return (struct cn_input){.kind = CN_KEY, .value = (uint32_t)value}; }

static struct cn_input key_input(wint_t code) {
    static const struct { wint_t code; int value; } keys[] = {
        {KEY_UP, CN_UP}, {KEY_DOWN, CN_DOWN}, {KEY_LEFT, CN_LEFT}, {KEY_RIGHT, CN_RIGHT}, {KEY_HOME, CN_HOME},
        {KEY_END, CN_END}, {KEY_PPAGE, CN_PAGE_UP}, {KEY_NPAGE, CN_PAGE_DOWN},
        {KEY_SR, CN_SHIFT + CN_UP}, {KEY_SF, CN_SHIFT + CN_DOWN}, {KEY_SLEFT, CN_SHIFT + CN_LEFT},
        {KEY_SRIGHT, CN_SHIFT + CN_RIGHT}, {KEY_SHOME, CN_SHIFT + CN_HOME}, {KEY_SEND, CN_SHIFT + CN_END},
        {KEY_SPREVIOUS, CN_SHIFT + CN_PAGE_UP}, {KEY_SNEXT, CN_SHIFT + CN_PAGE_DOWN},
        {KEY_ENTER, CN_ENTER}, {KEY_BACKSPACE, CN_BACKSPACE}, {KEY_DC, CN_DELETE}, {KEY_SDC, CN_DELETE},
        {KEY_IC, CN_INSERT}, {KEY_BTAB, CN_BACKTAB},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i].code == code) return key(keys[i].value);
    if (code > KEY_F(0) && code <= KEY_F(63))
        return (struct cn_input){.kind = CN_FUNCTION, .value = code - KEY_F(0)};
    if (code == KEY_MOUSE) return mouse_input();
    if (code == KEY_RESIZE) return (struct cn_input){.kind = CN_RESIZE};
    if (code >= OWN_REPORT) return (struct cn_input){.kind = (int)(code - OWN_REPORT)};
    if (code >= OWN_FUNCTION) return (struct cn_input){.kind = CN_FUNCTION, .value = code - OWN_FUNCTION};
    if (code >= OWN_KEY) return key((int)(code - OWN_KEY));
    return (struct cn_input){.kind = CN_UNKNOWN};
}

struct cn_input cn_read(void) {
    wint_t value = 0;
    switch (get_wch(&value)) {
    case OK: return (struct cn_input){.kind = CN_CHARACTER, .value = value};
    case KEY_CODE_YES: return key_input(value);
    default: return (struct cn_input){.kind = CN_NOTHING};
    }
}
