#include "core/io/zip.h"
