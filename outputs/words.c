/* The words of a package: everything a reader sees that is not a number or a layout. */
#include "outputs/words_parts.h"

#include "core/error.h"
#include "core/number.h"

#include <math.h>
#include <string.h>

enum {
    DAY_LENGTH = 10,
    FREE_DIGITS = 4,
    LEAD_SENTENCES = 2,
    LEAST_REST = 160 /* bytes of a note that are worth a place of their own */
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

/* One code of a column may be two professions in two tables: such a column has the list "". */
static void add_lists(GHashTable *lists, const SpTable *table)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        const char *own = column->classification != NULL ? column->classification : column->name;
        g_autofree char *list = g_strndup(own, strcspn(own, "@"));
        const char *known = g_hash_table_lookup(lists, column->name);
        if (column->kind == SP_COLUMN_CODE && (known == NULL || strcmp(known, list) != 0)) {
            g_hash_table_insert(lists, g_strdup(column->name), g_strdup(known == NULL ? list : ""));
        }
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
    words->lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
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
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        add_lists(words->lists, sp_tables_at(package->tables, i));
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
    g_hash_table_unref(words->lists);
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

char *sp_words_edition(const SpWords *words)
{
    SpDay day = 0;
    gboolean is_day = sp_day_parse(words->day, &day);
    g_assert(is_day); /* sp_words_new has checked it */
    g_autofree char *worded = sp_words_day(day);
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

char *sp_words_lead(const char *note, const char **rest)
{
    guint n = 0;
    *rest = note + strlen(note);
    for (const char *at = strstr(note, ". "); at != NULL; at = strstr(at + 2, ". ")) {
        n += g_unichar_isupper(g_utf8_get_char(at + 2)) ? 1 : 0;
        if (n == LEAD_SENTENCES) {
            if (strlen(at) < LEAST_REST) {
                break;
            }
            *rest = at + 2;
            return g_strndup(note, (gsize)(at - note) + 1);
        }
    }
    return g_strdup(note);
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
    if ((real.status == SP_ZERO || real.status == SP_BELOW_UNIT) && form.answers != NULL) {
        g_strlcpy(buffer, form.answers[0], SP_FIGURE_SIZE);
        return buffer;
    }
    if (real.status != SP_PRESENT) {
        g_strlcpy(buffer, sp_status_sign((SpStatus)real.status), SP_FIGURE_SIZE);
        return buffer;
    }
    if (form.answers != NULL && real.value == 1.0) {
        g_strlcpy(buffer, form.answers[1], SP_FIGURE_SIZE);
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
