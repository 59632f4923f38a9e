/** The text of a report to a sender. For delivery*.c alone. */
#ifndef SP_PIPELINE_DELIVERY_TEXT_H
#define SP_PIPELINE_DELIVERY_TEXT_H

#include "core/quality.h"
#include "core/regions.h"
#include "pipeline/delivery_stops.h"
#include "transforms/normalise/inspect.h"

/** What a report is made from. All borrowed. */
typedef struct {
    GHashTable *texts; /* id -> sentence (char* both) */
    const char *file;
    const char *dataset;
    const char *title;        /* "" if none */
    const SpInspect *inspect; /* of a plain layout; NULL of a person-level one, and then: */
    const SpTable *findings;  /* rules that its rows break, as a quality report */
    const GPtrArray *periods; /* char*: of its rows */
    const SpTable *facts;     /* of all deliveries; NULL when the dataset failed */
    const SpRegions *regions;
    SpDay target;        /* the division of person-level facts */
    const char *failure; /* our message; NULL when it did not fail */
    const SpDeliveryStops *stops;
    gboolean is_synthetic;
} SpDeliveryReport;

/** UTF-8, LF, the same for the same content: no time, no path. g_free. */
char *sp_delivery_text(const SpDeliveryReport *report);

#endif
