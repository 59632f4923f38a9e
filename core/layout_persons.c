/* What only person-level layouts have: whom the rows are about, which of them count, and at which
 * levels. */
#include "core/layout_read.h"

#include "core/error.h"
#include "core/table.h"

#include <string.h>

enum { MAX_DECIMALS = 9 };

void sp_layout_level_free(SpLayoutLevel *level)
{
    g_free(level->code);
    g_free(level);
}

void sp_layout_persons_free(SpLayoutPersons *persons)
{
    if (persons == NULL) {
        return;
    }
    g_free(persons->key);
    g_ptr_array_unref(persons->counts);
    g_free(persons);
}

gboolean sp_layout_read_persons(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    layout->persons = g_new0(SpLayoutPersons, 1);
    layout->persons->counts = g_ptr_array_new_with_free_func((GDestroyNotify)sp_layout_count_free);
    layout->persons->key = sp_layout_get(reader, "key");
    if (layout->persons->key == NULL || layout->persons->key[0] == '\0') {
        return sp_layout_set_wrong(reader, "key", "",
                                   "the source's column that tells persons apart", error);
    }
    return sp_layout_check_keys(reader, "key", error);
}

static void add_level(SpLayoutColumn *column, SpLevelKind kind, const char *code)
{
    SpLayoutLevel *level = g_new0(SpLayoutLevel, 1);
    level->kind = kind;
    level->code = g_strdup(code);
    g_ptr_array_add(column->levels, level);
}

