// The part of ncurses that the console needs, without its macros, variadics and global variables.
//
// All functions but the signal handlers behind them are to be called from one thread.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stdint.h>

// --- Locale and width (locale.c) ---

/// Sets the character type of the user's locale, or C.UTF-8 if that is not UTF-8. False if neither is to be had.
bool cn_use_utf8(void);

/// Gives ncurses the program's own measure of a character's columns, in place of the C library's.
void cn_set_measure(int (*columns)(uint32_t scalar));

// --- Screen (screen.c) ---

/// Opens the terminal for full-screen use. False if its type is unknown.
bool cn_open(void);
/// Gives the terminal back to the shell; cn_resume takes it again.
void cn_leave(void);
void cn_resume(void);
/// Ends for good.
void cn_close(void);
/// Takes over the size that the terminal has now. True if it has changed.
bool cn_update_size(void);
int cn_rows(void);
int cn_columns(void);

int cn_color_count(void);
int cn_pair_count(void);
/// Whether colours of the palette can be set to exact values.
bool cn_can_define_colors(void);
/// Sets a palette colour; channels are 0 to 255.
void cn_define_color(int index, int red, int green, int blue);
/// Makes colour pair `pair` of two colours; -1 is the terminal's own.
void cn_define_pair(int pair, int foreground, int background);

enum cn_attribute { CN_BOLD = 1, CN_DIM = 2, CN_ITALIC = 4, CN_UNDERLINE = 8, CN_REVERSE = 16 };

/// Puts one character with its combining marks (at most 5 scalars in all) into the next picture.
void cn_put(int row, int column, const uint32_t *scalars, int count, unsigned attributes, int pair);
/// Shows the next picture. A negative row hides the cursor.
void cn_show(int cursor_row, int cursor_column);
/// Has the next cn_show draw everything anew.
void cn_redraw_all(void);
void cn_beep(void);

// --- Input (input.c) ---

enum cn_input_kind {
    CN_NOTHING,
    CN_CHARACTER,  // value: the scalar
    CN_KEY,        // value: a cn_key
    CN_FUNCTION,   // value: n of Fn
    CN_MOUSE,      // value: a cn_mouse; row, column
    CN_RESIZE,
    CN_PASTE_BEGIN,
    CN_PASTE_END,
    CN_FOCUS_IN,
    CN_FOCUS_OUT,
    CN_UNKNOWN,
};

/// Moving keys come in threes: plain, with Shift, with Ctrl.
enum cn_key {
    CN_UP, CN_DOWN, CN_LEFT, CN_RIGHT, CN_HOME, CN_END, CN_PAGE_UP, CN_PAGE_DOWN,
    CN_SHIFT = 8,
    CN_CTRL = 16,
    CN_ENTER = 24, CN_BACKSPACE, CN_DELETE, CN_INSERT, CN_BACKTAB,
};

enum cn_mouse {
    CN_PRESS_LEFT, CN_PRESS_MIDDLE, CN_PRESS_RIGHT,
    CN_RELEASE_LEFT, CN_RELEASE_MIDDLE, CN_RELEASE_RIGHT,
    CN_DRAG, CN_WHEEL_UP, CN_WHEEL_DOWN,
};

struct cn_input {
    int kind;
    uint32_t value;
    int row, column;
};

/// Tells ncurses of the key sequences that terminal descriptions leave out.
void cn_define_keys(void);
/// Asks the terminal for pasted text, focus and, if wanted, the mouse; or for none of them.
void cn_ask_for_reports(bool wanted, bool mouse);
/// The next piece of input, or CN_NOTHING; waits only as long as an escape sequence may take.
struct cn_input cn_read(void);
/// The control character that erases, as the terminal line is set.
int cn_erase_character(void);

// --- Signals (signals.c) ---

/// Sets the handlers, before cn_open: fatal signals restore the terminal and then take their course; others can be read
/// from the returned descriptor as one byte each, the signal's number. -1 if that is impossible.
int cn_watch_signals(void);
/// Has resizing wake whoever waits on the descriptor; after cn_open.
void cn_watch_resizing(void);
/// Puts back the handlers there were before.
void cn_unwatch_signals(void);
/// Stops the process as Ctrl-Z would; returns when it goes on.
void cn_stop_process(void);
/// Has fatal signals restore the palette too.
void cn_palette_was_changed(void);
/// Sends standard error to a file, or nowhere if `path` is null, as long as the screen is up; nothing if it is no terminal.
bool cn_redirect_errors(const char *path);
void cn_restore_errors(void);

#endif
