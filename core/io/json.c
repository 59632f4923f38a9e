#include "core/io/json.h"
