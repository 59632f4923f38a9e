#include "core/io/crypt.h"
