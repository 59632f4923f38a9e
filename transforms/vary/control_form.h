/** What decides who is told to stand out: settings of every table with signals among kommuner. */
#ifndef SP_TRANSFORMS_VARY_CONTROL_FORM_H
#define SP_TRANSFORMS_VARY_CONTROL_FORM_H

#include "core/config.h"

typedef struct {
    double false_discovery; /* 0-1: q at or below it is a discovery */
    double pulled_in; /* above 0, below 0.5: each tail's share that is pulled in before the common
                         spread is measured */
    guint minimum_kommuner; /* of fewer nothing `_od` is told */
    gboolean
        is_plain; /* held against chance alone: nothing `_od` is asked for, and it is missing */
} SpControlForm;

/** Its settings, for a list of keys. */
#define SP_CONTROL_KEYS "vary.false_discovery", "vary.pulled_in", "vary.od_minimum_kommuner"

/** SP_ERROR_CONFIG when one is not there or out of range. */
gboolean sp_control_form_read(const SpSettings *settings, SpControlForm *form, GError **error);

#endif
