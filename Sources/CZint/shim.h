// The whole of libzint; LabWeb is the only target that sees it.
#include <zint.h>

// Whether a module of an encoded symbol is dark. Swift sees the rows of a symbol as one tuple of
// 200 tuples, so that the bit is taken here.
static inline int swabline_is_dark(const struct zint_symbol *symbol, int row, int column) {
    return symbol->encoded_data[row][column >> 3] >> (column & 7) & 1;
}
