/** The columns that tables of vary have in common, as initialisers of SpColumn. */
#ifndef SP_TRANSFORMS_VARY_COLUMNS_H
#define SP_TRANSFORMS_VARY_COLUMNS_H

#include "core/table.h"

/** The id of an indicator in config/indicators.csv. */
#define SP_VARY_INDIKATOR                                                                          \
    {                                                                                              \
        .name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "indikator" \
    }
#define SP_VARY_REGION                                                                             \
    {                                                                                              \
        .name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "region"       \
    }
#define SP_VARY_PERIOD                                                                             \
    {                                                                                              \
        .name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"       \
    }
/** The kommune that hosts the service, where several share one; an attribute. */
#define SP_VARY_VERTSKOMMUNE                                                                       \
    {                                                                                              \
        .name = "vertskommune", .kind = SP_COLUMN_CODE, .classification = "region"                 \
    }
/** A measure that does not add; NULL for the unit of its indicator. */
#define SP_VARY_MEASURE(word, of_unit)                                                             \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_MEASURE, .unit = (of_unit)                               \
    }

#endif
