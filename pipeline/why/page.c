/* Sentences, barometer and changes: of the published tables beside them. */
#include "pipeline/why/page.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "pipeline/catalogue.h"
#include "pipeline/firstpage.h"
#include "transforms/headline/headline.h"
#include "transforms/headline/lineage.h"

#include <string.h>

#define CHANGES "endringer"

/* A published table: that of the whole edition where it is there, for page one looks at kommuner of
 * other packages too. NULL if there is none. */
static const SpTable *published(SpWhy *why, const char *name)
{
    if (why->edition != NULL && sp_past_has(why->edition, name)) {
        return sp_past_table(why->pasts, why->edition, name, NULL);
    }
    return sp_why_package_table(why->package, name, NULL);
}

static void add_published(SpWhy *why, const char *name, SpTables *into)
{
    const SpTable *table = sp_tables_find(into, name) == NULL ? published(why, name) : NULL;
    if (table != NULL) {
        sp_tables_add(into, sp_table_share(table));
    }
}

/* All that page one may read. */
static gboolean read_published(SpWhy *why, const SpTable *rules, SpTables *into, GError **error)
{
    static const char *const own[] = {"noekkelsetninger", "noekkelsetninger_tall", "barometer"};
    g_autoptr(GArray) reads = sp_page_one_reads(rules, error);
    for (gsize i = 0; i < G_N_ELEMENTS(own); i++) {
        add_published(why, own[i], into);
    }
    for (guint i = 0; reads != NULL && i < reads->len; i++) {
        add_published(why, g_array_index(reads, SpPageOneReads, i).table, into);
    }
    return reads != NULL;
}

/* The figure as it is now: the published cell that the row names. What it was before is in the
 * edition before, which is asked by itself. */
static gboolean explain_change(const SpCell *cell, SpExplanation *explanation, GError **error)
{
    const char *table = sp_cell_code(cell, "tabell");
    const char *key = sp_cell_code(cell, "noekkel");
    const char *measure = sp_cell_code(cell, "maal");
    const gboolean is_now = strcmp(cell->measure, "naa") == 0;
    g_autofree char *text =
        g_strdup_printf("%s %s%s%s", table, measure, *key != '\0' ? " " : "", key);
    SpCell *named = *measure != '\0' ? sp_cell_parse(text, error) : sp_cell_new(table, "*");
    if (named == NULL) {
        return FALSE;
    }
    g_ptr_array_add(explanation->inputs, named);
    explanation->method =
        g_strdup(is_now ? "the figure of this edition, docs/methods/changes.md"
                        : "held against the edition before, which table grunnlag names; ask there "
                          "for the figure it had, docs/methods/changes.md");
    return TRUE;
}

static gboolean explain(SpWhy *why, const SpWhyAt *at, SpExplanation *explanation, GError **error)
{
    if (strcmp(at->cell->table, CHANGES) == 0) {
        return explain_change(at->cell, explanation, error);
    }
    g_autofree char *path = sp_context_data_path(why->context, SP_FIRST_PAGE_RULES);
    g_autoptr(SpTable) rules = sp_catalogue_read(path, "noekkelsetninger", NULL, error);
    g_autoptr(SpTables) tables = sp_tables_new();
    return rules != NULL && read_published(why, rules, tables, error) &&
           sp_page_one_explain(tables, rules, at->cell, explanation, error);
}

void sp_why_tell_page(SpWhy *why, SpWhyStep *step, const SpWhyAt *at, guint depth)
{
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    g_autoptr(GError) error = NULL;
    if (explain(why, at, explanation, &error)) {
        step->method = g_strdup(explanation->method);
        sp_why_add_groups(why, step, at, explanation, depth);
    } else if (error != NULL) {
        sp_why_step_note(step, "%s", error->message);
    }
    if (step->inputs->len == 0 && why->edition != NULL) {
        sp_why_end_at_result(why, step, why->edition);
    }
}
