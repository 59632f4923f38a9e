/* Codes of columns in words. */
#include "outputs/words_parts.h"

#include "core/number.h"
#include "core/period.h"

#include <string.h>

enum { DAY_LENGTH = 10, AGE_LENGTH = 3, BAND_LENGTH = 7, OPEN_AGE = 105 };

/* "kommune@2024-01-01" is a code of the list kommune, whatever its version. */
static gboolean is_of(const SpColumn *column, const char *list)
{
    const char *own = column->classification != NULL ? column->classification : column->name;
    gsize length = strcspn(own, "@");
    return strlen(list) == length && strncmp(own, list, length) == 0;
}

gboolean sp_words_is_region(const SpColumn *column)
{
    return column->kind == SP_COLUMN_CODE && (strcmp(column->name, "region") == 0 ||
                                              is_of(column, "kommune") || is_of(column, "region"));
}

gboolean sp_words_is_period(const SpColumn *column)
{
    return column->kind == SP_COLUMN_CODE &&
           (strcmp(column->name, "period") == 0 || is_of(column, "period"));
}

gboolean sp_words_is_day(const SpColumn *column)
{
    return column->kind == SP_COLUMN_CODE && strcmp(column->name, "oppdatert") == 0;
}

gboolean sp_words_is_row(const SpColumn *column)
{
    return column->kind == SP_COLUMN_CODE &&
           (strcmp(column->name, "noekkel") == 0 || strcmp(column->name, "rad") == 0);
}

gboolean sp_words_is_indicator(const SpColumn *column)
{
    return column->kind == SP_COLUMN_CODE && strcmp(column->name, "indikator") == 0;
}

gboolean sp_words_is_indicator_list(const SpColumn *column)
{
    return column->kind == SP_COLUMN_CODE && is_of(column, "indikator") &&
           !sp_words_is_indicator(column);
}

gboolean sp_words_is_notice(const SpColumn *column)
{
    return column->kind == SP_COLUMN_CODE && strcmp(column->name, "merknad") == 0;
}

gboolean sp_words_is_age(const SpColumn *column)
{
    return column->kind == SP_COLUMN_CODE &&
           (strcmp(column->name, "alder") == 0 || is_of(column, "alder"));
}

static gboolean parse_age(const char *text, gint64 *age)
{
    return strspn(text, "0123456789") >= AGE_LENGTH && sp_number_parse_int(text, AGE_LENGTH, age);
}

gboolean sp_words_is_one_year(const SpColumn *column, const char *code)
{
    gint64 age = 0;
    return sp_words_is_age(column) && strlen(code) == AGE_LENGTH && parse_age(code, &age);
}

/* "067" and "067-079"; NULL for any other text. The highest age of a table is open, and a band that
 * reaches it is too. */
static char *word_age(const SpWords *words, const char *code)
{
    gint64 first = 0;
    gint64 last = 0;
    gboolean is_band = strlen(code) == BAND_LENGTH && code[AGE_LENGTH] == '-';
    if (!(is_band || strlen(code) == AGE_LENGTH) || !parse_age(code, &first) ||
        !parse_age(is_band ? code + AGE_LENGTH + 1 : code, &last)) {
        return NULL;
    }
    if (last >= OPEN_AGE) {
        return g_strdup_printf("%d %s", (int)first, sp_words_text(words, "page.aar_og_eldre"));
    }
    if (first == last) {
        return g_strdup_printf("%d %s", (int)first, sp_words_text(words, "page.aar"));
    }
    return g_strdup_printf("%d–%d %s", (int)first, (int)last, sp_words_text(words, "page.aar"));
}

char *sp_words_day(SpDay day)
{
    return g_strdup_printf("%d.%d.%d", day % 100, day / 100 % 100, day / 10000);
}

static char *word_period(const SpWords *words, const char *code)
{
    SpPeriod period;
    if (!sp_period_parse(code, &period)) {
        return NULL;
    }
    g_autofree char *first = sp_words_day(period.first);
    g_autofree char *last = NULL;
    int year = sp_day_year(period.first);
    switch (period.kind) {
    case SP_PERIOD_DATE:
        return g_steal_pointer(&first);
    case SP_PERIOD_HALF_YEAR:
        return g_strdup_printf("%c. %s %d", code[strlen(code) - 1],
                               sp_words_text(words, "page.halvaar"), year);
    case SP_PERIOD_QUARTER:
        return g_strdup_printf("%c. %s %d", code[strlen(code) - 1],
                               sp_words_text(words, "page.kvartal"), year);
    case SP_PERIOD_INTERVAL: {
        /* The code names both stock dates; the parsed last day need not be the second of them. */
        SpDay day = 0;
        last = sp_day_parse(code + strlen(code) - DAY_LENGTH, &day) ? sp_words_day(day)
                                                                    : sp_words_day(period.last);
        return g_strdup_printf("%s–%s", first, last);
    }
    case SP_PERIOD_MOVING_MEAN:
        return g_strdup_printf("%d–%d", year, sp_day_year(period.last));
    case SP_PERIOD_YEAR:
    case SP_PERIOD_MONTH:
    case SP_PERIOD_SCHOOL_YEAR:
        break;
    }
    return g_strdup(code);
}

