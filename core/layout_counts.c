/* The measures of person-level layouts. */
#include "core/layout_read.h"

#include "core/error.h"
#include "core/table.h"

#include <string.h>

enum { MAX_DECIMALS = 9 };

static const struct {
    const char *name;
    SpLayoutCountKind kind;
} kind_names[] = {
    {"count", SP_COUNT_ROWS}, {"sum", SP_COUNT_SUM}, {"distinct", SP_COUNT_DISTINCT},
    {"min", SP_COUNT_MIN},    {"max", SP_COUNT_MAX},
};

static const struct {
    const char *name;
    SpLayoutNext next;
} next_names[] = {
    {"counted", SP_NEXT_COUNTED},
    {"left_kommune", SP_NEXT_LEFT_KOMMUNE},
    {"left_sector", SP_NEXT_LEFT_SECTOR},
};

static const struct {
    const char *text;
    guint shift;
} divisors[] = {{"1", 0}, {"10", 1}, {"100", 2}, {"1000", 3}};

void sp_layout_count_free(SpLayoutCount *count)
{
    g_free(count->name);
    g_free(count->column);
    g_free(count->unit);
    g_free(count->when);
    g_strfreev(count->codes);
    g_strfreev(count->given);
    g_free(count->person_sum);
    g_free(count->over);
    g_free(count->under);
    g_free(count);
}

/* "sum"; a ratio has no kind of its own. */
static gboolean read_kind(SpLayoutCount *count, const char *kind, const SpLayoutReader *reader,
                          GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kind_names); i++) {
        if (strcmp(kind, kind_names[i].name) == 0) {
            count->kind = kind_names[i].kind;
            return TRUE;
        }
    }
    return sp_layout_set_wrong(reader, "kind", kind, "count, sum, distinct, min, max or ratio",
                               error);
}

static gboolean read_divisor(SpLayoutCount *count, const SpLayoutReader *reader, GError **error)
{
    g_autofree char *text = sp_layout_get(reader, "divide_by");
    if (text == NULL) {
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(divisors); i++) {
        if (strcmp(text, divisors[i].text) == 0) {
            count->shift = divisors[i].shift;
            return TRUE;
        }
    }
    return sp_layout_set_wrong(reader, "divide_by", text, "1, 10, 100 or 1000", error);
}

/* The words of a key; NULL if it is not there. */
static char **read_words(const SpLayoutReader *reader, const char *key)
{
    g_autofree char *text = sp_layout_get(reader, key);
    g_auto(GStrv) parts = g_strsplit_set(text != NULL ? text : "", " \t,", -1);
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    for (char **part = parts; *part != NULL; part++) {
        if (**part != '\0') {
            g_strv_builder_add(words, *part);
        }
    }
    return text == NULL ? NULL : g_strv_builder_end(words);
}

/* "yrke lege sykepleier": a column of ours and at least one code. */
static gboolean read_when(SpLayoutCount *count, const SpLayoutReader *reader, GError **error)
{
    g_auto(GStrv) words = read_words(reader, "when");
    if (words == NULL) {
        return TRUE;
    }
    if (g_strv_length(words) < 2) {
        return sp_layout_set_wrong(reader, "when", words[0] != NULL ? words[0] : "",
                                   "our name of a code column and the codes that count", error);
    }
    count->when = g_strdup(words[0]);
    count->codes = g_strdupv(words + 1);
    return TRUE;
}

static gboolean read_next(SpLayoutCount *count, const SpLayoutReader *reader, GError **error)
{
    g_autofree char *text = sp_layout_get(reader, "next");
    if (text == NULL) {
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(next_names); i++) {
        if (strcmp(text, next_names[i].name) == 0) {
            count->next = next_names[i].next;
        }
    }
    if (count->next == SP_NEXT_NONE ||
        (count->next != SP_NEXT_COUNTED && count->kind != SP_COUNT_DISTINCT)) {
        return sp_layout_set_wrong(reader, "next", text,
                                   "counted, or with kind = distinct left_kommune or left_sector",
                                   error);
    }
    return TRUE;
}

static gboolean read_ratio(SpLayoutCount *count, const SpLayoutReader *reader, GError **error)
{
    count->over = sp_layout_get(reader, "over");
    count->under = sp_layout_get(reader, "under");
    if (count->over == NULL || count->under == NULL) {
        return sp_layout_set_wrong(reader, count->over == NULL ? "over" : "under", "",
                                   "the name of another measure", error);
    }
    return sp_layout_check_keys(reader, "kind unit over under", error);
}

static gboolean read_count(SpLayoutCount *count, const SpLayoutReader *reader, GError **error)
{
    gboolean is_distinct = count->kind == SP_COUNT_DISTINCT;
    gboolean is_number = count->kind != SP_COUNT_ROWS && !is_distinct;
    count->column = sp_layout_get(reader, "column");
    count->given = read_words(reader, "given");
    count->person_sum = sp_layout_get(reader, "person_sum");
    if (is_number != (count->column != NULL)) {
        return sp_layout_set_wrong(
            reader, "column", count->column != NULL ? count->column : "",
            is_number ? "our name of a quantity" : "no such key with count and distinct", error);
    }
    return sp_layout_check_keys(reader,
                                is_number     ? "kind unit column divide_by when given next"
                                : is_distinct ? "kind unit when given person_sum least below next"
                                              : "kind unit when given next",
                                error) &&
           read_divisor(count, reader, error) && read_when(count, reader, error) &&
           read_next(count, reader, error);
}

