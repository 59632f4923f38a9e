/*
 * Layouts. Every key has one line in a list that says with which role it goes; what is not in the
 * list is an error, because a misspelt key that is passed over in silence makes a wrong table that
 * looks right.
 */
#include "core/layout.h"

#include "core/config.h"
#include "core/error.h"
#include "core/period.h"

#include <string.h>

/** Longer texts cannot stand for a status: looked up from a buffer of this size, NUL included. */
enum { MISSING_SIZE = 64, MAX_HEADER_ROWS = 100 };

typedef struct {
    const char *name;
    SpRole role;
} RoleName;

static const RoleName role_names[] = {
    {"region", SP_ROLE_REGION},     {"period", SP_ROLE_PERIOD}, {"age", SP_ROLE_AGE},
    {"code", SP_ROLE_CODE},         {"text", SP_ROLE_TEXT},     {"measure", SP_ROLE_MEASURE},
    {"contents", SP_ROLE_CONTENTS}, {"value", SP_ROLE_VALUE},   {"ignore", SP_ROLE_IGNORE},
};

#define ROLE_BIT(role) (1U << (guint)(role))
#define CODE_ROLES                                                                                 \
    (ROLE_BIT(SP_ROLE_REGION) | ROLE_BIT(SP_ROLE_PERIOD) | ROLE_BIT(SP_ROLE_AGE) |                 \
     ROLE_BIT(SP_ROLE_CODE) | ROLE_BIT(SP_ROLE_TEXT))
#define ALL_ROLES (ROLE_BIT(SP_ROLE_IGNORE + 1) - 1)

/** A key of [column ...] and the roles it goes with. */
typedef struct {
    const char *name;
    guint roles;
} ColumnKey;

static const ColumnKey column_keys[] = {
    {"as", ALL_ROLES & ~ROLE_BIT(SP_ROLE_IGNORE)},
    {"role", ALL_ROLES},
    {"form", CODE_ROLES},
    {"map", CODE_ROLES},
    {"classification", CODE_ROLES},
    {"key", CODE_ROLES},
    {"unit", ROLE_BIT(SP_ROLE_MEASURE)},
    {"additive", ROLE_BIT(SP_ROLE_MEASURE)},
    {"minimum", ROLE_BIT(SP_ROLE_MEASURE)},
    {"sign", ROLE_BIT(SP_ROLE_MEASURE) | ROLE_BIT(SP_ROLE_VALUE)},
};

typedef struct {
    const char *name;
    SpStatus status;
} StatusName;

static const StatusName status_names[] = {
    {"zero", SP_ZERO},       {"below_unit", SP_BELOW_UNIT}, {"not_applicable", SP_NOT_APPLICABLE},
    {"pending", SP_PENDING}, {"missing", SP_MISSING},       {"suppressed", SP_SUPPRESSED},
};

/** One section being read: what every message names. */
typedef struct {
    const char *layout;
    GKeyFile *file;
    const char *section;
} Reader;

/** Error "layout NAME: [SECTION] KEY is "VALUE", want WANT"; returns FALSE. */
static gboolean set_wrong(const Reader *reader, const char *key, const char *value,
                          const char *want, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG, "layout %s: [%s] %s is \"%s\", want %s",
                        reader->layout, reader->section, key, value, want);
}

/** The value of a key without blanks around it, owned by the caller; NULL if it is not there. */
static char *get(const Reader *reader, const char *key)
{
    char *value = g_key_file_get_value(reader->file, reader->section, key, NULL);
    return value == NULL ? NULL : g_strstrip(value);
}

/** Every key of the section must be in `allowed` (blank-separated words). */
static gboolean check_keys(const Reader *reader, const char *allowed, GError **error)
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

static gboolean is_column_name(const char *name)
{
    if (!g_ascii_islower(name[0])) {
        return FALSE;
    }
    for (const char *c = name; *c != '\0'; c++) {
        if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && *c != '_') {
            return FALSE;
        }
    }
    return TRUE;
}

/** A word that names a code list and so a file: nothing that could leave the folder. */
static gboolean is_list_name(const char *name)
{
    return name[0] != '\0' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(name);
}

/** {} or {+1} at least once, no other braces. */
static gboolean is_form(const char *form)
{
    gsize n_places = 0;
    for (const char *c = form; *c != '\0'; c++) {
        if (*c == '}') {
            return FALSE;
        }
        if (*c == '{') {
            if (g_str_has_prefix(c, "{}")) {
                c += 1;
            } else if (g_str_has_prefix(c, "{+1}")) {
                c += 3;
            } else {
                return FALSE;
            }
            n_places++;
        }
    }
    return n_places > 0;
}