/* The catalogue's text of a code, by its classification or by its column; NULL if none. */
static const char *find_code(const SpWords *words, const SpColumn *column, const char *code,
                             const char *ending)
{
    const char *list = column->classification != NULL ? column->classification : column->name;
    g_autofree char *name = g_strndup(list, strcspn(list, "@"));
    g_autofree char *id = g_strconcat("code.", name, ".", NULL);
    g_autofree char *column_id = g_strconcat("code.", column->name, ".", NULL);
    const char *text = sp_words_find(words, id, code, ending);
    return text != NULL ? text : sp_words_find(words, column_id, code, ending);
}

const char *sp_words_code_note(const SpWords *words, const SpColumn *column, const char *code)
{
    return find_code(words, column, code, ".note");
}

/* Codes with a blank between them: indicators, or what a key sentence is made of. */
static char *word_list(const SpWords *words, const SpColumn *column, const char *codes)
{
    g_auto(GStrv) each = g_strsplit(codes, " ", -1);
    g_autoptr(GString) worded = g_string_new(NULL);
    for (gsize i = 0; each[i] != NULL; i++) {
        const char *text = sp_words_is_indicator_list(column)
                               ? g_hash_table_lookup(words->indicators, each[i])
                               : find_code(words, column, each[i], "");
        g_string_append_printf(worded, "%s%s", i > 0 ? "; " : "", text != NULL ? text : each[i]);
    }
    return g_strdup(worded->str);
}

/* "region=0301 period=2024": each column's title and its code in words. A code may hold blanks. */
static char *word_row(const SpWords *words, const char *row)
{
    g_auto(GStrv) parts = g_strsplit(row, " ", -1);
    g_autoptr(GString) worded = g_string_new(NULL);
    for (gsize i = 0; parts[i] != NULL; i++) {
        char *equals = strchr(parts[i], '=');
        if (equals == NULL) {
            return NULL;
        }
        *equals = '\0';
        g_autoptr(GString) code = g_string_new(equals + 1);
        const char *name = parts[i];
        const char *title = sp_words_find(words, "column.", name, "");
        while (parts[i + 1] != NULL && strchr(parts[i + 1], '=') == NULL) {
            g_string_append_printf(code, " %s", parts[++i]);
        }
        const SpColumn column = {.name = name,
                                 .kind = SP_COLUMN_CODE,
                                 .classification = g_hash_table_lookup(words->lists, name)};
        const gboolean is_known = g_strcmp0(column.classification, "") != 0 ||
                                  sp_words_is_region(&column) || sp_words_is_period(&column) ||
                                  sp_words_is_age(&column);
        g_autofree char *text = is_known ? sp_words_code(words, &column, code->str) : NULL;
        g_string_append_printf(worded, "%s%s: %s", worded->len > 0 ? "; " : "",
                               title != NULL ? title : name, is_known ? text : code->str);
    }
    return g_strdup(worded->str);
}

/* What has no text of its own, by what its column holds; NULL if nothing is known. */
static char *word_by_kind(const SpWords *words, const SpColumn *column, const char *code)
{
    if (sp_words_is_period(column) || sp_words_is_day(column)) {
        return word_period(words, code);
    }
    if (sp_words_is_age(column)) {
        return word_age(words, code);
    }
    if (sp_words_is_indicator_list(column) || strcmp(column->name, "variant") == 0) {
        return word_list(words, column, code);
    }
    if (sp_words_is_row(column)) {
        return word_row(words, code);
    }
    if (strcmp(column->name, "tabell") == 0) {
        return g_strdup(sp_words_find(words, "table.", code, ""));
    }
    /* A change tells of a measure, an explanation of a column. */
    if (strcmp(column->name, "maal") == 0 || strcmp(column->name, "slag") == 0) {
        return g_strdup(sp_words_find(words, "column.", code, ""));
    }
    return NULL;
}

char *sp_words_code(const SpWords *words, const SpColumn *column, const char *code)
{
    const char *text = find_code(words, column, code, "");
    /* The country is worded by the catalogue of texts, in either language; the table of regions has
     * proper names. */
    if (text == NULL && (sp_words_is_region(column) || strcmp(column->name, "omraade") == 0)) {
        text = g_hash_table_lookup(words->regions, code);
    } else if (text == NULL && sp_words_is_indicator(column)) {
        text = g_hash_table_lookup(words->indicators, code);
    }
    if (text != NULL && text[0] != '\0') {
        return g_strdup(text);
    }
    char *worded = word_by_kind(words, column, code);
    return worded != NULL ? worded : g_strdup(code);
}

char **sp_words_labels(const SpWords *words, const SpTable *table, gsize column)
{
    const SpCodes *codes = sp_table_codes(table, column);
    guint32 n = sp_codes_size(codes);
    char **labels = g_new0(char *, (gsize)n + 1);
    for (guint32 i = 0; i < n; i++) {
        labels[i] = sp_words_code(words, sp_table_column(table, column), sp_codes_text(codes, i));
    }
    return labels;
}
