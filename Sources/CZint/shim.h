// The whole of libzint; LabWeb is the only target that sees it.
#include <zint.h>
