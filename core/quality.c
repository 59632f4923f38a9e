#include "core/quality.h"
