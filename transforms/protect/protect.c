/* Assembles and protects the published tables. */
#include "transforms/protect/protect.h"

#include "core/error.h"
#include "core/number.h"
#include "transforms/protect/assemble.h"
#include "transforms/protect/follow.h"
#include "transforms/protect/lineage.h"
#include "transforms/protect/primary.h"

#include <string.h>

typedef struct {
    const SpTable *table;
    gsize name;
    gsize source;
    gsize bands;
    gsize rollup;
    gsize columns;
    gsize margins;
} Catalogue;

static gboolean open_catalogue(const SpTables *in, Catalogue *catalogue, GError **error)
{
    catalogue->table = sp_tables_need(in, "tabell", error);
    return catalogue->table != NULL &&
           sp_table_need(catalogue->table, "name", SP_COLUMN_CODE, &catalogue->name, error) &&
           sp_table_need(catalogue->table, "source", SP_COLUMN_CODE, &catalogue->source, error) &&
           sp_table_need(catalogue->table, "bands", SP_COLUMN_CODE, &catalogue->bands, error) &&
           sp_table_need(catalogue->table, "rollup", SP_COLUMN_CODE, &catalogue->rollup, error) &&
           sp_table_need(catalogue->table, "columns", SP_COLUMN_CODE, &catalogue->columns, error) &&
           sp_table_need(catalogue->table, "margins", SP_COLUMN_CODE, &catalogue->margins, error);
}

/* A word that is neither yes nor no is a slip that would publish something else than was meant. */
static gboolean check_words(const Catalogue *catalogue, GError **error)
{
    for (gsize row = 0; row < sp_table_n_rows(catalogue->table); row++) {
        const char *rollup = sp_table_code(catalogue->table, row, catalogue->rollup);
        if (strcmp(rollup, "yes") != 0 && strcmp(rollup, "no") != 0 &&
            strcmp(rollup, "source") != 0) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/tables.csv: %s: rollup is \"%s\", want yes, no or source",
                                sp_table_code(catalogue->table, row, catalogue->name), rollup);
        }
    }
    return TRUE;
}

static SpPublished published_at(const Catalogue *catalogue, gsize row)
{
    return (SpPublished){
        .name = sp_table_code(catalogue->table, row, catalogue->name),
        .source = sp_table_code(catalogue->table, row, catalogue->source),
        .bands = sp_table_code(catalogue->table, row, catalogue->bands),
        .margins = sp_table_code(catalogue->table, row, catalogue->margins),
        .columns = sp_table_code(catalogue->table, row, catalogue->columns),
        .rolls_up = strcmp(sp_table_code(catalogue->table, row, catalogue->rollup), "no") != 0,
        .has_own_wholes =
            strcmp(sp_table_code(catalogue->table, row, catalogue->rollup), "yes") != 0};
}

/* The table of the owners' rules, which must name published tables: a slip would protect
 * nothing. */
static const SpTable *open_rules(const SpTables *in, const Catalogue *catalogue, GError **error)
{
    const SpTable *rules = sp_tables_need(in, "skjerming", error);
    gsize at[3];
    const char *const names[] = {"table", "measure", "at_most"};
    if (rules == NULL ||
        !sp_table_need_all(rules, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error)) {
        return NULL;
    }
    for (gsize row = 0; row < sp_table_n_rows(rules); row++) {
        gboolean is_known = FALSE;
        for (gsize i = 0; i < sp_table_n_rows(catalogue->table); i++) {
            is_known = is_known || strcmp(sp_table_code(catalogue->table, i, catalogue->name),
                                          sp_table_code(rules, row, at[0])) == 0;
        }
        if (!is_known) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "config/skjerming.csv: %s is not in config/tables.csv; correct the name",
                         sp_table_code(rules, row, at[0]));
            return NULL;
        }
    }
    return rules;
}

/* One rule of the owner's, if it is of this table. */
static gboolean apply_rule(SpTable *table, const SpTable *rules, gsize row, SpQuality *quality,
                           GError **error)
{
    gsize column = 0;
    double at_most = 0.0;
    const char *measure = sp_table_code(rules, row, sp_table_find(rules, "measure"));
    const char *text = sp_table_code(rules, row, sp_table_find(rules, "at_most"));
    if (strcmp(sp_table_code(rules, row, sp_table_find(rules, "table")), sp_table_name(table)) !=
        0) {
        return TRUE;
    }
    if (!sp_number_parse(text, strlen(text), sp_number_plain, &at_most)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "config/skjerming.csv: at_most is \"%s\", want a number", text);
    }
    if (!sp_table_need(table, measure, SP_COLUMN_MEASURE, &column, error)) {
        g_prefix_error(error, "config/skjerming.csv: ");
        return FALSE;
    }
    gsize n_hidden = sp_protect_at_most(table, column, at_most);
    if (n_hidden > 0) {
        sp_quality_note(quality, "hidden_by_rule", sp_table_name(table), 0,
                        "%" G_GSIZE_FORMAT " rows have a %s of %s or less", n_hidden, measure,
                        text);
    }
    return TRUE;
}

/* What tables are protected by. */
typedef struct {
    const SpTables *in;
    double threshold;
    const SpTable *rules;
    const SpTable *follows; /* table, if, of, measure, where; NULL: none */
    gsize at[5];
} Protection;

