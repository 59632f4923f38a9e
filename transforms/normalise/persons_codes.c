/* Texts of person rows to our codes, through a cache by text and data year. */
#include "transforms/normalise/persons_codes.h"

#include "core/error.h"
#include "core/number.h"
#include "transforms/normalise/recode.h"

#include <string.h>

/* More different texts than any code list has, and longer than any code: the column is another. */
enum { MAX_TEXTS = 100000, MAX_TEXT_SIZE = 64, MAX_AGE = 130, TOP_AGE = 105 };

/* Numbers in the cache that stand for no code. */
enum { N_MARKS = 4 };
#define UNSEEN G_MAXUINT32
#define UNKNOWN (G_MAXUINT32 - 1)
#define OUTSIDE_BANDS (G_MAXUINT32 - 2)
#define FILTERED (G_MAXUINT32 - 3)

typedef struct {
    const char *code; /* borrowed from the table of bands */
    gint64 first;
    gint64 last;
} Band;

struct SpPersonsCodes {
    const SpLayoutColumn *is;
    const char *origin;
    SpPersonsRegions *regions;
    SpCodeList *list;         /* NULL: none */
    GArray *bands;            /* Band; NULL: none */
    GHashTable *summaries;    /* const char*: codes of the levels `all` and `group`, which no
                                        person has */
    const GPtrArray *filters; /* SpLayoutFilter* of the layout */
    SpCodes *texts;           /* of the source */
    guint32 last;             /* number of the one asked for last */
    guint32 *to;              /* [n_to][SP_PERSONS_MAX_PERIODS], by text and period */
    gsize n_to;
    SpCodes *codes; /* ours */
};

static gboolean read_band_age(const SpTable *bands, gsize row, gsize column, gint64 *age)
{
    const char *text = sp_table_code(bands, row, column);
    return sp_number_parse_int(text, strlen(text), age);
}

static gboolean read_bands(SpPersonsCodes *codes, const SpTable *table, GError **error)
{
    const char *const names[] = {"liste", "kode", "fra", "til"};
    gsize at[G_N_ELEMENTS(names)];
    const char *list = codes->is->band;
    codes->bands = g_array_new(FALSE, FALSE, sizeof(Band));
    if (table == NULL ||
        !sp_table_need_all(table, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error)) {
        return table != NULL || sp_error_set(error, SP_ERROR_CONFIG,
                                             "column \"%s\" has bands, but there is no table of "
                                             "them",
                                             codes->is->source);
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        Band band = {.code = sp_table_code(table, row, at[1])};
        if (strcmp(sp_table_code(table, row, at[0]), list) != 0) {
            continue;
        }
        if (!read_band_age(table, row, at[2], &band.first) ||
            !read_band_age(table, row, at[3], &band.last)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/" SP_LAYOUT_BANDS ": band %s of %s: want ages in fra and "
                                "til",
                                band.code, list);
        }
        g_array_append_val(codes->bands, band);
    }
    return codes->bands->len > 0 ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "config/" SP_LAYOUT_BANDS " has no list \"%s\"; add it, or amend the "
                        "layout's band",
                        list);
}

/* The codes that stand for all or for a group. One that is a code of its own too would be counted
 * twice under it. */
static gboolean read_summaries(SpPersonsCodes *codes, const SpTables *maps, GError **error)
{
    const SpLayoutColumn *is = codes->is;
    codes->summaries = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; is->levels != NULL && i < is->levels->len; i++) {
        const SpLayoutLevel *level = is->levels->pdata[i];
        if (level->kind == SP_LEVEL_ALL) {
            g_hash_table_add(codes->summaries, level->code);
        }
        if (level->kind != SP_LEVEL_GROUP) {
            continue;
        }
        g_autoptr(SpCodeList) list = sp_code_list_new(maps, level->code, NULL, 0, error);
        if (list == NULL) {
            return FALSE;
        }
        const SpCodes *all = sp_code_list_codes(list);
        for (guint32 k = 0; k < sp_codes_size(all); k++) {
            const char *group = sp_code_list_find(list, sp_codes_text(all, k), 0);
            if (sp_code_list_find(list, group, 0) != NULL) {
                return sp_error_set(error, SP_ERROR_CONFIG,
                                    "config/codes/%s.csv: \"%s\" is both a code and a group; give "
                                    "the group another code",
                                    level->code, group);
            }
            g_hash_table_add(codes->summaries, (gpointer)group);
        }
    }
    return TRUE;
}

