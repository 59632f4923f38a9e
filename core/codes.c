#include "core/codes.h"
