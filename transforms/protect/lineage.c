/* Regions to their kommuner, bands to their ages. */
#include "transforms/protect/lineage.h"

#include "core/regions.h"
#include "core/rollup.h"
#include "core/table_rows.h"

#include <string.h>

static const char any_code[] = "*";

/* The codes that one column of the cell stands for (const char*, borrowed). */
typedef struct {
    const char *column;
    GPtrArray *codes;
} Part;

static void part_clear(gpointer data)
{
    g_ptr_array_unref(((Part *)data)->codes);
}

static gboolean has_code(const SpTable *source, gsize column, const char *code)
{
    for (gsize row = 0; row < sp_table_n_rows(source); row++) {
        if (strcmp(sp_table_code(source, row, column), code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Whether a kommune (a row of table region) is in a region above it. */
static gboolean is_in(const SpTable *regions, gsize row, const char *region)
{
    static const char *const groups[] = {"fylke", "kostragruppe", "sentralitet"};
    gboolean is = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(groups) && !is; i++) {
        const gsize column = sp_table_find(regions, groups[i]);
        is = column != SP_NO_COLUMN && strcmp(sp_table_code(regions, row, column), region) == 0;
    }
    return is || sp_region_kind(region) == SP_REGION_COUNTRY;
}

static gboolean has_kommuner_alone(const SpTable *source, gsize column)
{
    for (gsize row = 0; row < sp_table_n_rows(source); row++) {
        if (sp_region_kind(sp_table_code(source, row, column)) != SP_REGION_KOMMUNE) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The kommuner of a region that the source has figures of. */
static void add_kommuner(const SpTables *in, const SpTable *source, const char *region,
                         GPtrArray *codes)
{
    const SpTable *regions = sp_tables_find(in, "region");
    const gsize column = sp_table_find(source, "region");
    const gboolean is_all =
        sp_region_kind(region) == SP_REGION_COUNTRY && has_kommuner_alone(source, column);
    if (regions == NULL || is_all) {
        g_ptr_array_add(codes, (gpointer)any_code);
        return;
    }
    g_autofree gboolean *is_used = sp_table_used_codes(source, column);
    const SpCodes *known = sp_table_codes((SpTable *)source, column);
    for (gsize row = 0; row < sp_table_n_rows(regions); row++) {
        const char *code = sp_table_code(regions, row, sp_table_find(regions, "region"));
        guint32 number = 0;
        if (sp_region_kind(code) == SP_REGION_KOMMUNE && is_in(regions, row, region) &&
            sp_codes_find(known, code, &number) && is_used[number]) {
            g_ptr_array_add(codes, (gpointer)code);
        }
    }
}

/* The source's ages in a band of the lists that are published. */
static void add_ages(const SpTables *in, const SpPublished *published, const SpTable *source,
                     const char *band, GPtrArray *codes)
{
    const SpTable *bands = sp_tables_find(in, "aldersgruppe");
    g_auto(GStrv) lists = g_strsplit(published->bands, "+", -1);
    g_autofree gboolean *is_used = sp_table_used_codes(source, sp_table_find(source, "alder"));
    const SpCodes *ages = sp_table_codes((SpTable *)source, sp_table_find(source, "alder"));
    for (gsize row = 0; bands != NULL && row < sp_table_n_rows(bands) && codes->len == 0; row++) {
        const char *from = sp_table_code(bands, row, sp_table_find(bands, "fra"));
        const char *to = sp_table_code(bands, row, sp_table_find(bands, "til"));
        if (!g_strv_contains((const char *const *)lists,
                             sp_table_code(bands, row, sp_table_find(bands, "liste"))) ||
            strcmp(sp_table_code(bands, row, sp_table_find(bands, "kode")), band) != 0) {
            continue;
        }
        for (guint32 i = 0; i < sp_codes_size(ages); i++) {
            const char *age = sp_codes_text(ages, i);
            if (is_used[i] && strcmp(age, from) >= 0 && strcmp(age, to) <= 0) {
                g_ptr_array_add(codes, (gpointer)age);
            }
        }
    }
    g_ptr_array_sort(codes, sp_codes_compare);
}

/* TRUE when the part is a sum of others. */
static gboolean find_part(const SpTables *in, const SpPublished *published, const char *code,
                          Part *part)
{
    const SpTable *source = sp_tables_find(in, published->source);
    const gsize column = source != NULL ? sp_table_find(source, part->column) : SP_NO_COLUMN;
    g_autofree char *as_margin = g_strdup_printf("+%s=%s+", part->column, code);
    g_autofree char *margins = g_strdup_printf("+%s+", published->margins);
    const gboolean is_region = strcmp(part->column, "region") == 0 && published->rolls_up &&
                               sp_region_kind(code) != SP_REGION_KOMMUNE;
    const gboolean is_band = strcmp(part->column, "alder") == 0 && *published->bands != '\0';
    const gboolean is_margin = strstr(margins, as_margin) != NULL;
    if (is_margin || ((is_region || is_band) && column == SP_NO_COLUMN)) {
        g_ptr_array_add(part->codes, (gpointer)any_code);
        return TRUE;
    }
    if (is_region && !has_code(source, column, code)) {
        add_kommuner(in, source, code, part->codes);
        return TRUE;
    }
    if (is_band) {
        add_ages(in, published, source, code, part->codes);
        if (part->codes->len == 0) {
            g_ptr_array_add(part->codes, (gpointer)any_code);
        }
        return TRUE;
    }
    g_ptr_array_add(part->codes, (gpointer)code);
    return FALSE;
}

/* The cross product of all parts, the last one running fastest. */
static void add_cells(const SpPublished *published, const char *measure, const GArray *parts,
                      SpExplanation *explanation)
{
    gsize n = 1;
    for (guint i = 0; i < parts->len; i++) {
        n *= g_array_index(parts, Part, i).codes->len;
    }
    for (gsize number = 0; number < n; number++) {
        SpCell *cell = sp_cell_new(published->source, measure);
        gsize rest = n;
        for (guint i = 0; i < parts->len; i++) {
            const Part *part = &g_array_index(parts, Part, i);
            rest /= part->codes->len;
            sp_cell_with(cell, part->column, part->codes->pdata[number / rest % part->codes->len]);
        }
        g_ptr_array_add(explanation->inputs, cell);
    }
}

void sp_published_explain(const SpTables *in, const SpPublished *published, const SpCell *cell,
                          SpExplanation *explanation)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(Part));
    gboolean is_sum = FALSE;
    g_array_set_clear_func(parts, part_clear);
    for (guint i = 0; i < cell->columns->len; i++) {
        Part part = {cell->columns->pdata[i], g_ptr_array_new()};
        is_sum = find_part(in, published, cell->codes->pdata[i], &part) || is_sum;
        g_array_append_val(parts, part);
    }
    add_cells(published, cell->measure, parts, explanation);
    g_ptr_array_add(explanation->settings, g_strdup("protect.threshold"));
    explanation->method =
        g_strdup(is_sum ? "sum over the kommuner of the region and the ages of the band, if not "
                          "suppressed"
                        : "the figure itself, if not suppressed");
    explanation->is_injective = !is_sum;
}
