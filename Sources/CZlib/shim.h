#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

// Raw deflate streams, as zip archives have them; the macros of zlib.h are out of Swift's reach.

static inline int cz_inflate_begin(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }

static inline int cz_deflate_begin(z_stream *stream) {
    return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}

#endif
