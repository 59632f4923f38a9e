/* Rows without a place, by region. */
#include "transforms/normalise/left_out.h"

#include "core/error.h"
#include "core/number.h"

typedef struct {
    gsize n_rows;
    guint64 first; /* row from 1 */
    SpReal *sums;  /* [columns of the facts], of additive measures; NULL before the first row */
} Region;

struct SpLeftOut {
    const SpTable *facts;
    gsize region;
    const guint32 *numbers;
    gsize n_regions;
    Region *regions; /* [codes of region] */
};

SpLeftOut *sp_left_out_new(const SpTable *facts, gsize region)
{
    SpLeftOut *left = g_new0(SpLeftOut, 1);
    left->facts = facts;
    left->region = region;
    left->numbers = sp_table_code_numbers_const(facts, region);
    left->n_regions = sp_codes_size(sp_table_codes(facts, region));
    left->regions = g_new0(Region, left->n_regions + 1);
    return left;
}

void sp_left_out_free(SpLeftOut *left)
{
    if (left == NULL) {
        return;
    }
    for (gsize i = 0; i < left->n_regions; i++) {
        g_free(left->regions[i].sums);
    }
    g_free(left->regions);
    g_free(left);
}

static gboolean is_additive(const SpTable *table, gsize column)
{
    const SpColumn *is = sp_table_column(table, column);
    return is->kind == SP_COLUMN_MEASURE && is->is_additive;
}

void sp_left_out_add(SpLeftOut *left, gsize row)
{
    Region *region = &left->regions[left->numbers[row]];
    gsize n_columns = sp_table_n_columns(left->facts);
    if (region->sums == NULL) {
        region->first = row + 1;
        region->sums = g_new(SpReal, n_columns);
        for (gsize i = 0; i < n_columns; i++) {
            region->sums[i] = sp_real_none(SP_NOT_APPLICABLE);
        }
    }
    region->n_rows++;
    for (gsize i = 0; i < n_columns; i++) {
        if (is_additive(left->facts, i) && sp_real_is_number(sp_table_real(left->facts, row, i))) {
            region->sums[i] = sp_real_add(region->sums[i], sp_table_real(left->facts, row, i));
        }
    }
}

static void note_region(const SpLeftOut *left, guint32 number, SpQuality *quality)
{
    const Region *region = &left->regions[number];
    const char *code = sp_codes_text(sp_table_codes(left->facts, left->region), number);
    g_autofree char *subject = g_strdup_printf("region %s", code);
    g_autoptr(GString) sums = g_string_new(NULL);
    for (gsize i = 0; i < sp_table_n_columns(left->facts); i++) {
        if (is_additive(left->facts, i)) {
            char text[SP_NUMBER_SIZE];
            sp_number_format(region->sums[i].value, text);
            g_string_append_printf(sums, ", %s in all %s", sp_table_column(left->facts, i)->name,
                                   text);
        }
    }
    sp_quality_note(quality, "region_left_out", subject, region->first,
                    "%" G_GSIZE_FORMAT " rows left out: %s has no place in the target division%s",
                    region->n_rows, code, sums->str);
}

void sp_left_out_note(const SpLeftOut *left, SpQuality *quality)
{
    for (guint32 i = 0; i < left->n_regions; i++) {
        if (left->regions[i].n_rows > 0) {
            note_region(left, i, quality);
        }
    }
}

gboolean sp_left_out_outside(const SpLeftOut *left, gsize row, const SpRegions *regions, SpDay day,
                             SpQuality *quality, GError **error)
{
    const char *code = sp_table_code(left->facts, row, left->region);
    gboolean is_silent = TRUE;
    for (gsize column = 0; column < sp_table_n_columns(left->facts); column++) {
        if (sp_table_column(left->facts, column)->kind != SP_COLUMN_MEASURE) {
            continue;
        }
        guint8 status = sp_table_real(left->facts, row, column).status;
        is_silent = is_silent && status == SP_NOT_APPLICABLE;
        if (status == SP_PRESENT || status == SP_SUPPRESSED) {
            /* Asked where the code stands on a day when it stands nowhere, it names the nearest. */
            g_autoptr(GArray) none = sp_regions_successors(regions, code, day, day, error);
            g_assert(none == NULL);
            g_prefix_error(error, "a figure of a kommune outside its lifetime (set [table] "
                                  "division in the layout if the codes are not those of the "
                                  "period): ");
            return FALSE;
        }
    }
    if (!is_silent) {
        g_autofree char *subject = g_strdup_printf("region %s", code);
        sp_quality_note(quality, "outside_lifetime", subject, row + 1,
                        "rows without a figure left out: there was no kommune %s then", code);
    }
    return TRUE;
}
