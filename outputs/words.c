/* The words of a package: everything a reader sees that is not a number or a layout. */
#include "outputs/words.h"

#include "core/error.h"
#include "core/number.h"
#include "core/period.h"

#include <math.h>
#include <string.h>

enum { DAY_LENGTH = 10, AGE_LENGTH = 3, BAND_LENGTH = 7, OPEN_AGE = 105, FREE_DIGITS = 4 };

struct SpWords {
    const SpPackage *package;
    GHashTable *regions;    /* code -> name, borrowed */
    GHashTable *indicators; /* id -> name, borrowed */
    SpUnits *units;
    char *notices;
    char day[SP_DAY_SIZE];
};

static void add_names(GHashTable *names, const SpTable *table, const char *code, const char *name)
{
    gsize code_column = sp_table_find(table, code);
    gsize name_column = sp_table_find(table, name);
    if (code_column == SP_NO_COLUMN || name_column == SP_NO_COLUMN) {
        return;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        /* Borrowed from the dictionaries, which live as long as their table. */
        g_hash_table_insert(names, (gpointer)sp_table_code(table, row, code_column),
                            (gpointer)sp_table_code(table, row, name_column));
    }
}

static char *join_notices(const SpPackage *package)
{
    g_autoptr(GString) joined = g_string_new(NULL);
    for (gsize i = 0; package->notices[i] != NULL; i++) {
        g_string_append_printf(
            joined, "%s%s", i > 0 ? " · " : "",
            sp_texts_find(package->texts, package->notices[i], package->language));
    }
    return g_string_free(g_steal_pointer(&joined), FALSE);
}

SpWords *sp_words_new(const SpPackage *package, GError **error)
{
    g_autoptr(SpWords) words = g_new0(SpWords, 1);
    g_autofree char *name = g_strconcat("name_", package->language, NULL);
    SpDay day = 0;
    words->package = package;
    words->regions = g_hash_table_new(g_str_hash, g_str_equal);
    words->indicators = g_hash_table_new(g_str_hash, g_str_equal);
    words->notices = join_notices(package);
    g_strlcpy(words->day, package->edition, DAY_LENGTH + 1);
    if (!sp_day_parse(words->day, &day)) {
        sp_error_set(error, SP_ERROR_BUG,
                     "%s: edition \"%s\" does not begin with a day (2026-02-25)", package->name,
                     package->edition);
        return NULL;
    }
    add_names(words->regions, package->regions, "region", "navn");
    if (package->indicators != NULL) {
        add_names(words->indicators, package->indicators, "id", name);
    }
    words->units = sp_units_new(package, error);
    return words->units != NULL ? g_steal_pointer(&words) : NULL;
}

void sp_words_free(SpWords *words)
{
    if (words == NULL) {
        return;
    }
    g_hash_table_unref(words->regions);
    g_hash_table_unref(words->indicators);
    sp_units_free(words->units);
    g_free(words->notices);
    g_free(words);
}

const SpPackage *sp_words_package(const SpWords *words)
{
    return words->package;
}

const SpUnits *sp_words_units(const SpWords *words)
{
    return words->units;
}

const char *sp_words_edition_day(const SpWords *words)
{
    return words->day;
}

const char *sp_words_notices(const SpWords *words)
{
    return words->notices;
}

const char *sp_words_text(const SpWords *words, const char *id)
{
    return sp_texts_find(words->package->texts, id, words->package->language);
}

const char *sp_words_find(const SpWords *words, const char *prefix, const char *name,
                          const char *suffix)
{
    g_autofree char *id = g_strconcat(prefix, name, suffix, NULL);
    return sp_texts_has(words->package->texts, id) ? sp_words_text(words, id) : NULL;
}

const char *sp_words_table(const SpWords *words, const SpTable *table)
{
    const char *title = sp_words_find(words, "table.", sp_table_name(table), "");
    return title != NULL ? title : sp_table_name(table);
}

char *sp_words_data_path(const SpTable *table)
{
    return g_strconcat("data/", sp_table_name(table), ".csv", NULL);
}

char *sp_words_column(const SpWords *words, const SpTable *table, gsize column)
{
    const char *name = sp_table_column(table, column)->name;
    g_autofree char *ending = g_strconcat(".", sp_table_name(table), NULL);
    const char *title = sp_words_find(words, "column.", name, ending);
    if (title == NULL) {
        title = sp_words_find(words, "column.", name, "");
    }
    return title != NULL ? g_strdup(title) : g_strconcat("column.", name, NULL);
}

char *sp_words_heading(const SpWords *words, const SpTable *table, gsize column)
{
    g_autofree char *title = sp_words_column(words, table, column);
    const char *unit = sp_units_of(words->units, table, column);
    if (unit == NULL || sp_units_is_of_indicator(unit) ||
        !sp_units_is_in_heading(words->units, unit)) {
        return g_steal_pointer(&title);
    }
    const char *text = sp_words_find(words, "unit.", unit, "");
    return g_strdup_printf("%s (%s)", title, text != NULL ? text : unit);
}

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

static char *word_day(SpDay day)
{
    return g_strdup_printf("%d.%d.%d", day % 100, day / 100 % 100, day / 10000);
}

