#include "core/table.h"
