/* Where small kommuner are exposed, part by part (config/smaa_kommuner.csv). */
#include "transforms/vary/profiles.h"

#include "transforms/vary/columns.h"
#include "transforms/vary/lineage.h"
#include "transforms/vary/small_parts.h"

#include <string.h>

#define TOGETHER "samlet"
#define ALL "tot"

enum { REGION, DEL, YRKE, NIVAA, PERIOD, VERTSKOMMUNE, INNBYGGERE, N_HOEY, N_DELER, N_COLUMNS };
#define KEY(word, of)                                                                              \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = (of)             \
    }
#define CODE(word, of)                                                                             \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_CODE, .classification = (of)                             \
    }
static const SpColumn columns[N_COLUMNS] = {
    [REGION] = SP_VARY_REGION,
    [DEL] = KEY("del", "del"),
    [YRKE] = KEY("yrke", "profesjon"),
    [NIVAA] = CODE("nivaa", "nivaa"),
    [PERIOD] = CODE("period", "period"),
    [VERTSKOMMUNE] = CODE("vertskommune", "region"),
    [INNBYGGERE] = {.name = "innbyggere", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
    [N_HOEY] = {.name = "n_hoey", .kind = SP_COLUMN_MEASURE},
    [N_DELER] = {.name = "n_deler", .kind = SP_COLUMN_MEASURE},
};

/* By SpSmallLevel. */
static const char *const level_words[] = {"lav", "middels", "ukjent", "hoey", "ingen_i_dag"};

static void tell_missing(const GPtrArray *parts, SpQuality *quality)
{
    for (guint k = 0; k < parts->len; k++) {
        const SpSmallPart *part = g_ptr_array_index(parts, k);
        g_autofree char *subject = g_strdup_printf("%s %s", part->id, part->yrke);
        if (part->is_sampled) {
            sp_quality_note(quality, "part_of_sample", subject, 0,
                            "its figures are of a draw of the persons (flag u): who is not drawn "
                            "may be there, so that the level is ukjent for all small kommuner");
        } else if (part->sheet == NULL && part->supply == NULL) {
            sp_quality_note(quality, "part_without_source", subject, 0,
                            "no table has figures of it; the level is ukjent for all small "
                            "kommuner (config/smaa_kommuner.csv)");
        }
    }
}

static gsize add_row(SpTable *table, const char *kommune, const SpSmallPart *part, const char *yrke,
                     SpSmallLevel level)
{
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, REGION, kommune);
    sp_table_set_code(table, row, DEL, part->id);
    sp_table_set_code(table, row, YRKE, yrke);
    sp_table_set_code(table, row, NIVAA, level_words[level]);
    for (gsize column = INNBYGGERE; column < N_COLUMNS; column++) {
        sp_table_set_real(table, row, column, sp_real_none(SP_NOT_APPLICABLE));
    }
    return row;
}

/* The parts of one kommune, and how many are exposed: rows of one `del` follow each other, and a
 * part of professions has a row of them together. */