/* A table that is not here tells of nothing hidden. What is hidden with all it rests on is no more
 * restricted. */
static gboolean apply_follows(SpTable *table, const Protection *protection, SpQuality *quality,
                              GError **error)
{
    gboolean is_heir = FALSE;
    const SpTable *rows = protection->follows;
    for (gsize row = 0; rows != NULL && row < sp_table_n_rows(rows); row++) {
        gsize n_hidden = 0;
        const char *of = sp_table_code(rows, row, protection->at[2]);
        const SpFollow follow = {.only_if = sp_table_code(rows, row, protection->at[1]),
                                 .of = sp_tables_find(protection->in, of),
                                 .measure = sp_table_code(rows, row, protection->at[3]),
                                 .where = sp_table_code(rows, row, protection->at[4])};
        if (follow.of == NULL ||
            strcmp(sp_table_code(rows, row, protection->at[0]), sp_table_name(table)) != 0) {
            continue;
        }
        if (!sp_protect_follow(table, &follow, &n_hidden, error)) {
            g_prefix_error(error, "config/skjermingsarv.csv: ");
            return FALSE;
        }
        is_heir = TRUE;
        if (n_hidden > 0) {
            sp_quality_note(quality, "hidden_with", sp_table_name(table), 0,
                            "%" G_GSIZE_FORMAT " rows rest on a hidden %s of %s", n_hidden,
                            follow.measure, of);
        }
    }
    if (is_heir) {
        sp_table_set_marks(table, sp_table_marks(table) & ~(guint)SP_MARK_RESTRICTED);
    }
    return TRUE;
}

static gboolean protect(SpTable *table, const Protection *protection, SpQuality *quality,
                        GError **error)
{
    /* The owners' rules first: the threshold hides the measures that they look at. */
    for (gsize row = 0; row < sp_table_n_rows(protection->rules); row++) {
        if (!apply_rule(table, protection->rules, row, quality, error)) {
            return FALSE;
        }
    }
    if (!apply_follows(table, protection, quality, error)) {
        return FALSE;
    }
    gsize n_hidden = sp_protect_primary(table, protection->threshold);
    if (n_hidden > 0) {
        sp_quality_note(quality, "hidden_primary", sp_table_name(table), 0,
                        "%" G_GSIZE_FORMAT " rows rest on fewer than %g persons", n_hidden,
                        protection->threshold);
    }
    return TRUE;
}

static gboolean publish(const SpTables *in, const SpPublished *published,
                        const Protection *protection, SpTables *out, SpQuality *quality,
                        GError **error)
{
    const SpTable *source = sp_tables_find(in, published->source);
    if (source == NULL) {
        sp_quality_note(quality, "table_left_out", published->name, 0,
                        "its source %s is not among the facts of this workspace",
                        published->source);
        return TRUE;
    }
    const SpTable *bands = sp_tables_need(in, "aldersgruppe", error);
    const SpTable *regions = bands == NULL ? NULL : sp_tables_need(in, "region", error);
    if (regions == NULL) {
        return FALSE;
    }
    SpTable *table = sp_assemble(source, published, bands, regions, error);
    if (table == NULL) {
        return FALSE;
    }
    if (!protect(table, protection, quality, error)) {
        sp_table_free(table);
        return FALSE;
    }
    sp_tables_add(out, table);
    return TRUE;
}

static const char *const follow_columns[] = {"table", "if", "of", "measure", "where"};

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    Catalogue catalogue;
    Protection protection = {0};
    const SpTable *regions = sp_tables_need(in, "region", error);
    if (regions == NULL || !open_catalogue(in, &catalogue, error) ||
        !check_words(&catalogue, error) ||
        !sp_settings_double(settings, "protect.threshold", 1.0, 1000.0, &protection.threshold,
                            error)) {
        return FALSE;
    }
    protection.in = in;
    protection.rules = open_rules(in, &catalogue, error);
    protection.follows = sp_tables_find(in, "skjermingsarv");
    if (protection.rules == NULL ||
        (protection.follows != NULL &&
         !sp_table_need_all(protection.follows, follow_columns, G_N_ELEMENTS(follow_columns),
                            SP_COLUMN_CODE, protection.at, error))) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(catalogue.table); row++) {
        const SpPublished published = published_at(&catalogue, row);
        if (*published.source == '\0') {
            continue; /* made by the package itself, of no figures: kilder, forklaring */
        }
        if (!publish(in, &published, &protection, out, quality, error)) {
            g_prefix_error(error, "%s: ", published.name);
            return FALSE;
        }
    }
    sp_tables_add(out, sp_table_copy(regions));
    return TRUE;
}

static gboolean explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                        SpExplanation *explanation, GError **error)
{
    (void)settings;
    Catalogue catalogue;
    if (!open_catalogue(in, &catalogue, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(catalogue.table); row++) {
        const SpPublished published = published_at(&catalogue, row);
        if (strcmp(published.name, cell->table) == 0) {
            sp_published_explain(in, &published, cell, explanation);
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_NO_INPUT, "protect publishes no table %s", cell->table);
}

static const char *const config_keys[] = {"protect.threshold"};

const SpTransform sp_transform_protect = {
    .name = "protect",
    .summary = "Published tables, small figures of sensitive sources suppressed",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = explain,
};