static gboolean read_yes_no(const Reader *reader, const char *key, gboolean *value, GError **error)
{
    g_autofree char *text = get(reader, key);
    if (text == NULL) {
        return TRUE;
    }
    if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0) {
        return set_wrong(reader, key, text, "yes or no", error);
    }
    *value = text[0] == 'y';
    return TRUE;
}

/** A character written as itself or as a word, one of `allowed`. */
static gboolean read_character(const Reader *reader, const char *key, const char *allowed,
                               const char *want, char *value, GError **error)
{
    static const struct {
        const char *word;
        char character;
    } words[] = {{"tab", '\t'}, {"space", ' '}, {"semicolon", ';'}, {"comma", ','}};
    g_autofree char *text = get(reader, key);
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
        return set_wrong(reader, key, text, want, error);
    }
    *value = character;
    return TRUE;
}

static gboolean read_file(SpLayout *layout, const Reader *reader, GError **error)
{
    if (!check_keys(reader, "encoding delimiter decimal thousands header_rows", error)) {
        return FALSE;
    }
    g_autofree char *encoding = get(reader, "encoding");
    if (encoding != NULL) {
        if (strcmp(encoding, "UTF-8") != 0 && strcmp(encoding, "ISO-8859-1") != 0) {
            return set_wrong(reader, "encoding", encoding, "UTF-8 or ISO-8859-1", error);
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
    g_autofree char *rows = get(reader, "header_rows");
    if (rows != NULL) {
        gint64 n = 0;
        if (!sp_number_parse_int(rows, strlen(rows), &n) || n < 1 || n > MAX_HEADER_ROWS) {
            return set_wrong(reader, "header_rows", rows, "a whole number from 1 to 100", error);
        }
        layout->header_rows = (guint)n;
    }
    return TRUE;
}

static gboolean read_table(SpLayout *layout, const Reader *reader, GError **error)
{
    if (!check_keys(reader, "name division other_columns", error)) {
        return FALSE;
    }
    layout->table = get(reader, "name");
    if (layout->table != NULL && !is_column_name(layout->table)) {
        return set_wrong(reader, "name", layout->table,
                         "small letters, digits and _, a letter first", error);
    }
    layout->division = get(reader, "division");
    SpDay day = 0;
    if (layout->division != NULL && !sp_day_parse(layout->division, &day)) {
        return set_wrong(reader, "division", layout->division, "a day such as 2024-01-01", error);
    }
    g_autofree char *others = get(reader, "other_columns");
    if (others != NULL && strcmp(others, "ignore") != 0 && strcmp(others, "error") != 0) {
        return set_wrong(reader, "other_columns", others, "ignore or error", error);
    }
    layout->ignores_other_columns = others != NULL && others[0] == 'i';
    return TRUE;
}

static gboolean read_missing(SpLayout *layout, const Reader *reader, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(reader->file, reader->section, NULL, NULL);
    for (gsize i = 0; keys != NULL && keys[i] != NULL; i++) {
        g_autofree char *word = get(reader, keys[i]);
        const StatusName *found = NULL;
        for (gsize j = 0; j < G_N_ELEMENTS(status_names); j++) {
            if (strcmp(word, status_names[j].name) == 0) {
                found = &status_names[j];
            }
        }
        if (found == NULL) {
            return set_wrong(reader, keys[i], word,
                             "zero, below_unit, not_applicable, pending, missing or suppressed",
                             error);
        }
        if (strlen(keys[i]) >= MISSING_SIZE) {
            return set_wrong(reader, keys[i], word, "a sign of less than 64 bytes", error);
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

static void column_free(gpointer data)
{
    SpLayoutColumn *column = data;
    g_free(column->source);
    g_free(column->name);
    g_free(column->form);
    g_free(column->map);
    g_free(column->classification);
    g_free(column->unit);
    g_free(column->sign);
    g_free(column);
}

/** Name, unit, additive and minimum, in the same words for columns and measures. */
static gboolean read_measure_keys(SpLayoutColumn *column, const Reader *reader, GError **error)
{
    column->unit = get(reader, "unit");
    if (!read_yes_no(reader, "additive", &column->is_additive, error)) {
        return FALSE;
    }
    g_autofree char *minimum = get(reader, "minimum");
    if (minimum != NULL) {
        column->has_minimum = TRUE;
        if (!sp_number_parse(minimum, strlen(minimum), sp_number_plain, &column->minimum)) {
            return set_wrong(reader, "minimum", minimum, "a number with a decimal point", error);
        }
    }
    return TRUE;
}

static gboolean read_name(SpLayoutColumn *column, const Reader *reader, GError **error)
{
    column->name = get(reader, "as");
    if (column->name == NULL) {
        column->name = g_strdup(column->role == SP_ROLE_VALUE ? SP_LAYOUT_VALUE : column->source);
    }
    if (column->role == SP_ROLE_VALUE && strcmp(column->name, SP_LAYOUT_VALUE) != 0) {
        return set_wrong(reader, "as", column->name,
                         "\"" SP_LAYOUT_VALUE "\", as for every column of role value", error);
    }
    if (column->role != SP_ROLE_IGNORE && !is_column_name(column->name)) {
        return set_wrong(reader, "as", column->name,
                         "our name in small letters, digits and _, a letter first", error);
    }
    return TRUE;
}

static gboolean read_role(SpLayoutColumn *column, const Reader *reader, GError **error)
{
    g_autofree char *role = get(reader, "role");
    for (gsize i = 0; role != NULL && i < G_N_ELEMENTS(role_names); i++) {
        if (strcmp(role, role_names[i].name) == 0) {
            column->role = role_names[i].role;
            return TRUE;
        }
    }
    return set_wrong(reader, "role", role == NULL ? "" : role,
                     "region, period, age, code, text, measure, contents, value or ignore", error);
}

/** The keys must be known and go with the column's role. */
static gboolean check_column_keys(const SpLayoutColumn *column, const Reader *reader,
                                  GError **error)
{
    g_autoptr(GString) allowed = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(column_keys); i++) {
        if ((column_keys[i].roles & ROLE_BIT(column->role)) != 0) {
            g_string_append_printf(allowed, "%s%s", allowed->len > 0 ? " " : "",
                                   column_keys[i].name);
        }
    }
    if (!check_keys(reader, allowed->str, error)) {
        g_prefix_error(error, "role %s: ", role_names[column->role].name);
        return FALSE;
    }
    return TRUE;
}

static gboolean read_column(SpLayout *layout, const Reader *reader, const char *source,
                            GError **error)
{
    SpLayoutColumn *column = g_new0(SpLayoutColumn, 1);
    g_ptr_array_add(layout->columns, column);
    column->source = g_strdup(source);
    if (!read_role(column, reader, error) || !check_column_keys(column, reader, error) ||
        !read_name(column, reader, error) || !read_measure_keys(column, reader, error)) {
        return FALSE;
    }
    column->form = get(reader, "form");
    if (column->form != NULL && !is_form(column->form)) {
        return set_wrong(reader, "form", column->form, "a text with {} or {+1} in it", error);
    }
    column->map = get(reader, "map");
    if (column->map != NULL && !is_list_name(column->map)) {
        return set_wrong(reader, "map", column->map,
                         "the name of a list in config/codes, without path and .csv", error);
    }
    column->classification = get(reader, "classification");
    column->sign = get(reader, "sign");
    guint not_key = ROLE_BIT(SP_ROLE_TEXT) | ROLE_BIT(SP_ROLE_MEASURE) | ROLE_BIT(SP_ROLE_VALUE) |
                    ROLE_BIT(SP_ROLE_IGNORE);
    column->is_key = (not_key & ROLE_BIT(column->role)) == 0;
    return read_yes_no(reader, "key", &column->is_key, error);
}

static gboolean read_constant(SpLayout *layout, const Reader *reader, const char *name,
                              GError **error)
{
    SpLayoutColumn *column = g_new0(SpLayoutColumn, 1);
    g_ptr_array_add(layout->constants, column);
    column->role = SP_ROLE_CODE;
    column->is_key = TRUE;
    column->name = g_strdup(name);
    column->source = get(reader, "value");
    column->classification = get(reader, "classification");
    if (!check_keys(reader, "value classification", error)) {
        return FALSE;
    }
    if (!is_column_name(name)) {
        return set_wrong(reader, "constant", name,
                         "our name in small letters, digits and _, a letter first", error);
    }
    if (column->source == NULL || column->source[0] == '\0') {
        return set_wrong(reader, "value", "", "the code that stands in every row", error);
    }
    return TRUE;
}

static gboolean read_measure(SpLayout *layout, const Reader *reader, const char *code,
                             GError **error)
{
    SpLayoutColumn *column = g_new0(SpLayoutColumn, 1);
    g_ptr_array_add(layout->measures, column);
    column->role = SP_ROLE_MEASURE;
    column->source = g_strdup(code);
    return check_keys(reader, "as unit additive minimum", error) &&
           read_name(column, reader, error) && read_measure_keys(column, reader, error);
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

static gboolean read_section(SpLayout *layout, const Reader *reader, GError **error)
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
    if ((name = name_after(reader->section, "column")) != NULL) {
        return read_column(layout, reader, name, error);
    }
    if ((name = name_after(reader->section, "constant")) != NULL) {
        return read_constant(layout, reader, name, error);
    }
    if ((name = name_after(reader->section, "measure")) != NULL) {
        return read_measure(layout, reader, name, error);
    }
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "layout %s: unknown section [%s]; allowed: [file], [table], [missing], "
                        "[column SOURCE-NAME], "
                        "[constant NAME], [measure CODE]",
                        reader->layout, reader->section);
}

static guint count_role(const SpLayout *layout, SpRole role)
{
    guint n = 0;
    for (guint i = 0; i < layout->columns->len; i++) {
        n += ((const SpLayoutColumn *)layout->columns->pdata[i])->role == role;
    }
    return n;
}

/** No two columns of the table may have one name. `seen` holds those before. */
static gboolean check_names(const SpLayout *layout, const GPtrArray *columns, GHashTable *seen,
                            GError **error)
{
    for (guint i = 0; i < columns->len; i++) {
        const SpLayoutColumn *column = columns->pdata[i];
        if (column->role != SP_ROLE_IGNORE && !g_hash_table_add(seen, column->name)) {
            return sp_error_set(
                error, SP_ERROR_CONFIG,
                "layout %s: two columns become \"%s\"; give one of them another `as`", layout->name,
                column->name);
        }
    }
    return TRUE;
}

/** What no single section can tell. */
static gboolean check_whole(const SpLayout *layout, GError **error)
{
    if (layout->table == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: [table] has no `name`; name the table that comes out",
                            layout->name);
    }
    if (layout->columns->len == 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: no [column SOURCE-NAME]; name the columns of the source",
                            layout->name);
    }
    guint n_contents = count_role(layout, SP_ROLE_CONTENTS);
    guint n_values = count_role(layout, SP_ROLE_VALUE);
    if (n_contents != n_values || n_contents > 1 ||
        (n_contents == 1) != (layout->measures->len > 0)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: %u columns of role contents, %u of role value and %u "
                            "[measure CODE]; want one "
                            "of each role with at least one [measure CODE], or none at all",
                            layout->name, n_contents, n_values, layout->measures->len);
    }
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    return check_names(layout, layout->columns, seen, error) &&
           check_names(layout, layout->constants, seen, error) &&
           check_names(layout, layout->measures, seen, error);
}

