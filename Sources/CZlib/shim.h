// zlib; LabTables is the only target that sees it.
#include <zlib.h>
