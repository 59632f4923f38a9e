/*
 * The sections of a layout. What is not in a list of allowed keys is an error, because a misspelt
 * key that is passed over in silence makes a wrong table that looks right.
 */
#include "core/layout_read.h"

#include "core/error.h"
#include "core/period.h"
#include "core/table.h"

#include <string.h>

enum { MAX_HEADER_ROWS = 100 };

/* Of core/quality; it stands beside the facts of every unit. */
#define QUALITY_TABLE "kvalitet"

typedef struct {
    const char *name;
    SpStatus status;
} StatusName;

static const StatusName status_names[] = {
    {"zero", SP_ZERO},       {"below_unit", SP_BELOW_UNIT}, {"not_applicable", SP_NOT_APPLICABLE},
    {"pending", SP_PENDING}, {"missing", SP_MISSING},       {"suppressed", SP_SUPPRESSED},
};

gboolean sp_layout_set_wrong(const SpLayoutReader *reader, const char *key, const char *value,
                             const char *want, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG, "layout %s: [%s] %s is \"%s\", want %s",
                        reader->layout, reader->section, key, value, want);
}

char *sp_layout_get(const SpLayoutReader *reader, const char *key)
{
    char *value = g_key_file_get_value(reader->file, reader->section, key, NULL);
    return value == NULL ? NULL : g_strstrip(value);
}

gboolean sp_layout_check_keys(const SpLayoutReader *reader, const char *allowed, GError **error)
{
    g_auto(GStrv) words = g_strsplit(allowed, " ", -1);
    g_auto(GStrv) keys = g_key_file_get_keys(reader->file, reader->section, NULL, NULL);
    for (gsize i = 0; keys != NULL && keys[i] != NULL; i++) {
        if (!g_strv_contains((const char *const *)words, keys[i])) {
            g_autofree char *list = g_strjoinv(", ", words);
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "layout %s: [%s] has the key \"%s\"; allowed here: %s",
                                reader->layout, reader->section, keys[i], list);
        }
    }
    return TRUE;
}

gboolean sp_layout_read_yes_no(const SpLayoutReader *reader, const char *key, gboolean *value,
                               GError **error)
{
    g_autofree char *text = sp_layout_get(reader, key);
    if (text == NULL) {
        return TRUE;
    }
    if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0) {
        return sp_layout_set_wrong(reader, key, text, "yes or no", error);
    }
    *value = text[0] == 'y';
    return TRUE;
}

gboolean sp_layout_read_word(const SpLayoutReader *reader, const char *key,
                             const char *const words[], guint *choice, GError **error)
{
    g_autofree char *text = sp_layout_get(reader, key);
    g_autoptr(GString) want = g_string_new(NULL);
    for (guint i = 0; words[i] != NULL; i++) {
        if (text == NULL || strcmp(text, words[i]) == 0) {
            *choice = text != NULL ? i : *choice;
            return TRUE;
        }
        g_string_append_printf(want, "%s%s",
                               i == 0                 ? ""
                               : words[i + 1] != NULL ? ", "
                                                      : " or ",
                               words[i]);
    }
    return sp_layout_set_wrong(reader, key, text, want->str, error);
}

/** A character written as itself or as a word, one of `allowed`. */
static gboolean read_character(const SpLayoutReader *reader, const char *key, const char *allowed,
                               const char *want, char *value, GError **error)
{
    static const struct {
        const char *word;
        char character;
    } words[] = {{"tab", '\t'}, {"space", ' '}, {"semicolon", ';'}, {"comma", ','}};
    g_autofree char *text = sp_layout_get(reader, key);
    if (text == NULL) {
        return TRUE;
    }
    char character = text[0];
    gboolean is_one = strlen(text) == 1;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(text, words[i].word) == 0) {
            character = words[i].character;
            is_one = TRUE;
        }
    }
    if (!is_one || strchr(allowed, character) == NULL) {
        return sp_layout_set_wrong(reader, key, text, want, error);
    }
    *value = character;
    return TRUE;
}

gboolean sp_layout_read_count_of(const SpLayoutReader *reader, const char *key, guint most,
                                 guint *value, GError **error)
{
    g_autofree char *text = sp_layout_get(reader, key);
    gint64 n = 0;
    if (text == NULL) {
        return TRUE;
    }
    if (!sp_number_parse_int(text, strlen(text), &n) || n < 1 || n > most) {
        g_autofree char *want = g_strdup_printf("a whole number from 1 to %u", most);
        return sp_layout_set_wrong(reader, key, text, want, error);
    }
    *value = (guint)n;
    return TRUE;
}

