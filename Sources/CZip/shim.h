// libzip; LabInstruments is the only target that sees it.
#include <zip.h>
