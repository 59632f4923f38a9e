#include "core/rollup.h"
