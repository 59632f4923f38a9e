/* Places: rows of one key in ours, whether the source repeats itself or two of its codes became
 * one. */
#include "transforms/normalise/row_places.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/normalise/recode.h"

struct SpRowPlaces {
    const SpTable *raw;
    const SpLayout *layout;
    const GPtrArray *recodes;
    gsize n_keys;
    const guint32 *contents;
    gsize n_each;       /* rows of raw that a row of the source became */
    gboolean is_by_key; /* rows of one key have one place */
    gboolean has_rule;  /* `merged` or `repeats` is not `error` */
    GArray *codes;      /* guint32 [rows of the result][recodes] */
    gsize n_rows;
    SpTuples *keys;    /* our key: its number is the place */
    SpTuples *figures; /* place and contents: what a row of the source says one figure of */
    SpTuples *sources; /* the source's own codes */
    GArray *of_figure; /* gsize: first row of raw of each */
    GArray *of_source;
    gsize n_repeats;
    gsize first_repeat;
    gsize n_once;
    gsize first_once;
};

SpRowPlaces *sp_row_places_new(const SpTable *raw, const SpLayout *layout, const GPtrArray *recodes,
                               gsize n_keys, const guint32 *contents)
{
    SpRowPlaces *places = g_new0(SpRowPlaces, 1);
    places->raw = raw;
    places->layout = layout;
    places->recodes = recodes;
    places->n_keys = n_keys;
    places->contents = contents;
    places->n_each = sp_layout_rows_each(layout);
    places->has_rule = layout->merged != SP_SAME_ERROR || layout->repeats != SP_SAME_ERROR;
    places->is_by_key = contents != NULL || places->has_rule;
    places->codes = g_array_sized_new(FALSE, FALSE, sizeof(guint32),
                                      (guint)(sp_table_n_rows(raw) * recodes->len + 1));
    places->keys = sp_tuples_new(n_keys);
    places->figures = sp_tuples_new(2);
    places->sources = sp_tuples_new(n_keys + 1);
    places->of_figure = g_array_new(FALSE, FALSE, sizeof(gsize));
    places->of_source = g_array_new(FALSE, FALSE, sizeof(gsize));
    return places;
}

void sp_row_places_free(SpRowPlaces *places)
{
    if (places == NULL) {
        return;
    }
    g_array_unref(places->codes);
    sp_tuples_free(places->keys);
    sp_tuples_free(places->figures);
    sp_tuples_free(places->sources);
    g_array_unref(places->of_figure);
    g_array_unref(places->of_source);
    g_free(places);
}

/* The row's number in the source, as messages tell it. */
static gsize number_of(const SpRowPlaces *places, gsize row)
{
    return row / places->n_each + places->layout->header_rows + 1;
}

static guint32 *codes_at(const SpRowPlaces *places, guint32 place)
{
    return &g_array_index(places->codes, guint32, (gsize)place * places->recodes->len);
}

/* "region=0301, period=2024". g_free. */
static char *key_text(const SpRowPlaces *places, const guint32 codes[])
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < places->n_keys; i++) {
        const SpRecode *recode = g_ptr_array_index(places->recodes, i);
        g_string_append_printf(text, "%s%s=%s", i > 0 ? ", " : "", sp_recode_column(recode).name,
                               sp_codes_text(sp_recode_codes(recode), codes[i]));
    }
    return g_string_free(text, FALSE);
}

/* The first row that had the tuple: `row` itself if none had. */
static gsize first_with(SpTuples *tuples, GArray *rows, const guint32 tuple[], gsize row)
{
    guint32 number = sp_tuples_add(tuples, tuple);
    if (number == rows->len) {
        g_array_append_val(rows, row);
    }
    return g_array_index(rows, gsize, number);
}

static gsize first_of_source(SpRowPlaces *places, gsize row)
{
    g_autofree guint32 *tuple = g_new(guint32, places->n_keys + 1);
    for (guint i = 0; i < places->n_keys; i++) {
        tuple[i] = sp_recode_source(g_ptr_array_index(places->recodes, i), row);
    }
    tuple[places->n_keys] = places->contents != NULL ? places->contents[row] : 0;
    return first_with(places->sources, places->of_source, tuple, row);
}

static gboolean is_same_real(SpReal a, SpReal b)
{
    return a.status == b.status && a.flags == b.flags && !(a.value < b.value) &&
           !(a.value > b.value); /* never a NaN: core/real.h */
}