static gboolean has_level(const SpLayoutColumn *column, SpLevelKind kind, const char *code)
{
    for (guint i = 0; i < column->levels->len; i++) {
        const SpLayoutLevel *level = column->levels->pdata[i];
        if (level->kind == kind && g_strcmp0(level->code, code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* A word of `levels`; FALSE if it is none for this role. */
static gboolean parse_level(const SpLayoutColumn *column, const char *word, SpLevelKind *kind,
                            const char **code)
{
    *code = NULL;
    if (column->role == SP_ROLE_REGION) {
        *kind = strcmp(word, "kommune") == 0 ? SP_LEVEL_SELF
                : strcmp(word, "fylke") == 0 ? SP_LEVEL_FYLKE
                                             : SP_LEVEL_COUNTRY;
        return *kind != SP_LEVEL_COUNTRY || strcmp(word, "landet") == 0;
    }
    if (g_str_has_prefix(word, "all=")) {
        *kind = SP_LEVEL_ALL;
        *code = word + strlen("all=");
        return **code != '\0';
    }
    if (g_str_has_prefix(word, "group=")) {
        *kind = SP_LEVEL_GROUP;
        *code = word + strlen("group=");
        return sp_layout_is_list_name(*code);
    }
    *kind = SP_LEVEL_SELF;
    return strcmp(word, "self") == 0;
}

gboolean sp_layout_read_levels(SpLayoutColumn *column, const SpLayoutReader *reader, GError **error)
{
    g_autofree char *text = sp_layout_get(reader, "levels");
    g_auto(GStrv) words = g_strsplit(text != NULL ? text : "", ",", -1);
    column->levels = g_ptr_array_new_with_free_func((GDestroyNotify)sp_layout_level_free);
    for (char **word = words; *word != NULL; word++) {
        SpLevelKind kind = SP_LEVEL_SELF;
        const char *code = NULL;
        if (!parse_level(column, g_strstrip(*word), &kind, &code) ||
            has_level(column, kind, code)) {
            return sp_layout_set_wrong(
                reader, "levels", text,
                column->role == SP_ROLE_REGION
                    ? "kommune, fylke, landet, each at most once"
                    : "self, all=CODE, group=CODE-LIST with commas between, each at most once",
                error);
        }
        add_level(column, kind, code);
    }
    if (column->levels->len == 0) {
        add_level(column, SP_LEVEL_SELF, NULL);
    }
    return TRUE;
}

static gboolean read_limit(const SpLayoutColumn *column, const SpLayoutReader *reader,
                           const char *key, gint64 *limit, GError **error)
{
    g_autofree char *text = sp_layout_get(reader, key);
    return text == NULL ||
           sp_number_parse_fixed(text, strlen(text), '.', column->decimals, limit) ||
           sp_layout_set_wrong(reader, key, text,
                               "a number with a decimal point and no more than `decimals`", error);
}

static gboolean read_quantity(SpLayoutColumn *column, const SpLayoutReader *reader, GError **error)
{
    g_autofree char *text = sp_layout_get(reader, "decimals");
    gint64 decimals = 0;
    if (text == NULL || !sp_number_parse_int(text, strlen(text), &decimals) || decimals < 0 ||
        decimals > MAX_DECIMALS) {
        return sp_layout_set_wrong(reader, "decimals", text != NULL ? text : "",
                                   "how many decimals are kept, 0 to 9", error);
    }
    column->decimals = (guint)decimals;
    column->least = G_MININT64;
    column->most = G_MAXINT64;
    return sp_layout_read_yes_no(reader, "optional", &column->is_optional, error) &&
           read_limit(column, reader, "minimum", &column->least, error) &&
           read_limit(column, reader, "maximum", &column->most, error);
}

gboolean sp_layout_read_person_column(SpLayoutColumn *column, const SpLayoutReader *reader,
                                      GError **error)
{
    if (column->role == SP_ROLE_QUANTITY) {
        return read_quantity(column, reader, error);
    }
    column->band = sp_layout_get(reader, "band");
    if (column->band != NULL && !sp_layout_is_list_name(column->band)) {
        return sp_layout_set_wrong(reader, "band", column->band,
                                   "the name of a list in config/" SP_LAYOUT_BANDS, error);
    }
    if (!column->is_key && g_key_file_has_key(reader->file, reader->section, "levels", NULL)) {
        return sp_layout_set_wrong(reader, "levels", "", "no such key with key = no", error);
    }
    return !column->is_key || sp_layout_read_levels(column, reader, error);
}

static gboolean refuse(const SpLayout *layout, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG, "layout %s: [persons] %s", layout->name, what);
}

/* The columns that restating and the age need: one region, one year or a constant period. */
static gboolean check_required(const SpLayout *layout, GError **error)
{
    guint n_regions = 0;
    guint n_years = 0;
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        gboolean is_region = column->role == SP_ROLE_REGION;
        gboolean is_year = column->role == SP_ROLE_YEAR;
        n_regions += is_region ? 1 : 0;
        n_years += is_year ? 1 : 0;
        if ((is_region && strcmp(column->name, "region") != 0) ||
            (is_year && strcmp(column->name, "period") != 0)) {
            return refuse(layout,
                          "wants `as = region` with role region and `as = period` with role "
                          "year",
                          error);
        }
        if (column->role != SP_ROLE_IGNORE && strcmp(column->source, layout->persons->key) == 0) {
            return refuse(layout, "key is also a [column]: it is counted and nothing else", error);
        }
    }
    for (guint i = 0; i < layout->constants->len; i++) {
        const SpLayoutColumn *constant = layout->constants->pdata[i];
        SpPeriod period;
        if (strcmp(constant->name, "period") == 0) {
            n_years++;
            if (!sp_period_parse(constant->source, &period)) {
                return refuse(layout, "wants a period such as 2024-12-01 in [constant period]",
                              error);
            }
        }
    }
    return (n_regions == 1 && n_years == 1) ||
           refuse(layout,
                  "wants one column of role region, and one of role year or a [constant period]",
                  error);
}

/* Whether a column of the source becomes a code, by which rows about persons can be filtered. */
static gboolean is_code(const SpLayout *layout, const char *source)
{
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        if (column->role == SP_ROLE_CODE && strcmp(column->source, source) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_layout_check_persons(const SpLayout *layout, GError **error)
{
    const SpLayoutPersons *persons = layout->persons;
    if (!check_required(layout, error)) {
        return FALSE;
    }
    if (persons->counts->len == 0) {
        return refuse(layout, "wants a [measure NAME]: what is to be counted", error);
    }
    if (layout->exceptions->len > 0 || layout->provisional_from != NULL ||
        layout->final_from != NULL || layout->repeats != SP_SAME_ERROR ||
        layout->merged != SP_SAME_ERROR || layout->record > 0) {
        return refuse(layout,
                      "does not go with [exception NAME], provisional_from, final_from, repeats, "
                      "merged and form = fixed",
                      error);
    }
    for (guint i = 0; i < persons->counts->len; i++) {
        if (!sp_layout_check_count(layout, persons->counts->pdata[i], error)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < layout->filters->len; i++) {
        const SpLayoutFilter *filter = layout->filters->pdata[i];
        if (!is_code(layout, filter->source)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "layout %s: [filter %s]: want the source's name of a column of "
                                "role code",
                                layout->name, filter->source);
        }
    }
    return TRUE;
}
