#include "core/regions.h"
