/** What a small kommune may be exposed in: the rows of config/smaa_kommuner.csv, and how much each
 * kommune is. */
#ifndef SP_TRANSFORMS_VARY_SMALL_PARTS_H
#define SP_TRANSFORMS_VARY_SMALL_PARTS_H

#include "core/config.h"
#include "core/table_rows.h"
#include "transforms/vary/country.h"

#define SP_SMALL_PARTS "smaa_kommuner"
#define SP_SMALL_SUPPLY "framskriving_tilbud"

/** Settings of the transform. */
#define SP_SMALL_SIZE_KEY "vary.small_inhabitants"
#define SP_SMALL_SHARE_KEY "vary.period_minimum_share"

typedef struct {
    double largest; /* inhabitants of a small kommune at most */
    double share;   /* see sp_country_newest */
} SpSmallRules;

/** SP_ERROR_CONFIG names the setting. */
gboolean sp_small_rules_read(const SpSettings *settings, SpSmallRules *rules, GError **error);

/** A row; texts are borrowed of its table. */
typedef struct {
    const char *id, *yrke, *table, *indicator, *measure;
    gboolean is_under;   /* exposed below the limits, not above */
    gboolean is_sampled; /* its figures are of a draw (flag u): who is absent may be there */
    SpReal middle, high;
    /* Where its figures stand; NULL: nowhere. */
    GPtrArray *sheets; /* of the indicator, which own `sheet` */
    const SpSheet *sheet;
    const SpTable *supply;
    SpTableIndex *index;  /* of it, by region, yrke and period */
    char *today, *period; /* of it: the first, and the one that is told */
} SpSmallPart;

/** SpSmallPart* in the order of table smaa_kommuner of `in`, with the law's least of table lovkrav
 * where a row has no high limit; g_ptr_array_unref. SP_ERROR_CONFIG names the row. */
GPtrArray *sp_small_parts_read(const SpTables *in, const SpCountry *country,
                               const SpSmallRules *rules, GError **error);

/** In order: what is graver compares as more, so that a part of several professions has the level
 * of its gravest. UNKNOWN may be as grave as any, so that it hides LOW and MIDDLE and is hidden by
 * what is known to be HIGH. NOBODY: the chance that nobody is left is as high today. */
typedef enum {
    SP_SMALL_LOW,
    SP_SMALL_MIDDLE,
    SP_SMALL_UNKNOWN,
    SP_SMALL_HIGH,
    SP_SMALL_NOBODY
} SpSmallLevel;

/** Of kommune `i`, or of the host it is counted with. */
SpSmallLevel sp_small_level(const SpCountry *country, const SpSmallPart *part, gsize i);
/** The period of its figures, "" where there are none. Borrowed. */
const char *sp_small_period(const SpSmallPart *part);

#endif