static gboolean is_filtered_out(const SpPersonsCodes *codes, const char *text)
{
    for (guint i = 0; i < codes->filters->len; i++) {
        const SpLayoutFilter *filter = codes->filters->pdata[i];
        if (strcmp(filter->source, codes->is->source) == 0 &&
            !sp_layout_lets_through(filter, text, strlen(text))) {
            return TRUE;
        }
    }
    return FALSE;
}

SpPersonsCodes *sp_persons_codes_new(const SpLayoutColumn *column, const SpPersonsInput *input,
                                     SpPersonsRegions *regions, GError **error)
{
    g_autoptr(SpPersonsCodes) codes = g_new0(SpPersonsCodes, 1);
    codes->is = column;
    codes->origin = input->origin;
    codes->regions = regions;
    codes->filters = input->layout->filters;
    codes->texts = sp_codes_new();
    codes->codes = sp_codes_new();
    if (!read_summaries(codes, input->maps, error) ||
        (column->band != NULL && !read_bands(codes, input->bands, error))) {
        return NULL;
    }
    if (column->map != NULL) {
        codes->list = sp_code_list_new(input->maps, column->map, NULL, 0, error);
        if (codes->list == NULL) {
            return NULL;
        }
    }
    return g_steal_pointer(&codes);
}

void sp_persons_codes_free(SpPersonsCodes *codes)
{
    if (codes == NULL) {
        return;
    }
    sp_code_list_free(codes->list);
    g_clear_pointer(&codes->bands, g_array_unref);
    g_clear_pointer(&codes->summaries, g_hash_table_unref);
    g_clear_pointer(&codes->texts, sp_codes_unref);
    g_clear_pointer(&codes->codes, sp_codes_unref);
    g_free(codes->to);
    g_free(codes);
}

const SpCodes *sp_persons_codes_dictionary(const SpPersonsCodes *codes)
{
    return codes->codes;
}

gboolean sp_persons_codes_can_be(const SpPersonsCodes *codes, const char *code)
{
    gboolean is_there = codes->list == NULL && codes->bands == NULL;
    for (guint i = 0; codes->bands != NULL && i < codes->bands->len; i++) {
        is_there = is_there || strcmp(g_array_index(codes->bands, Band, i).code, code) == 0;
    }
    is_there = is_there || (codes->list != NULL && sp_code_list_gives(codes->list, code));
    return is_there || (codes->bands == NULL && codes->is->form != NULL);
}

static guint32 add_code(SpPersonsCodes *codes, const char *code)
{
    if (g_hash_table_contains(codes->summaries, code)) {
        return UNKNOWN;
    }
    return sp_codes_add(codes->codes, code);
}

static guint32 add_age(SpPersonsCodes *codes, gint64 age)
{
    char text[8];
    if (age < 0 || age > MAX_AGE) {
        return OUTSIDE_BANDS;
    }
    if (codes->bands == NULL) {
        g_snprintf(text, sizeof text, "%03d", (int)MIN(age, TOP_AGE));
        return add_code(codes, text);
    }
    for (guint i = 0; i < codes->bands->len; i++) {
        const Band *band = &g_array_index(codes->bands, Band, i);
        if (band->first <= age && age <= band->last) {
            return add_code(codes, band->code);
        }
    }
    return OUTSIDE_BANDS;
}