/* Whether two rows of a place say the same: attributes in our codes, figures as they are. */
static gboolean say_the_same(const SpRowPlaces *places, gsize a, gsize b, const guint32 codes[],
                             const guint32 before[])
{
    for (gsize i = places->n_keys; i < places->recodes->len; i++) {
        if (codes[i] != before[i]) {
            return FALSE;
        }
    }
    for (gsize i = 0; i < sp_table_n_columns(places->raw); i++) {
        if (sp_table_column(places->raw, i)->kind == SP_COLUMN_MEASURE &&
            !is_same_real(sp_table_real(places->raw, a, i), sp_table_real(places->raw, b, i))) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A row that meets another of its key: attributes on which they differ say nothing of the sum. */
static void merge_attributes(SpRowPlaces *places, guint32 place, const guint32 codes[])
{
    guint32 *before = codes_at(places, place);
    for (guint i = (guint)places->n_keys; i < places->recodes->len; i++) {
        if (before[i] != codes[i]) {
            before[i] = sp_codes_add(sp_recode_codes(g_ptr_array_index(places->recodes, i)), "");
        }
    }
}

static gboolean set_met(const SpRowPlaces *places, gsize row, gsize before, const guint32 codes[],
                        gboolean is_repeat, GError **error)
{
    g_autofree char *key = key_text(places, codes);
    if (is_repeat) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "row %" G_GSIZE_FORMAT " of the source has the same codes as row "
                            "%" G_GSIZE_FORMAT " (%s); the source repeats itself, look at the "
                            "snapshot",
                            number_of(places, row), number_of(places, before), key);
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "rows %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT " of the source become one "
                        "in our codes (%s); correct config/codes, or say in the layout what "
                        "`merged` rows are",
                        number_of(places, before), number_of(places, row), key);
}

/* A row whose figure another has said before, by the rule of the layout. */
static gboolean meet(SpRowPlaces *places, gsize row, gsize before, const guint32 codes[],
                     guint32 *place, GError **error)
{
    gsize source = first_of_source(places, row);
    gboolean is_repeat = source != row;
    SpSameKey rule = is_repeat ? places->layout->repeats : places->layout->merged;
    before = is_repeat ? source : before;
    if (rule == SP_SAME_ERROR) {
        return set_met(places, row, before, codes, is_repeat, error);
    }
    if (rule == SP_SAME_SUM) {
        places->first_repeat = is_repeat && places->n_repeats == 0 ? row : places->first_repeat;
        places->n_repeats += is_repeat ? 1 : 0;
        merge_attributes(places, *place, codes);
        return TRUE;
    }
    if (!say_the_same(places, row, before, codes, codes_at(places, *place))) {
        g_autofree char *key = key_text(places, codes);
        return sp_error_set(error, SP_ERROR_DATA,
                            "rows %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT " of the source are of "
                            "one key (%s) and do not say the same; correct one, or ask the sender",
                            number_of(places, before), number_of(places, row), key);
    }
    places->first_once = places->n_once == 0 ? row : places->first_once;
    places->n_once++;
    *place = SP_NO_PLACE;
    return TRUE;
}

gboolean sp_row_places_add(SpRowPlaces *places, gsize row, const guint32 codes[], guint32 *place,
                           GError **error)
{
    *place = places->is_by_key ? sp_tuples_add(places->keys, codes) : (guint32)places->n_rows;
    gboolean is_new = *place == places->n_rows;
    if (is_new) {
        g_array_append_vals(places->codes, codes, places->recodes->len);
        places->n_rows++;
    }
    if (!places->has_rule) {
        if (!is_new) {
            merge_attributes(places, *place, codes);
        }
        return TRUE;
    }
    const guint32 figure[] = {*place, places->contents != NULL ? places->contents[row] : 0};
    gsize before = first_with(places->figures, places->of_figure, figure, row);
    if (before != row) {
        return meet(places, row, before, codes, place, error);
    }
    (void)first_of_source(places, row);
    if (!is_new) {
        merge_attributes(places, *place, codes);
    }
    return TRUE;
}

gsize sp_row_places_n_rows(const SpRowPlaces *places)
{
    return places->n_rows;
}

const guint32 *sp_row_places_codes(const SpRowPlaces *places)
{
    return (const guint32 *)(const void *)places->codes->data;
}

void sp_row_places_note(const SpRowPlaces *places, SpQuality *quality)
{
    if (places->n_repeats > 0) {
        sp_quality_note(
            quality, "repeated_key", places->layout->table, number_of(places, places->first_repeat),
            "%" G_GSIZE_FORMAT " rows have the codes of a row before them, and were added to it",
            places->n_repeats);
    }
    if (places->n_once > 0) {
        sp_quality_note(quality, "counted_once", places->layout->table,
                        number_of(places, places->first_once),
                        "%" G_GSIZE_FORMAT " rows say what a row of their key did before them, and "
                        "count once",
                        places->n_once);
    }
}
