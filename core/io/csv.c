#include "core/io/csv.h"
