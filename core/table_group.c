#include "core/table_group.h"
