#include "core/io/tablefiles.h"
