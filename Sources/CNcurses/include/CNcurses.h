// The part of ncurses used by the console, as plain functions: Swift cannot import its macros and variadic functions.
//
// All functions must be called from one thread.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// --- Locale and width (locale.c) ---

/// Sets LC_CTYPE to the user's locale or, if that is not UTF-8, to C.UTF-8. Returns false if neither is available.
bool cn_use_utf8(void);

/// Sets the function that returns the columns of a scalar; ncurses uses it instead of the C library's table.
void cn_set_measure(int (*columns)(uint32_t scalar));

// --- Screen (screen.c) ---

/// Switches the terminal to full-screen mode. Returns false if its type is unknown.
bool cn_open(void);
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

// --- Input (input.c) ---

/// A string of terminfo by its short name, such as "kcuu1"; null if it is missing.
const char *cn_string(const char *name);
/// Enables or disables keypad mode and the terminal's reports of pastes, focus and (if `mouse`) the mouse.
void cn_set_reports(bool enabled, bool mouse);
/// The erase character of the terminal line (stty erase).
int cn_erase_character(void);
/// Writes all bytes to the terminal, also if signals interrupt it. Returns false if the terminal is gone. May be called
/// in a signal handler.
bool cn_write(const void *bytes, size_t length);
/// The same to any file; waits while it is full.
bool cn_write_to(int file, const void *bytes, size_t length);

// --- Signals (signals.c) ---

/// Installs the signal handlers; call before cn_open, so that ncurses installs none. Fatal signals restore the terminal and are then raised again.
/// Each other signal writes its number as one byte to a pipe, whose read end is returned; -1 if there is no pipe.
int cn_watch_signals(void);
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
