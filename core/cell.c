#include "core/cell.h"
