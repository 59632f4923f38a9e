#include "core/table_join.h"