static SpLayout *layout_new(const char *name)
{
    SpLayout *layout = g_new0(SpLayout, 1);
    layout->name = g_strdup(name);
    layout->encoding = g_strdup("UTF-8");
    layout->delimiter = ',';
    layout->number = sp_number_plain;
    layout->header_rows = 1;
    layout->columns = g_ptr_array_new_with_free_func(column_free);
    layout->constants = g_ptr_array_new_with_free_func(column_free);
    layout->measures = g_ptr_array_new_with_free_func(column_free);
    layout->missing = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    layout->empty = SP_MISSING;
    return layout;
}

static gboolean read_sections(SpLayout *layout, GKeyFile *file, GError **error)
{
    g_auto(GStrv) sections = g_key_file_get_groups(file, NULL);
    for (gsize i = 0; sections[i] != NULL; i++) {
        Reader reader = {.layout = layout->name, .file = file, .section = sections[i]};
        if (!read_section(layout, &reader, error)) {
            return FALSE;
        }
    }
    return check_whole(layout, error);
}

SpLayout *sp_layout_parse(const char *name, const char *text, GError **error)
{
    g_autofree char *origin = g_strconcat("layout ", name, NULL);
    g_autoptr(GKeyFile) file = sp_config_parse(origin, text, error);
    if (file == NULL) {
        return NULL;
    }
    SpLayout *layout = layout_new(name);
    if (!read_sections(layout, file, error)) {
        sp_layout_free(layout);
        return NULL;
    }
    return layout;
}

