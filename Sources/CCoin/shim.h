// Clp and Cbc of COIN-OR; LabScreening is the only target that sees them.
#include <coin/Cbc_C_Interface.h>
#include <coin/Clp_C_Interface.h>
