/**
 * Which field of a source's rows feeds which column of the table: a header held against the layout.
 * For core/builder.c alone.
 */
#ifndef SP_CORE_BUILDER_FEEDS_H
#define SP_CORE_BUILDER_FEEDS_H

#include "core/layout.h"
#include "core/table.h"

/** The source's own column names [n]; `origin` names the file in messages. Borrowed. */
typedef struct {
    const char *origin;
    const char *const *names;
    gsize n;
} SpHeader;

typedef struct {
    gsize field;    /* of the row */
    gsize column;   /* of the table */
    SpCodes *codes; /* borrowed dictionary of the column */
} SpCodeFeed;

typedef struct {
    gsize field;
    gsize column;
    gboolean has_sign;
    gsize sign; /* field, if has_sign */
    const SpLayoutColumn *is;
} SpMeasureFeed;

typedef struct {
    gsize column;
    guint32 code;
} SpConstantFeed;

/** A column of role spread: the field of its figures and the number of its code. */
typedef struct {
    gsize field;
    guint32 code;
    const SpLayoutColumn *is;
} SpSpreadFeed;

/** Of the present file. */
typedef struct {
    GArray *codes;        /* SpCodeFeed */
    GArray *constants;    /* SpConstantFeed */
    GArray *measures;     /* SpMeasureFeed */
    GArray *filters;      /* gsize: field of each filter of the layout */
    GArray *spread;       /* SpSpreadFeed; empty: one row a row */
    gsize spread_key;     /* table column of their codes */
    gsize spread_measure; /* and of their figures */
    const SpLayoutColumn *spread_is;
    gsize contents; /* table column of role contents, SP_NO_COLUMN if none */
} SpFeeds;

void sp_feeds_init(SpFeeds *feeds);
void sp_feeds_clear(SpFeeds *feeds);

/**
 * Finds the fields of a file with this header; `table` gets the columns that it does not have yet.
 * SP_ERROR_DATA when a column that the layout names is missing or stands twice, or the source has
 * others; the feeds are then only good for clearing.
 */
gboolean sp_feeds_begin(SpFeeds *feeds, const SpLayout *layout, const SpHeader *header,
                        SpTable *table, GError **error);

#endif
