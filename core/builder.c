#include "core/builder.h"