/* With nine decimals, whatever those of the quantity, whose section may come later. */
static gboolean read_limit(const SpLayoutReader *reader, const char *key, gint64 *limit,
                           GError **error)
{
    g_autofree char *text = sp_layout_get(reader, key);
    return text == NULL ||
           sp_number_parse_fixed(text, strlen(text), '.', SP_LAYOUT_SUM_DECIMALS, limit) ||
           sp_layout_set_wrong(reader, key, text, "a number with a decimal point", error);
}

gboolean sp_layout_read_count(SpLayout *layout, const SpLayoutReader *reader, const char *name,
                              GError **error)
{
    SpLayoutCount *count = g_new0(SpLayoutCount, 1);
    g_ptr_array_add(layout->persons->counts, count);
    count->name = g_strdup(name);
    count->unit = sp_layout_get(reader, "unit");
    count->least = G_MININT64;
    count->below = G_MAXINT64;
    if (!sp_table_is_column_name(name)) {
        return sp_layout_set_wrong(reader, "measure", name,
                                   "our name in small letters, digits and _, a letter first",
                                   error);
    }
    g_autofree char *kind = sp_layout_get(reader, "kind");
    if (kind != NULL && strcmp(kind, "ratio") == 0) {
        return read_ratio(count, reader, error);
    }
    return read_kind(count, kind != NULL ? kind : "", reader, error) &&
           read_count(count, reader, error) && read_limit(reader, "least", &count->least, error) &&
           read_limit(reader, "below", &count->below, error);
}

static gboolean refuse(const SpLayout *layout, const SpLayoutCount *count, const char *what,
                       GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG, "layout %s: [measure %s] %s", layout->name,
                        count->name, what);
}

static const SpLayoutColumn *find_quantity(const SpLayout *layout, const char *name)
{
    const SpLayoutColumn *column = name != NULL ? sp_layout_find(layout, name) : NULL;
    return column != NULL && column->role == SP_ROLE_QUANTITY ? column : NULL;
}

static gboolean is_measure(const SpLayout *layout, const char *name)
{
    for (guint i = 0; i < layout->persons->counts->len; i++) {
        const SpLayoutCount *count = layout->persons->counts->pdata[i];
        if (strcmp(count->name, name) == 0 && count->over == NULL) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean check_column(const SpLayout *layout, const SpLayoutCount *count, GError **error)
{
    const SpLayoutColumn *column = find_quantity(layout, count->column);
    if (count->column != NULL && column == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: [measure %s] column is \"%s\", want our name of a column "
                            "of role quantity",
                            layout->name, count->name, count->column);
    }
    if (column != NULL && column->decimals + count->shift > MAX_DECIMALS) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: [measure %s] has more than 9 decimals with divide_by; keep "
                            "fewer in [column %s]",
                            layout->name, count->name, column->source);
    }
    return TRUE;
}

/* Which rows it is of, and which persons. */
static gboolean check_rows(const SpLayout *layout, const SpLayoutCount *count, GError **error)
{
    const SpLayoutColumn *when = count->when == NULL ? NULL : sp_layout_find(layout, count->when);
    const SpLayoutColumn *summed = find_quantity(layout, count->person_sum);
    if (count->when != NULL &&
        (when == NULL || (when->role != SP_ROLE_CODE && when->role != SP_ROLE_AGE &&
                          when->role != SP_ROLE_BIRTH_YEAR))) {
        return refuse(layout, count, "when: want our name of a column of codes or ages", error);
    }
    for (char **name = count->given; name != NULL && *name != NULL; name++) {
        const SpLayoutColumn *given = find_quantity(layout, *name);
        if (given == NULL || !given->is_optional) {
            return refuse(layout, count, "given: want our names of quantities with optional = yes",
                          error);
        }
    }
    if (count->person_sum != NULL && (summed == NULL || summed->is_optional)) {
        return refuse(layout, count, "person_sum: want our name of a quantity that is not optional",
                      error);
    }
    gboolean has_limits = count->least != G_MININT64 || count->below != G_MAXINT64;
    if (has_limits != (count->person_sum != NULL)) {
        return refuse(layout, count, "person_sum goes with least or below, and they with it",
                      error);
    }
    const SpLayoutColumn *year = sp_layout_find_role(layout, SP_ROLE_YEAR);
    return count->next == SP_NEXT_NONE || (year != NULL && year->form != NULL) ||
           refuse(layout, count,
                  "next: want a column of role year with a form such as {}-12-01, since what "
                  "follows is the interval between two days",
                  error);
}

gboolean sp_layout_check_count(const SpLayout *layout, const SpLayoutCount *count, GError **error)
{
    if (sp_layout_find(layout, count->name) != NULL) {
        return refuse(layout, count, "has the name of a column; give it another", error);
    }
    if (count->over != NULL) {
        return (is_measure(layout, count->over) && is_measure(layout, count->under)) ||
               refuse(layout, count, "over, under: want names of measures that are no ratios",
                      error);
    }
    return check_column(layout, count, error) && check_rows(layout, count, error);
}
