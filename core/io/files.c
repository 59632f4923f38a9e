#include "core/io/files.h"