static void add_kommune(SpTable *table, const SpCountry *country, const GPtrArray *parts, gsize i,
                        SpReal inhabitants)
{
    gsize n_high = 0;
    gsize n_known = 0;
    SpSmallLevel gravest = SP_SMALL_LOW;
    for (guint k = 0; k < parts->len; k++) {
        const SpSmallPart *part = g_ptr_array_index(parts, k);
        const SpSmallPart *next = k + 1 < parts->len ? g_ptr_array_index(parts, k + 1) : NULL;
        const SpSmallLevel level = sp_small_level(country, part, i);
        const gsize row = add_row(table, country->kommune[i], part, part->yrke, level);
        sp_table_set_code(table, row, PERIOD, sp_small_period(part));
        sp_table_set_code(table, row, VERTSKOMMUNE,
                          part->sheet != NULL ? part->sheet->host[i] : "");
        gravest = MAX(gravest, level);
        if (next == NULL || strcmp(next->id, part->id) != 0) {
            if (strcmp(part->yrke, ALL) != 0) {
                add_row(table, country->kommune[i], part, ALL, gravest);
            }
            n_high += gravest >= SP_SMALL_HIGH ? 1 : 0;
            n_known += gravest != SP_SMALL_UNKNOWN ? 1 : 0;
            gravest = SP_SMALL_LOW;
        }
    }
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, REGION, country->kommune[i]);
    sp_table_set_code(table, row, DEL, TOGETHER);
    sp_table_set_code(table, row, YRKE, ALL);
    sp_table_set_real(table, row, INNBYGGERE, inhabitants);
    sp_table_set_real(table, row, N_HOEY, sp_real((double)n_high));
    sp_table_set_real(table, row, N_DELER, sp_real((double)n_known));
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    SpSmallRules rules;
    if (!sp_small_rules_read(settings, &rules, error)) {
        return FALSE;
    }
    g_autoptr(SpCountry) country = sp_country_new(in, error);
    g_autofree SpReal *inhabitants =
        country != NULL ? sp_country_inhabitants(country, error) : NULL;
    g_autoptr(GPtrArray) parts =
        inhabitants != NULL ? sp_small_parts_read(in, country, &rules, error) : NULL;
    if (parts == NULL) {
        return FALSE;
    }
    const SpTable *supply = sp_tables_find(in, SP_SMALL_SUPPLY);
    g_autoptr(SpTable) table = sp_country_table(country, SP_SMALL_PARTS, columns, N_COLUMNS);
    if (supply != NULL) {
        sp_table_set_marks(table, sp_table_marks(table) | sp_table_marks(supply));
    }
    tell_missing(parts, quality);
    for (gsize i = 0; i < country->n; i++) {
        if (sp_real_is_number(inhabitants[i]) && inhabitants[i].value <= rules.largest) {
            add_kommune(table, country, parts, i, inhabitants[i]);
        }
    }
    if (!sp_table_check_unique(table, error)) {
        return FALSE;
    }
    sp_tables_add(out, g_steal_pointer(&table));
    return TRUE;
}

static SpCell *input_of(const char *table, const char *measure, const char *key, const char *code,
                        const char *region)
{
    return sp_cell_with(sp_cell_with(sp_cell_new(table, measure), key, code), "region", region);
}

static gboolean explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                        SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region");
    const char *part_id = sp_cell_code(cell, "del");
    SpSmallRules rules;
    if (strcmp(cell->table, SP_SMALL_PARTS) != 0 || region == NULL || part_id == NULL ||
        strcmp(part_id, TOGETHER) != 0) {
        return sp_lineage_refuse(cell, error);
    }
    if (strcmp(cell->measure, "innbyggere") == 0) {
        g_ptr_array_add(explanation->inputs, input_of("indikatorverdi", "teller", "indikator",
                                                      SP_COUNTRY_INHABITANTS, region));
        explanation->method = g_strdup("the figure itself, docs/methods/variation.md#small");
        explanation->is_injective = TRUE;
        return TRUE;
    }
    if (strcmp(cell->measure, "n_hoey") != 0 && strcmp(cell->measure, "n_deler") != 0) {
        return sp_lineage_refuse(cell, error);
    }
    g_autoptr(SpCountry) country =
        sp_small_rules_read(settings, &rules, error) ? sp_country_new(in, error) : NULL;
    g_autoptr(GPtrArray) parts =
        country != NULL ? sp_small_parts_read(in, country, &rules, error) : NULL;
    for (guint k = 0; parts != NULL && k < parts->len; k++) {
        const SpSmallPart *part = g_ptr_array_index(parts, k);
        const gboolean is_supply = strcmp(part->table, SP_SMALL_SUPPLY) == 0;
        if (*part->table != '\0' && !part->is_sampled) {
            g_ptr_array_add(explanation->inputs,
                            input_of(part->table, part->measure, is_supply ? "yrke" : "indikator",
                                     is_supply ? part->yrke : part->indicator, region));
        }
    }
    g_ptr_array_add(explanation->settings, g_strdup(SP_SMALL_SHARE_KEY));
    explanation->method = g_strdup("parts of level hoey or ingen_i_dag, and parts known, "
                                   "docs/methods/variation.md#small");
    return parts != NULL;
}

static const char *const config_keys[] = {SP_SMALL_SIZE_KEY, SP_SMALL_SHARE_KEY};

const SpTransform sp_transform_small = {
    .name = "small",
    .summary = "Where small kommuner are exposed",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = explain,
};