static gboolean read_file(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    if (!sp_layout_read_form(layout, reader, error)) {
        return FALSE;
    }
    g_autofree char *encoding = sp_layout_get(reader, "encoding");
    if (encoding != NULL) {
        if (strcmp(encoding, "UTF-8") != 0 && strcmp(encoding, "ISO-8859-1") != 0) {
            return sp_layout_set_wrong(reader, "encoding", encoding, "UTF-8 or ISO-8859-1", error);
        }
        g_free(layout->encoding);
        layout->encoding = g_steal_pointer(&encoding);
    }
    if (!read_character(reader, "delimiter", ",;\t |:!#$%&*/^~",
                        "one character (, ; | ...), tab, space, semicolon or comma",
                        &layout->delimiter, error) ||
        !read_character(reader, "decimal", ".,", ". or , (comma)", &layout->number.decimal,
                        error) ||
        !read_character(reader, "thousands", " .,'",
                        "space or one of . , ' (none: leave the key out)",
                        &layout->number.thousands, error)) {
        return FALSE;
    }
    if (layout->number.thousands == layout->number.decimal) {
        return sp_error_set(
            error, SP_ERROR_CONFIG,
            "layout %s: [file] decimal and thousands are the same character; correct one of them",
            layout->name);
    }
    return sp_layout_read_count_of(reader, "header_rows", MAX_HEADER_ROWS, &layout->header_rows,
                                   error);
}

/** "{+1}-06-01": the year or the one after it, and a day that every year has. */
static gboolean is_day_form(const char *form)
{
    SpDay day = 0;
    gboolean is_next = g_str_has_prefix(form, "{+1}-");
    if (!is_next && !g_str_has_prefix(form, "{}-")) {
        return FALSE;
    }
    g_autofree char *text = g_strconcat("2023", strchr(form, '}') + 1, NULL);
    return sp_day_parse(text, &day);
}

/** What is done with rows of one key. */
static gboolean read_same_key(const SpLayoutReader *reader, const char *key, SpSameKey *rule,
                              GError **error)
{
    static const char *const words[] = {
        [SP_SAME_ERROR] = "error", [SP_SAME_SUM] = "sum", [SP_SAME_ONCE] = "once", NULL};
    guint choice = SP_SAME_ERROR;
    if (!sp_layout_read_word(reader, key, words, &choice, error)) {
        return FALSE;
    }
    *rule = (SpSameKey)choice;
    return TRUE;
}

static gboolean read_table(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    if (!sp_layout_check_keys(
            reader,
            "name division provisional_from final_from repeats merged other_columns may_be_empty "
            "links_until",
            error)) {
        return FALSE;
    }
    layout->table = sp_layout_get(reader, "name");
    if (layout->table != NULL && !sp_table_is_column_name(layout->table)) {
        return sp_layout_set_wrong(reader, "name", layout->table,
                                   "small letters, digits and _, a letter first", error);
    }
    if (g_strcmp0(layout->table, QUALITY_TABLE) == 0) {
        return sp_layout_set_wrong(reader, "name", layout->table,
                                   "another name: this one is the quality report's", error);
    }
    layout->division = sp_layout_get(reader, "division");
    SpDay day = 0;
    if (layout->division != NULL && !sp_day_parse(layout->division, &day)) {
        return sp_layout_set_wrong(reader, "division", layout->division, "a day such as 2024-01-01",
                                   error);
    }
    layout->provisional_from = sp_layout_get(reader, "provisional_from");
    SpPeriod period;
    if (layout->provisional_from != NULL && !sp_period_parse(layout->provisional_from, &period)) {
        return sp_layout_set_wrong(reader, "provisional_from", layout->provisional_from,
                                   "a period such as 2025 or 2025-01-01", error);
    }
    layout->final_from = sp_layout_get(reader, "final_from");
    if (layout->final_from != NULL && !is_day_form(layout->final_from)) {
        return sp_layout_set_wrong(reader, "final_from", layout->final_from,
                                   "the form of a day such as {+1}-06-01", error);
    }
    static const char *const others[] = {"error", "ignore", NULL};
    guint other = 0;
    if (!read_same_key(reader, "repeats", &layout->repeats, error) ||
        !read_same_key(reader, "merged", &layout->merged, error) ||
        !sp_layout_read_word(reader, "other_columns", others, &other, error)) {
        return FALSE;
    }
    layout->ignores_other_columns = other == 1;
    layout->links_until = sp_layout_get(reader, "links_until");
    return sp_layout_read_yes_no(reader, "may_be_empty", &layout->may_be_empty, error);
}

