/* Lineage of sentences and of the barometer. */
#include "transforms/headline/lineage.h"

#include "core/error.h"
#include "core/regions.h"
#include "transforms/headline/headline.h"
#include "transforms/headline/rows.h"
#include "transforms/headline/rule.h"

#include <string.h>

#define SENTENCES "noekkelsetninger"
#define FIGURES "noekkelsetninger_tall"
#define BAROMETER "barometer"

static gboolean refuse(const SpCell *cell, GError **error)
{
    g_autofree char *text = sp_cell_format(cell);
    return sp_error_set(error, SP_ERROR_NO_INPUT, "page one has no figure \"%s\"", text);
}

/* ---- sentences ---- */

/* Every row of the measure with the codes of the row that the sentence names, but of any period. */
static void add_measure(const SpTable *table, const char *measure, const SpCell *named,
                        SpExplanation *explanation)
{
    SpCell *input = sp_cell_new(sp_table_name(table), measure);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        const char *code = named != NULL ? sp_cell_code(named, column->name) : NULL;
        if (column->kind == SP_COLUMN_CODE && column->is_key) {
            const gboolean is_any = code == NULL || strcmp(column->name, "period") == 0;
            sp_cell_with(input, column->name, is_any ? "*" : code);
        }
    }
    g_ptr_array_add(explanation->inputs, input);
}

