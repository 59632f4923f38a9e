#include "core/io/xml.h"
