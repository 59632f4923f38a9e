#include "core/io/http.h"
