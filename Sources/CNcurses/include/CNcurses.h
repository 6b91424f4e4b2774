// The part of ncurses used by the console, as plain functions: Swift cannot import its macros and variadic functions.
//
// All functions must be called from one thread.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stdint.h>

// --- Locale and width (locale.c) ---

/// Sets LC_CTYPE to the user's locale or, if that is not UTF-8, to C.UTF-8. Returns false if neither is available.
bool cn_use_utf8(void);

/// Sets the function that returns the columns of a scalar; ncurses uses it instead of the C library's table.
void cn_set_measure(int (*columns)(uint32_t scalar));

// --- Screen (screen.c) ---

/// Switches the terminal to full-screen mode. Returns false if its type is unknown.
bool cn_open(void);
/// Whether the terminal can place its cursor. After cn_open.
bool cn_can_move_cursor(void);
/// Restores the terminal temporarily, for the shell.
void cn_leave(void);
/// Returns to full-screen mode after cn_leave.
void cn_resume(void);
/// Restores the terminal and frees all resources.
void cn_close(void);
/// Adopts the terminal's current size. Returns true if it changed.
bool cn_update_size(void);
int cn_rows(void);
int cn_columns(void);

int cn_color_count(void);
int cn_pair_count(void);
/// Whether palette colours can be redefined.
bool cn_can_define_colors(void);
/// Redefines a palette colour; channels are 0 to 255.
void cn_define_color(int index, int red, int green, int blue);
/// Defines a colour pair; -1 is the terminal's default colour.
void cn_define_pair(int pair, int foreground, int background);

enum cn_attribute { CN_BOLD = 1, CN_DIM = 2, CN_ITALIC = 4, CN_UNDERLINE = 8, CN_REVERSE = 16 };

/// Writes one character with its combining marks (at most 5 scalars in all) to the off-screen buffer.
void cn_put(int row, int column, const uint32_t *scalars, int count, unsigned attributes, int pair);
/// Sends the buffer's changes to the terminal and places the cursor; a negative row hides it.
void cn_show(int cursor_row, int cursor_column);
/// Makes the next cn_show redraw the complete screen.
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

/// Navigation keys have three variants: plain, + CN_SHIFT, + CN_CTRL.
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

/// Defines key sequences that are missing in terminfo.
void cn_define_keys(void);
/// Enables or disables the terminal's reports of pastes, focus and (if `mouse`) the mouse.
void cn_set_reports(bool enabled, bool mouse);
/// Reads the next input, or CN_NOTHING. Waits at most 25 ms, for the rest of an escape sequence.
struct cn_input cn_read(void);
/// The erase character of the terminal line (stty erase).
int cn_erase_character(void);

// --- Signals (signals.c) ---

/// Installs the signal handlers; call before cn_open. Fatal signals restore the terminal and are then raised again.
/// Each other signal writes its number as one byte to a pipe, whose read end is returned; -1 if there is no pipe.
int cn_watch_signals(void);
/// Makes SIGWINCH write to the pipe too; call after cn_open, which installs the handler of ncurses.
void cn_watch_resizing(void);
/// Restores the previous handlers.
void cn_unwatch_signals(void);
/// Stops the process group as Ctrl-Z does; returns when it is continued.
void cn_stop_process(void);
/// Makes the handlers of fatal signals restore the palette too.
void cn_palette_was_changed(void);
/// Redirects standard error to a file, or to /dev/null if `path` is null. Does nothing if it is not a terminal. Returns
/// false if the file cannot be opened.
bool cn_redirect_errors(const char *path);
/// Undoes cn_redirect_errors.
void cn_restore_errors(void);

#endif
