#include "extractors/extractor.h"