void sp_layout_free(SpLayout *layout)
{
    if (layout == NULL) {
        return;
    }
    g_free(layout->name);
    g_free(layout->encoding);
    g_free(layout->table);
    g_free(layout->division);
    g_ptr_array_unref(layout->columns);
    g_ptr_array_unref(layout->constants);
    g_ptr_array_unref(layout->measures);
    g_hash_table_unref(layout->missing);
    g_free(layout);
}

gboolean sp_layout_find_missing(const SpLayout *layout, const char *text, gsize size,
                                SpStatus *status)
{
    while (size > 0 && g_ascii_isspace(text[0])) {
        text++;
        size--;
    }
    while (size > 0 && g_ascii_isspace(text[size - 1])) {
        size--;
    }
    if (size == 0) {
        *status = layout->empty;
        return TRUE;
    }
    char sign[MISSING_SIZE];
    if (size >= sizeof sign || memchr(text, '\0', size) != NULL) {
        return FALSE;
    }
    memcpy(sign, text, size);
    sign[size] = '\0';
    if (g_hash_table_size(layout->missing) == 0) {
        return sp_status_find(sign, status);
    }
    gpointer found = NULL;
    if (!g_hash_table_lookup_extended(layout->missing, sign, NULL, &found)) {
        return FALSE;
    }
    *status = (SpStatus)GPOINTER_TO_UINT(found);
    return TRUE;
}
