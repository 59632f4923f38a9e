/** Small tables for the tests of vary. */
#ifndef SP_TESTS_TRANSFORMS_VARY_TABLES_H
#define SP_TESTS_TRANSFORMS_VARY_TABLES_H

#include "core/quality.h"
#include "core/table.h"
#include "tests/check.h"

/** verdi is teller / nevner * per. */
typedef struct {
    SpReal teller;
    double nevner;
    double per;
} Rate;

static inline SpReal rate_value(Rate rate)
{
    return sp_real_rate(rate.teller, sp_real(rate.nevner), rate.per);
}

/** Table brukere with region and period as keys and two measures of distinct persons. */
static inline SpTable *tables_brukere(void)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "hjemmetjenestebrukere", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "hjemmetjenestebrukere_80p", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
    };
    return sp_table_new("brukere", columns, G_N_ELEMENTS(columns));
}

static inline void tables_add_brukere(SpTable *table, const char *region, const char *period,
                                      SpReal all, SpReal old)
{
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, region);
    sp_table_set_code(table, row, 1, period);
    sp_table_set_real(table, row, 2, all);
    sp_table_set_real(table, row, 3, old);
}

/** Table folkemengde with region, kjonn, alder and period as keys. */
static inline SpTable *tables_folkemengde(void)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "kjonn", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "alder", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "innbyggere", .kind = SP_COLUMN_MEASURE, .unit = "persons", .is_additive = TRUE},
    };
    return sp_table_new("folkemengde", columns, G_N_ELEMENTS(columns));
}

static inline void tables_add_persons(SpTable *table, const char *region, const char *kjonn,
                                      const char *alder, const char *period, double persons)
{
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, region);
    sp_table_set_code(table, row, 1, kjonn);
    sp_table_set_code(table, row, 2, alder);
    sp_table_set_code(table, row, 3, period);
    sp_table_set_real(table, row, 4, sp_real(persons));
}

/** Men of 30 and women of 79, 80 and 105: what a population of `young` and `old` needs to show
 * every rule. */
static inline void tables_add_population(SpTable *table, const char *region, const char *period,
                                         double young, double old)
{
    tables_add_persons(table, region, "1", "030", period, young - 1.0);
    tables_add_persons(table, region, "2", "079", period, 1.0);
    tables_add_persons(table, region, "2", "080", period, old - 1.0);
    tables_add_persons(table, region, "2", "105", period, 1.0);
}

/** A table of code columns with one row of codes after another, "" where a row has fewer. */
static inline SpTable *tables_codes(const char *name, const char *const names[], gsize n)
{
    g_autofree SpColumn *columns = g_new0(SpColumn, n);
    for (gsize i = 0; i < n; i++) {
        columns[i] = (SpColumn){.name = names[i], .kind = SP_COLUMN_CODE, .is_key = i == 0};
    }
    return sp_table_new(name, columns, n);
}

/** The catalogue's machine columns. */
static inline SpTable *tables_indikator(void)
{
    static const char *const names[] = {"id",         "kind",      "additive",      "chance",
                                        "teller",     "nevner",    "per",           "teller_del",
                                        "nevner_del", "unit",      "verdi",         "vertsord",
                                        "mangler",    "direction", "minimum_change"};
    return tables_codes("indikator", names, G_N_ELEMENTS(names));
}

static inline void tables_add_codes(SpTable *table, const char *const codes[], gsize n)
{
    const gsize row = sp_table_add_row(table);
    for (gsize i = 0; i < n; i++) {
        sp_table_set_code(table, row, i, codes[i]);
    }
}

#define TABLES_ADD_INDICATOR(table, ...)                                                           \
    tables_add_codes(table, (const char *const[]){__VA_ARGS__},                                    \
                     sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/** Table naboer of kommuner two by two ("1505", "1506", ...), `n` codes: a row each way. */
static inline SpTable *tables_naboer(const char *const codes[], gsize n)
{
    static const char *const names[] = {"from", "to"};
    SpTable *table = tables_codes("naboer", names, G_N_ELEMENTS(names));
    for (gsize i = 0; i + 1 < n; i += 2) {
        TABLES_ADD_INDICATOR(table, codes[i], codes[i + 1]);
        TABLES_ADD_INDICATOR(table, codes[i + 1], codes[i]);
    }
    return table;
}

/** Table region with these kommuner and the fylke 15. */
static inline SpTable *tables_region(const char *const kommuner[], gsize n)
{
    static const char *const names[] = {"region", "slag"};
    SpTable *table = tables_codes("region", names, G_N_ELEMENTS(names));
    TABLES_ADD_INDICATOR(table, "15", "fylke");
    for (gsize i = 0; i < n; i++) {
        TABLES_ADD_INDICATOR(table, kommuner[i], "kommune");
    }
    return table;
}

/** The row with these codes in the first key columns; fails if there is none. */
static inline gsize tables_row(const SpTable *table, const char *const codes[], gsize n)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gsize same = 0;
        while (same < n && strcmp(sp_table_code(table, row, same), codes[same]) == 0) {
            same++;
        }
        if (same == n) {
            return row;
        }
    }
    fail_msg("no row %s %s in %s", codes[0], n > 1 ? codes[1] : "", sp_table_name(table));
    return 0;
}

/** The figure of a measure in that row. */
static inline SpReal tables_find(const SpTable *table, const char *measure,
                                 const char *const codes[], gsize n)
{
    const gsize column = sp_table_find(table, measure);
    assert_true(column != SP_NO_COLUMN);
    return sp_table_real(table, tables_row(table, codes, n), column);
}

#define TABLES_FIND(table, measure, ...)                                                           \
    tables_find(table, measure, (const char *const[]){__VA_ARGS__},                                \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/** TRUE if the quality report holds a finding of that kind about that subject. */
static inline gboolean tables_has_finding(const SpQuality *quality, const char *kind,
                                          const char *subject)
{
    g_autoptr(SpTable) table = sp_quality_table(quality);
    const gsize kind_column = sp_table_find(table, "kind");
    const gsize subject_column = sp_table_find(table, "subject");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, kind_column), kind) == 0 &&
            strcmp(sp_table_code(table, row, subject_column), subject) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

#endif