static guint32 resolve_age(SpPersonsCodes *codes, const char *text, int year)
{
    g_autofree char *code = sp_recode_text(codes->is, codes->list, text, year);
    gint64 age = 0;
    if (code == NULL) {
        return UNKNOWN;
    }
    if (sp_number_parse_int(code, strlen(code), &age)) {
        return add_age(codes, age);
    }
    return codes->bands == NULL ? add_code(codes, code) : UNKNOWN; /* a band of the source's own */
}

/* The number of a text in a period; an error leaves it at UNKNOWN. */
static guint32 resolve(SpPersonsCodes *codes, const char *text, const SpPersonsPeriod *period,
                       GError **error)
{
    gint64 year = 0;
    if (codes->is->role == SP_ROLE_REGION) {
        g_autofree char *code = sp_persons_regions_place(codes->regions, text, period, error);
        return code == NULL ? UNKNOWN : sp_codes_add(codes->codes, code);
    }
    if (codes->is->role == SP_ROLE_BIRTH_YEAR) {
        return strlen(text) == 4 && sp_number_parse_int(text, 4, &year)
                   ? add_age(codes, period->year - year)
                   : UNKNOWN;
    }
    if (codes->is->role == SP_ROLE_AGE) {
        return resolve_age(codes, text, period->year);
    }
    if (is_filtered_out(codes, text)) {
        return FILTERED;
    }
    g_autofree char *code = sp_recode_text(codes->is, codes->list, text, period->year);
    return code == NULL ? UNKNOWN : add_code(codes, code);
}

/* The place in the cache of a text, NULL with error when the column cannot be one of codes. */
static guint32 *cached(SpPersonsCodes *codes, const SpField *field, guint i, GError **error)
{
    guint32 number = sp_codes_add_sized(codes->texts, field->text, field->size);
    codes->last = number;
    if (number >= MAX_TEXTS) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: column \"%s\" holds more than %d different texts; is it the column of "
                     "codes that the layout says?",
                     codes->origin, codes->is->source, MAX_TEXTS);
        return NULL;
    }
    if (number >= codes->n_to) {
        gsize n_before = codes->n_to;
        codes->n_to = MAX(64, 2 * n_before);
        codes->to = g_renew(guint32, codes->to, codes->n_to * SP_PERSONS_MAX_PERIODS);
        memset(codes->to + n_before * SP_PERSONS_MAX_PERIODS, 0xff,
               (codes->n_to - n_before) * SP_PERSONS_MAX_PERIODS * sizeof *codes->to);
    }
    return &codes->to[number * SP_PERSONS_MAX_PERIODS + i];
}

gboolean sp_persons_codes_find(SpPersonsCodes *codes, const SpField *field, guint i,
                               const SpPersonsPeriod *period, SpPersonsFound *found, GError **error)
{
    static const char *const rules[N_MARKS] = {NULL, "unknown_code", "age_outside",
                                               "outside_filter"};
    *found = (SpPersonsFound){.rule = rules[1]};
    if (field->size > MAX_TEXT_SIZE || memchr(field->text, '\0', field->size) != NULL) {
        return TRUE;
    }
    guint32 *number = cached(codes, field, i, error);
    if (number == NULL) {
        return FALSE;
    }
    if (*number == UNSEEN) {
        g_autofree char *text = g_strndup(field->text, field->size);
        g_autoptr(GError) failure = NULL;
        *number = resolve(codes, text, period, &failure);
        if (failure != NULL) {
            g_propagate_prefixed_error(error, g_steal_pointer(&failure), "%s: ", codes->origin);
            return FALSE;
        }
    }
    if (*number > UNSEEN - N_MARKS) {
        found->rule = rules[UNSEEN - *number];
        return TRUE;
    }
    *found = (SpPersonsFound){.code = *number};
    return TRUE;
}

guint32 sp_persons_codes_last(const SpPersonsCodes *codes)
{
    return codes->last;
}