static char *word_period(const SpWords *words, const char *code)
{
    SpPeriod period;
    if (!sp_period_parse(code, &period)) {
        return NULL;
    }
    g_autofree char *first = word_day(period.first);
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
        last = sp_day_parse(code + strlen(code) - DAY_LENGTH, &day) ? word_day(day)
                                                                    : word_day(period.last);
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

char *sp_words_edition(const SpWords *words)
{
    SpDay day = 0;
    gboolean is_day = sp_day_parse(words->day, &day);
    g_assert(is_day); /* sp_words_new has checked it */
    g_autofree char *worded = word_day(day);
    return g_strdup_printf("%s %s (%s)", sp_words_text(words, "page.edition"), worded,
                           words->package->edition);
}

char *sp_words_note(const SpWords *words, const SpTable *table)
{
    const char *note = sp_words_find(words, "table.", sp_table_name(table), ".note");
    const char *previous = words->package->previous;
    if (note == NULL || strcmp(sp_table_name(table), "endringer") != 0) {
        return g_strdup(note);
    }
    return previous == NULL
               ? g_strdup_printf("%s %s", note, sp_words_text(words, "page.no_previous"))
               : g_strdup_printf("%s %s %s.", note, sp_words_text(words, "page.previous"),
                                 previous);
}

static char *word_indicators(const SpWords *words, const char *codes)
{
    g_auto(GStrv) ids = g_strsplit(codes, " ", -1);
    g_autoptr(GString) worded = g_string_new(NULL);
    for (gsize i = 0; ids[i] != NULL; i++) {
        const char *text = g_hash_table_lookup(words->indicators, ids[i]);
        g_string_append_printf(worded, "%s%s", i > 0 ? "; " : "", text != NULL ? text : ids[i]);
    }
    return g_strdup(worded->str);
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

char *sp_words_code(const SpWords *words, const SpColumn *column, const char *code)
{
    const char *text = find_code(words, column, code, "");
    char *worded = NULL;
    /* The country is worded by the catalogue of texts, in either language; the table of regions has
     * proper names. */
    if (text == NULL && (sp_words_is_region(column) || strcmp(column->name, "omraade") == 0)) {
        text = g_hash_table_lookup(words->regions, code);
    } else if (text == NULL && sp_words_is_indicator(column)) {
        text = g_hash_table_lookup(words->indicators, code);
    } else if (text == NULL && sp_words_is_indicator_list(column)) {
        return word_indicators(words, code);
    }
    if (text != NULL && text[0] != '\0') {
        return g_strdup(text);
    }
    if (sp_words_is_period(column)) {
        worded = word_period(words, code);
    } else if (sp_words_is_age(column)) {
        worded = word_age(words, code);
    }
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

static guint free_decimals(double value)
{
    guint decimals = FREE_DIGITS - 1;
    if (fmod(value, 1.0) == 0.0) {
        return 0;
    }
    for (double size = fabs(value); size >= 10.0 && decimals > 0; size /= 10.0) {
        decimals--;
    }
    return decimals;
}

guint sp_words_decimals(double value, SpFigureForm form)
{
    return form.is_free ? free_decimals(value) : form.decimals;
}

const char *sp_words_figure(SpReal real, SpFigureForm form, char buffer[SP_FIGURE_SIZE])
{
    if (real.status != SP_PRESENT) {
        g_strlcpy(buffer, sp_status_sign((SpStatus)real.status), SP_FIGURE_SIZE);
        return buffer;
    }
    /* Canonical first: print and CSV then round the same number. */
    double value = sp_number_round(real.value);
    guint decimals = sp_words_decimals(value, form);
    gboolean is_share = form.is_percent && !form.is_in_percent;
    gsize length =
        sp_number_print(is_share ? sp_number_round(value * 100.0) : value, decimals, buffer);
    if (form.is_percent) {
        g_strlcpy(buffer + length, form.is_points ? "\u00a0%" SP_POINTS : "\u00a0%",
                  SP_FIGURE_SIZE - length);
    }
    return buffer;
}

static gboolean is_xml_character(gunichar c)
{
    return c == '\t' || c == '\n' || c == '\r' ||
           (c >= 0x20 && c != 0x7F && c != 0xFFFE && c != 0xFFFF);
}

/* Nearly all texts are, and are then only looked at. */
static gboolean is_clean(const char *text)
{
    gboolean is_ascii = TRUE;
    for (const char *c = text; *c != '\0'; c++) {
        is_ascii = is_ascii && *c >= ' ' && *c < 0x7F;
    }
    if (is_ascii) {
        return TRUE;
    }
    if (!g_utf8_validate(text, -1, NULL)) {
        return FALSE;
    }
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
        if (!is_xml_character(g_utf8_get_char(c))) {
            return FALSE;
        }
    }
    return TRUE;
}

char *sp_words_clean(const char *text)
{
    if (is_clean(text)) {
        return g_strdup(text);
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GString) clean = g_string_new(NULL);
    for (const char *c = valid; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar character = g_utf8_get_char(c);
        g_string_append_unichar(clean, is_xml_character(character) ? character : 0xFFFD);
    }
    return g_string_free(g_steal_pointer(&clean), FALSE);
}
