// The part of ncurses used by the console, as plain functions: Swift cannot import its macros and variadic functions.
//
// All functions must be called from one thread.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// --- Locale (locale.c) ---

/// Sets LC_CTYPE to the user's locale or, if that is not UTF-8, to C.UTF-8. Returns false if neither is available.
bool cn_use_utf8(void);

// --- Screen (screen.c) ---

/// Reads the capabilities of a terminal type, or of TERM if it is null. Returns false if there is no such type.
bool cn_use_type(const char *type);
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

/// A string, flag or number of terminfo by its short name. A string that is missing is null, a number negative.
const char *cn_string(const char *name);
bool cn_flag(const char *name);
int cn_number(const char *name);
/// A string with its parameters filled in, valid until the next call; null if it is missing.
const char *cn_expand(const char *name, int first, int second, int third, int fourth);

// --- Input (input.c) ---

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
