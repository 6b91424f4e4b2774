#define _XOPEN_SOURCE 700
#include "CNcurses.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>

static bool is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

bool cn_use_utf8(void) {
    if (setlocale(LC_CTYPE, "") && is_utf8()) return true;
    return setlocale(LC_CTYPE, "C.UTF-8") && is_utf8();
}

static int (*measure)(uint32_t scalar);

void cn_set_measure(int (*columns)(uint32_t scalar)) { measure = columns; }

// Overrides the C library's wcwidth, which ncurses uses to track columns. The library's table lacks newer characters
// and has no option for wide ambiguous ones; two different tables would shift text on the screen.
int wcwidth(wchar_t character) {
    uint32_t scalar = (uint32_t)character;
    if (scalar == 0) return 0;
    if (scalar < 0x20 || (scalar >= 0x7F && scalar < 0xA0)) return -1;
    if (scalar < 0x7F || !measure) return 1;
    return measure(scalar);
}