static gboolean is_named(const SpKeyRule *rule, const char *measure)
{
    for (char **one = rule->measures; *one != NULL; one++) {
        g_auto(GStrv) words = g_strsplit(*one, " ", -1);
        if (g_strv_contains((const char *const *)words, measure)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The measures that the rule names, or all where it names none of the table. */
static void add_table(const SpTable *table, const SpKeyRule *rule, const SpCell *named,
                      SpExplanation *explanation)
{
    const guint before = explanation->inputs->len;
    for (int pass = 0; pass < 2 && explanation->inputs->len == before; pass++) {
        for (gsize i = 0; i < sp_table_n_columns(table); i++) {
            const SpColumn *column = sp_table_column(table, i);
            if (column->kind == SP_COLUMN_MEASURE && (pass == 1 || is_named(rule, column->name))) {
                add_measure(table, column->name, named, explanation);
            }
        }
    }
}

static const SpKeyRule *find_rule(const GPtrArray *rules, const char *id)
{
    for (guint i = 0; i < rules->len; i++) {
        const SpKeyRule *rule = rules->pdata[i];
        if (strcmp(rule->id, id) == 0) {
            return rule;
        }
    }
    return NULL;
}

static gboolean explain_sentence(const SpTables *published, const SpTable *rules,
                                 const SpCell *cell, SpExplanation *explanation, GError **error)
{
    const SpTable *sentences = sp_tables_find(published, SENTENCES);
    const char *place = sp_cell_code(cell, "plass");
    const gsize row = place != NULL ? sp_rows_find(sentences, "plass=%s", place) : SP_NO_COLUMN;
    g_autoptr(GPtrArray) all = row != SP_NO_COLUMN ? sp_key_rules_read(rules, error) : NULL;
    const SpKeyRule *rule =
        all != NULL ? find_rule(all, sp_rows_code(sentences, row, "regel")) : NULL;
    if (rule == NULL) {
        return (error == NULL || *error == NULL) && refuse(cell, error);
    }
    const char *codes = sp_rows_code(sentences, row, "rad");
    g_autofree char *text =
        g_strdup_printf("%s x %s", sp_rows_code(sentences, row, "tabell"), codes);
    g_autoptr(SpCell) named = *codes != '\0' ? sp_cell_parse(text, NULL) : NULL;
    for (char **name = rule->tables; *name != NULL; name++) {
        const SpTable *table = sp_tables_find(published, *name);
        if (table != NULL) {
            add_table(table, rule, named, explanation);
        }
    }
    explanation->method =
        g_strdup_printf("sentence %s, by the rule %s of config/noekkelsetninger.csv: what the "
                        "published rows give by its test, docs/methods/headline.md",
                        place, rule->id);
    return TRUE;
}

/* ---- barometer ---- */

static void add_cell(SpExplanation *explanation, const char *table, const char *measure,
                     const char *indicator, const char *region)
{
    SpCell *cell = sp_cell_new(table, measure);
    sp_cell_with(sp_cell_with(cell, "indikator", indicator), "region", region);
    g_ptr_array_add(explanation->inputs, cell);
}

/* Where a place on the scale is one of: the figure and the two ends. */
static const char *of_place(const char *measure)
{
    static const char *const names[][2] = {
        {"stolpe_verdi", "verdi"},
        {"stolpe_fylke", "middel_fylke"},
        {"stolpe_landet", "middel_landet"},
        {"stolpe_naermeste", "middel_naermeste"},
        {"stolpe_kostragruppe", "middel_kostragruppe"},
        {"stolpe_nedre_998", "nedre_998_od"},
        {"stolpe_nedre_95", "nedre_95_od"},
        {"stolpe_oevre_95", "oevre_95_od"},
        {"stolpe_oevre_998", "oevre_998_od"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(names[i][0], measure) == 0) {
            return names[i][1];
        }
    }
    return NULL;
}

/* The table that an indicator is read from: what is hidden nearly everywhere is compared with
 * nobody, and then its places tell. */
static const char *read_from(const SpTables *published, const char *indicator)
{
    return sp_rows_find(sp_tables_find(published, "sammenlikning"), "indikator=%s", indicator) !=
                   SP_NO_COLUMN
               ? "sammenlikning"
               : "plassering";
}

/* A fylke and the country: what the rows of their kommuner tell of them together. */
static void add_above(SpExplanation *explanation, const char *from, const char *measure,
                      const char *indicator, const char *region)
{
    const gboolean is_country = sp_region_kind(region) == SP_REGION_COUNTRY;
    if (strcmp(measure, "verdi") != 0) {
        add_cell(explanation, from, measure, indicator, "*");
        return;
    }
    add_cell(explanation, from, is_country ? "middel_landet" : "middel_fylke", indicator, "*");
    if (!is_country) {
        add_cell(explanation, from, "verdi", indicator, "*"); /* a fylke of one kommune is that */
    }
}

static gboolean explain_barometer(const SpTables *published, const SpCell *cell,
                                  SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region");
    const char *indicator = sp_cell_code(cell, "indikator");
    const char *scaled = of_place(cell->measure);
    if (region == NULL || indicator == NULL) {
        return refuse(cell, error);
    }
    const char *from = read_from(published, indicator);
    if (scaled != NULL) {
        const char *const of[] = {scaled, "lavest", "hoeyest"};
        for (gsize i = 0; i < G_N_ELEMENTS(of); i++) {
            add_cell(explanation, BAROMETER, of[i], indicator, region);
        }
        explanation->method = g_strdup("where the figure lies between the lowest (0) and the "
                                       "highest (1), docs/methods/headline.md");
    } else if (strcmp(cell->measure, "lavest") == 0 || strcmp(cell->measure, "hoeyest") == 0) {
        add_cell(explanation, from, "verdi", indicator, "*");
        explanation->method = g_strdup("the lowest or the highest of the country's kommuner, "
                                       "docs/methods/headline.md");
    } else if (g_str_has_prefix(cell->measure, "nedre_") ||
               g_str_has_prefix(cell->measure, "oevre_")) {
        add_cell(explanation, "plassering", cell->measure, indicator, region);
        explanation->method = g_strdup("the figure itself, docs/methods/headline.md");
    } else if (sp_region_kind(region) == SP_REGION_KOMMUNE) {
        add_cell(explanation, from, cell->measure, indicator, region);
        explanation->method = g_strdup("the figure itself, docs/methods/headline.md");
    } else {
        add_above(explanation, from, cell->measure, indicator, region);
        explanation->method = g_strdup("what the kommuner have together, as their rows tell it, "
                                       "docs/methods/headline.md");
    }
    return TRUE;
}

gboolean sp_page_one_explain(const SpTables *published, const SpTable *rules, const SpCell *cell,
                             SpExplanation *explanation, GError **error)
{
    if (strcmp(cell->table, BAROMETER) == 0) {
        return explain_barometer(published, cell, explanation, error);
    }
    if (strcmp(cell->table, SENTENCES) == 0 || strcmp(cell->table, FIGURES) == 0) {
        return explain_sentence(published, rules, cell, explanation, error);
    }
    return refuse(cell, error);
}
