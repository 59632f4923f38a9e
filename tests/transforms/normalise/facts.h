/** What the tests of normalise share: a small KLASS with a merger, splits and changed numbers, all
 * of them real. */
#ifndef SP_TESTS_TRANSFORMS_NORMALISE_FACTS_H
#define SP_TESTS_TRANSFORMS_NORMALISE_FACTS_H

#include "tests/core/rows.h"

#include "core/quality.h"
#include "core/regions.h"

enum { TARGET = 20240101 };

/** Eight kommuner of 2024, back to before 2018. Source: KLASS 131. */
static inline SpRegions *small_regions(void)
{
    g_autoptr(SpTable) codes =
        TABLE("koder", "code:key name:attribute", "0301 Oslo", "1508 Ålesund", "1580 Haram",
              "1806 Narvik", "1875 Hamarøy", "3101 Halden", "5001 Trondheim", "9999 Uoppgitt");
    g_autoptr(SpTable) changes = TABLE(
        "endringer", "date:key old_code:key old_name:attribute new_code:key new_name:attribute",
        "2018-01-01 1601 Trondheim 5001 Trondheim", "2018-01-01 1662 Klæbu 5030 Klæbu",
        "2020-01-01 0101 Halden 3001 Halden", "2020-01-01 1504 Ålesund 1507 Ålesund",
        "2020-01-01 1534 Haram 1507 Ålesund", "2020-01-01 1805 Narvik 1806 Narvik",
        "2020-01-01 1849 Hamarøy 1875 Hamarøy", "2020-01-01 1850 Tysfjord 1806 Narvik",
        "2020-01-01 1850 Tysfjord 1875 Hamarøy", "2020-01-01 5001 Trondheim 5001 Trondheim",
        "2020-01-01 5030 Klæbu 5001 Trondheim", "2024-01-01 1507 Ålesund 1508 Ålesund",
        "2024-01-01 1507 Ålesund 1580 Haram", "2024-01-01 3001 Halden 3101 Halden");
    g_autoptr(GError) error = NULL;
    SpRegions *regions = sp_regions_new(codes, TARGET, changes, &error);
    assert_no_error(error);
    return regions;
}

/** The table with its columns changed, each by a word; takes `table`. */
static inline SpTable *
with_columns(SpTable *table, void (*change)(SpColumn *column, const char *word), const char *word)
{
    SpTable *made = sp_table_new(sp_table_name(table), NULL, 0);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        SpColumn column = *sp_table_column(table, i);
        change(&column, word);
        sp_table_add_column(made, &column);
    }
    sp_table_add_rows(made, sp_table_n_rows(table));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        for (gsize i = 0; i < sp_table_n_columns(table); i++) {
            if (sp_table_column(table, i)->kind == SP_COLUMN_CODE) {
                sp_table_set_code(made, row, i, sp_table_code(table, row, i));
            } else {
                sp_table_set_real(made, row, i, sp_table_real(table, row, i));
            }
        }
    }
    sp_table_free(table);
    return made;
}

static inline void set_unit(SpColumn *column, const char *unit)
{
    column->unit = column->kind == SP_COLUMN_MEASURE ? unit : NULL;
}

/** The table with a unit on all its measures; takes `table`. */
static inline SpTable *with_unit(SpTable *table, const char *unit)
{
    return with_columns(table, set_unit, unit);
}

#define PERSONS(name, columns, ...) with_unit(TABLE(name, columns, __VA_ARGS__), "persons")

/** TRUE if the quality report has that kind and subject, and a text that holds `part`. */
static inline gboolean has_finding(const SpQuality *quality, const char *kind, const char *subject,
                                   const char *part)
{
    g_autoptr(SpTable) table = sp_quality_table(quality);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 0), kind) == 0 &&
            strcmp(sp_table_code(table, row, 1), subject) == 0) {
            return strstr(sp_table_code(table, row, sp_table_find(table, "text")), part) != NULL;
        }
    }
    return FALSE;
}

#endif
