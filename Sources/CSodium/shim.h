// The whole of libsodium; LabSecrets is the only target that sees it.
#include <sodium.h>
