/* Key sentences about what is projected: growth of the old, need, shortages. */
#include "transforms/headline/mechanism.h"

#include "core/number.h"
#include "transforms/headline/rows.h"

#include <string.h>

#define COUNTRY "0"
enum { YEAR_LENGTH = 4 };

/* The first period among the rows of a region. NULL without any; borrowed. */
static const char *base_of(const SpTable *table, const char *codes, const char *region)
{
    const char *base = NULL;
    g_autofree char *all = g_strdup_printf("%s region=%s", codes, region);
    g_autoptr(GArray) rows = sp_rows_of(table, all);
    for (guint i = 0; i < rows->len; i++) {
        const char *period = sp_rows_code(table, g_array_index(rows, gsize, i), "period");
        base = base == NULL || strcmp(period, base) < 0 ? period : base;
    }
    return base;
}

/* The year that is told, on the base's day. NULL of a base that is no day. g_free. */
static char *ahead_of(const char *base)
{
    gint64 year = 0;
    if (base == NULL || strlen(base) <= YEAR_LENGTH ||
        !sp_number_parse_int(base, YEAR_LENGTH, &year)) {
        return NULL;
    }
    return g_strdup_printf("%d%s", sp_told_year((int)year), base + YEAR_LENGTH);
}

static SpReal growth_of(SpReal later, SpReal base)
{
    const SpReal ratio = sp_real_rate(later, base, 1.0);
    return sp_real_is_number(ratio) ? sp_real_flagged(ratio.value - 1.0, ratio.flags) : ratio;
}

/* Growth of one region; missing where fewer than the least are there today. */
static SpReal growth_of_region(const SpTable *table, const SpKeyRule *rule, const char *region,
                               const char *base, const char *ahead)
{
    const SpReal now = sp_rows_real(table, sp_rows_find(table, "region=%s period=%s", region, base),
                                    rule->measures[0]);
    const SpReal then = sp_rows_real(
        table, sp_rows_find(table, "region=%s period=%s", region, ahead), rule->measures[0]);
    return sp_real_is_number(now) && now.value >= sp_key_threshold(rule, "minste")
               ? growth_of(then, now)
               : sp_real_none(SP_MISSING);
}

/* Which part of the region grows most, of those with enough people for a percentage. */
static void tell_fastest(const SpPageOne *in, const SpKeyRule *rule, const char *base,
                         const char *ahead, SpFact *fact)
{
    const SpTable *all = sp_tables_find(in->edition, rule->tables[0]);
    const gboolean is_country = strcmp(in->region, COUNTRY) == 0;
    g_autoptr(GArray) rows = sp_rows_of(all, rule->codes[0]);
    g_autoptr(SpTable) table =
        sp_table_copy_rows(all, NULL, (const gsize *)(gconstpointer)rows->data, rows->len);
    g_autoptr(GPtrArray) parts =
        sp_page_one_regions(in, is_country ? "fylke" : "kommune", is_country ? NULL : in->region);
    const char *fastest = NULL;
    SpReal most = sp_real(0.0);
    guint n = 0;
    for (guint i = 0; i < parts->len; i++) {
        const SpReal growth = growth_of_region(table, rule, parts->pdata[i], base, ahead);
        n += sp_real_is_number(growth) ? 1 : 0;
        if (sp_real_is_number(growth) && growth.value > most.value) {
            fastest = parts->pdata[i];
            most = growth;
        }
    }
    if (n >= 2 && fastest != NULL) {
        sp_fact_say(fact, "raskest");
        sp_fact_code(fact, "raskest", "region", fastest);
        sp_fact_number(fact, "raskest_vekst", most, "share");
        sp_fact_number(fact, "minste", sp_real(sp_key_threshold(rule, "minste")), "persons");
    }
}

static void tell_growth_interval(const SpPageOne *in, const SpKeyRule *rule, const char *ahead,
                                 SpReal now, SpFact *fact)
{
    const SpTable *table = sp_tables_find(in->edition, rule->tables[1]);
    const gsize row =
        sp_rows_find(table, "%s region=%s period=%s", rule->codes[0], in->region, ahead);
    const SpReal low = growth_of(sp_rows_real(table, row, rule->measures[1]), now);
    const SpReal high = growth_of(sp_rows_real(table, row, rule->measures[2]), now);
    if (sp_real_is_number(low) && sp_real_is_number(high)) {
        sp_fact_say(fact, "intervall");
        sp_fact_number(fact, "p05", low, "share");
        sp_fact_number(fact, "p95", high, "share");
    }
}

