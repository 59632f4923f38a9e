#include "core/transform.h"