static gboolean read_missing(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(reader->file, reader->section, NULL, NULL);
    for (gsize i = 0; keys != NULL && keys[i] != NULL; i++) {
        g_autofree char *word = sp_layout_get(reader, keys[i]);
        const StatusName *found = NULL;
        for (gsize j = 0; j < G_N_ELEMENTS(status_names); j++) {
            if (strcmp(word, status_names[j].name) == 0) {
                found = &status_names[j];
            }
        }
        if (found == NULL) {
            return sp_layout_set_wrong(
                reader, keys[i], word,
                "zero, below_unit, not_applicable, pending, missing or suppressed", error);
        }
        if (strlen(keys[i]) >= SP_LAYOUT_SIGN_SIZE) {
            return sp_layout_set_wrong(reader, keys[i], word, "a sign of less than 64 bytes",
                                       error);
        }
        if (strcmp(keys[i], "empty") == 0) {
            layout->empty = found->status;
        } else {
            g_hash_table_insert(layout->missing, g_strdup(keys[i]),
                                GUINT_TO_POINTER((guint)found->status));
        }
    }
    return TRUE;
}

static gboolean read_day(const SpLayoutReader *reader, const char *key, SpDay *day, GError **error)
{
    g_autofree char *text = sp_layout_get(reader, key);
    return (text != NULL && sp_day_parse(text, day)) ||
           sp_layout_set_wrong(reader, key, text != NULL ? text : "", "a day such as 2024-01-01",
                               error);
}

static gboolean read_exception(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    SpLayoutException *exception = g_new0(SpLayoutException, 1);
    SpDay division = 0;
    g_ptr_array_add(layout->exceptions, exception);
    exception->region = sp_layout_get(reader, "region");
    exception->stands_for = sp_layout_get(reader, "stands_for");
    exception->division = sp_layout_get(reader, "division");
    if (exception->region == NULL || exception->stands_for == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: [%s] needs region and stands_for, two codes of kommuner",
                            reader->layout, reader->section);
    }
    return sp_layout_check_keys(reader, "region stands_for from to division", error) &&
           read_day(reader, "from", &exception->from, error) &&
           read_day(reader, "to", &exception->to, error) &&
           read_day(reader, "division", &division, error);
}

/** "column X" gives X; NULL when the section is none of that kind or has no name. */
static const char *name_after(const char *section, const char *kind)
{
    gsize size = strlen(kind);
    if (strncmp(section, kind, size) != 0 || section[size] != ' ') {
        return NULL;
    }
    const char *name = section + size;
    name += strspn(name, " \t");
    return name[0] == '\0' ? NULL : name;
}

gboolean sp_layout_read_section(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    const char *name = NULL;
    if (strcmp(reader->section, "file") == 0) {
        return read_file(layout, reader, error);
    }
    if (strcmp(reader->section, "table") == 0) {
        return read_table(layout, reader, error);
    }
    if (strcmp(reader->section, "missing") == 0) {
        return read_missing(layout, reader, error);
    }
    if (strcmp(reader->section, "persons") == 0) {
        return TRUE; /* read before all others */
    }
    if ((name = name_after(reader->section, "column")) != NULL) {
        return sp_layout_read_column(layout, reader, name, error);
    }
    if (layout->persons == NULL && strcmp(reader->section, "spread") == 0) {
        return sp_layout_read_spread(layout, reader, error);
    }
    if (layout->persons == NULL && (name = name_after(reader->section, "copy")) != NULL) {
        return sp_layout_read_copy(layout, reader, name, error);
    }
    if ((name = name_after(reader->section, "constant")) != NULL) {
        return sp_layout_read_constant(layout, reader, name, error);
    }
    if ((name = name_after(reader->section, "measure")) != NULL) {
        return layout->persons != NULL ? sp_layout_read_count(layout, reader, name, error)
                                       : sp_layout_read_measure(layout, reader, name, error);
    }
    if ((name = name_after(reader->section, "filter")) != NULL) {
        return sp_layout_read_filter(layout, reader, name, error);
    }
    if (layout->persons == NULL && strcmp(reader->section, "flags") == 0) {
        return sp_layout_read_flags(layout, reader, error);
    }
    if (layout->persons == NULL && strcmp(reader->section, "answers") == 0) {
        return sp_layout_read_answers(layout, reader, error);
    }
    if (name_after(reader->section, "exception") != NULL) {
        return read_exception(layout, reader, error);
    }
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "layout %s: unknown section [%s]; allowed: [file], [table], [missing], "
                        "[flags], [column SOURCE-NAME], [constant NAME], [copy NAME], [spread], "
                        "[measure CODE], [filter SOURCE-NAME], [answers], [exception NAME]; "
                        "[persons]",
                        reader->layout, reader->section);
}
