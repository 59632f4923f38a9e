#include "core/io/sqlite.h"
