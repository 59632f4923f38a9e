#include "core/table_rows.h"