static SpFact *tell_growth(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    const SpTable *table = sp_tables_find(in->edition, rule->tables[0]);
    const char *base = base_of(table, rule->codes[0], in->region);
    g_autofree char *ahead = ahead_of(base);
    (void)rules;
    if (ahead == NULL) {
        return NULL;
    }
    const gsize first =
        sp_rows_find(table, "%s region=%s period=%s", rule->codes[0], in->region, base);
    const gsize last =
        sp_rows_find(table, "%s region=%s period=%s", rule->codes[0], in->region, ahead);
    const SpReal now = sp_rows_real(table, first, rule->measures[0]);
    const SpReal then = sp_rows_real(table, last, rule->measures[0]);
    const SpReal growth = growth_of(then, now);
    if (!sp_real_is_number(growth)) {
        return NULL;
    }
    SpFact *fact = sp_fact_new(table, last);
    sp_fact_say(fact, growth.value >= 0.0 ? "vekst" : "nedgang");
    sp_fact_code(fact, "region", "region", in->region);
    sp_fact_year(fact, "fra", base);
    sp_fact_year(fact, "til", ahead);
    sp_fact_number(fact, "naa", now, "persons");
    sp_fact_number(fact, "da", then, "persons");
    sp_fact_number(fact, "vekst",
                   sp_real_flagged(growth.value < 0.0 ? -growth.value : growth.value, growth.flags),
                   "share");
    tell_growth_interval(in, rule, ahead, now, fact);
    tell_fastest(in, rule, base, ahead, fact);
    return fact;
}

/* The row of the rule's codes, the package's region and the year that is told. */
static gsize row_ahead(const SpPageOne *in, const SpTable *table, const char *codes)
{
    g_autofree char *ahead = ahead_of(base_of(table, codes, in->region));
    return ahead == NULL ? SP_NO_COLUMN
                         : sp_rows_find(table, "%s region=%s period=%s", codes, in->region, ahead);
}

/* The figures of the measures [n] from the first named on, all numbers; FALSE otherwise. */
static gboolean read_numbers(const SpTable *table, gsize row, char *const measures[], gsize n,
                             SpReal numbers[])
{
    gboolean are_numbers = TRUE;
    for (gsize i = 0; i < n; i++) {
        numbers[i] = sp_rows_real(table, row, measures[i]);
        are_numbers = are_numbers && sp_real_is_number(numbers[i]);
    }
    return are_numbers;
}

static SpFact *tell_shortage(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    static const char *const fields[] = {"behov", "tilbud", "gap", "p05", "p95"};
    enum { CHANCE = G_N_ELEMENTS(fields) };
    const SpTable *table = sp_tables_find(in->edition, rule->tables[0]);
    const gsize row = row_ahead(in, table, rule->codes[0]);
    SpReal numbers[CHANCE + 1];
    (void)rules;
    if (!read_numbers(table, row, rule->measures, CHANCE + 1, numbers)) {
        return NULL;
    }
    SpFact *fact = sp_fact_new(table, row);
    fact->certainty = numbers[CHANCE].value;
    sp_fact_say(fact, numbers[CHANCE].value >= rule->level ? "trolig" : "usikkert");
    sp_fact_code(fact, "region", "region", in->region);
    sp_fact_year(fact, "aar", sp_rows_code(table, row, "period"));
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        sp_fact_number(fact, fields[i], numbers[i], "whole aarsverk");
    }
    sp_fact_number(fact, "sannsynlighet", numbers[CHANCE], "whole share");
    return fact;
}

