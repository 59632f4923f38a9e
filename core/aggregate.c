#include "core/aggregate.h"