static SpFact *tell_extent(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    const SpTable *table = sp_tables_find(in->edition, rule->tables[0]);
    const gsize row = row_ahead(in, table, rule->codes[0]);
    const gboolean is_country = strcmp(in->region, COUNTRY) == 0;
    g_autoptr(GPtrArray) kommuner =
        sp_page_one_regions(in, "kommune", is_country ? NULL : in->region);
    SpReal numbers[3];
    (void)rules;
    if (kommuner->len < sp_key_threshold(rule, "minst") ||
        !read_numbers(table, row, rule->measures, G_N_ELEMENTS(numbers), numbers)) {
        return NULL;
    }
    SpFact *fact = sp_fact_new(table, row);
    sp_fact_say(fact, "antall");
    sp_fact_code(fact, "region", "region", in->region);
    sp_fact_year(fact, "aar", sp_rows_code(table, row, "period"));
    sp_fact_number(fact, "antall", numbers[0], "kommuner");
    sp_fact_number(fact, "av", sp_real(kommuner->len), "kommuner");
    sp_fact_number(fact, "p05", numbers[1], "kommuner");
    sp_fact_number(fact, "p95", numbers[2], "kommuner");
    return fact;
}

/* How large the shortage of the one that is named is. */
static void tell_size(const SpPageOne *in, const SpKeyRule *rule, const char *yrke,
                      const char *period, SpFact *fact)
{
    static const char *const fields[] = {"gap", "p05", "p95"};
    const SpTable *table = sp_tables_find(in->edition, rule->tables[1]);
    const gsize row = sp_rows_find(table, "region=%s yrke=%s period=%s", in->region, yrke, period);
    SpReal numbers[G_N_ELEMENTS(fields)];
    if (read_numbers(table, row, rule->measures + 1, G_N_ELEMENTS(fields), numbers)) {
        sp_fact_say(fact, "stoerrelse");
        for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
            sp_fact_number(fact, fields[i], numbers[i], "whole aarsverk");
        }
    }
}

static SpFact *tell_largest(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules)
{
    const SpTable *table = sp_tables_find(in->edition, rule->tables[0]);
    g_autofree char *ahead = ahead_of(base_of(table, "", in->region));
    gsize best = SP_NO_COLUMN;
    SpReal most = sp_real(0.0);
    (void)rules;
    if (ahead == NULL) {
        return NULL;
    }
    g_autofree char *codes = g_strdup_printf("region=%s period=%s", in->region, ahead);
    g_autoptr(GArray) rows = sp_rows_of(table, codes);
    for (guint i = 0; i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        const SpReal share = sp_rows_real(table, row, rule->measures[0]);
        if (sp_real_is_number(share) && share.value > most.value) {
            most = share;
            best = row;
        }
    }
    if (best == SP_NO_COLUMN) {
        return NULL;
    }
    SpFact *fact = sp_fact_new(table, best);
    fact->certainty = most.value;
    sp_fact_code(fact, "region", "region", in->region);
    sp_fact_year(fact, "aar", ahead);
    if (most.value >= rule->level) {
        const char *yrke = sp_rows_code(table, best, "yrke");
        sp_fact_say(fact, "navn");
        sp_fact_code(fact, "yrke", "yrke", yrke);
        sp_fact_number(fact, "andel", most, "whole share");
        tell_size(in, rule, yrke, ahead, fact);
    } else {
        sp_fact_say(fact, "uavklart");
        sp_fact_number(fact, "grense", sp_real(rule->level), "whole share");
    }
    return fact;
}

const SpMechanism sp_mechanism_growth = {.name = "vekst",
                                         .tell = tell_growth,
                                         .thresholds = {"minste"},
                                         .n_tables = 2,
                                         .n_codes = 1,
                                         .n_measures = 3};
const SpMechanism sp_mechanism_shortage = {.name = "mangel",
                                           .tell = tell_shortage,
                                           .n_tables = 1,
                                           .n_codes = 1,
                                           .n_measures = 6,
                                           .needs_level = TRUE};
const SpMechanism sp_mechanism_extent = {.name = "omfang",
                                         .tell = tell_extent,
                                         .thresholds = {"minst"},
                                         .n_tables = 1,
                                         .n_codes = 1,
                                         .n_measures = 3};
const SpMechanism sp_mechanism_largest = {
    .name = "stoerst", .tell = tell_largest, .n_tables = 2, .n_measures = 4, .needs_level = TRUE};
