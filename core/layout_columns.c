/*
 * The columns of a layout: [column], [constant] and [measure]. Every key has one line in a list
 * that says with which role it goes.
 */
#include "core/layout_read.h"

#include "core/code_form.h"
#include "core/error.h"
#include "core/table.h"

#include <string.h>

enum { MAX_FACTOR = 1000000, MAX_PLACE = 10000 };

typedef struct {
    const char *name;
    SpRole role;
} RoleName;

static const RoleName role_names[] = {
    {"region", SP_ROLE_REGION},   {"period", SP_ROLE_PERIOD},     {"age", SP_ROLE_AGE},
    {"code", SP_ROLE_CODE},       {"part", SP_ROLE_PART},         {"text", SP_ROLE_TEXT},
    {"measure", SP_ROLE_MEASURE}, {"contents", SP_ROLE_CONTENTS}, {"value", SP_ROLE_VALUE},
    {"spread", SP_ROLE_SPREAD},   {"ignore", SP_ROLE_IGNORE},
};

/* With [persons]. */
static const RoleName person_role_names[] = {
    {"region", SP_ROLE_REGION}, {"year", SP_ROLE_YEAR}, {"birth_year", SP_ROLE_BIRTH_YEAR},
    {"age", SP_ROLE_AGE},       {"code", SP_ROLE_CODE}, {"quantity", SP_ROLE_QUANTITY},
    {"ignore", SP_ROLE_IGNORE},
};

#define ROLE_BIT(role) (1U << (guint)(role))
#define CODE_ROLES                                                                                 \
    (ROLE_BIT(SP_ROLE_REGION) | ROLE_BIT(SP_ROLE_PERIOD) | ROLE_BIT(SP_ROLE_AGE) |                 \
     ROLE_BIT(SP_ROLE_CODE) | ROLE_BIT(SP_ROLE_TEXT))
#define ALL_ROLES (ROLE_BIT(SP_ROLE_IGNORE + 1) - 1)
#define PERSON_KEYS                                                                                \
    (ROLE_BIT(SP_ROLE_REGION) | ROLE_BIT(SP_ROLE_YEAR) | ROLE_BIT(SP_ROLE_BIRTH_YEAR) |            \
     ROLE_BIT(SP_ROLE_AGE) | ROLE_BIT(SP_ROLE_CODE))

/** A key of [column ...] and the roles it goes with. */
typedef struct {
    const char *name;
    guint roles;
} ColumnKey;

static const ColumnKey column_keys[] = {
    {"as", ALL_ROLES & ~(ROLE_BIT(SP_ROLE_IGNORE) | ROLE_BIT(SP_ROLE_SPREAD))},
    {"role", ALL_ROLES},
    {"code", ROLE_BIT(SP_ROLE_SPREAD)},
    {"cut", CODE_ROLES | ROLE_BIT(SP_ROLE_PART)},
    {"form", CODE_ROLES | ROLE_BIT(SP_ROLE_PART)},
    {"map", CODE_ROLES | ROLE_BIT(SP_ROLE_PART)},
    {"unmapped", CODE_ROLES},
    {"from", ALL_ROLES},
    {"size", ALL_ROLES},
    {"classification", CODE_ROLES},
    {"key", CODE_ROLES},
    {"empty", ROLE_BIT(SP_ROLE_CODE)},
    {"levels", ROLE_BIT(SP_ROLE_REGION) | ROLE_BIT(SP_ROLE_CODE)},
    {"unit", ROLE_BIT(SP_ROLE_MEASURE)},
    {"additive", ROLE_BIT(SP_ROLE_MEASURE)},
    {"minimum", ROLE_BIT(SP_ROLE_MEASURE)},
    {"multiply_by", ROLE_BIT(SP_ROLE_MEASURE)},
    {"sign", ROLE_BIT(SP_ROLE_MEASURE) | ROLE_BIT(SP_ROLE_VALUE)},
};

/* The same with [persons]. */
static const ColumnKey person_column_keys[] = {
    {"as", ALL_ROLES & ~ROLE_BIT(SP_ROLE_IGNORE)},
    {"role", ALL_ROLES},
    {"form", ROLE_BIT(SP_ROLE_YEAR) | ROLE_BIT(SP_ROLE_AGE) | ROLE_BIT(SP_ROLE_CODE)},
    {"map", ROLE_BIT(SP_ROLE_AGE) | ROLE_BIT(SP_ROLE_CODE)},
    {"classification", PERSON_KEYS},
    {"key", ROLE_BIT(SP_ROLE_AGE) | ROLE_BIT(SP_ROLE_BIRTH_YEAR) | ROLE_BIT(SP_ROLE_CODE)},
    {"band", ROLE_BIT(SP_ROLE_AGE) | ROLE_BIT(SP_ROLE_BIRTH_YEAR)},
    {"levels", PERSON_KEYS & ~ROLE_BIT(SP_ROLE_YEAR)},
    {"decimals", ROLE_BIT(SP_ROLE_QUANTITY)},
    {"minimum", ROLE_BIT(SP_ROLE_QUANTITY)},
    {"maximum", ROLE_BIT(SP_ROLE_QUANTITY)},
    {"optional", ROLE_BIT(SP_ROLE_QUANTITY)},
};

gboolean sp_layout_is_list_name(const char *name)
{
    return name[0] != '\0' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(name);
}

/** Name, unit, additive and minimum, in the same words for columns and measures. */
static gboolean read_measure_keys(SpLayoutColumn *column, const SpLayoutReader *reader,
                                  GError **error)
{
    column->unit = sp_layout_get(reader, "unit");
    if (!sp_layout_read_yes_no(reader, "additive", &column->is_additive, error)) {
        return FALSE;
    }
    g_autofree char *minimum = sp_layout_get(reader, "minimum");
    if (minimum != NULL) {
        column->has_minimum = TRUE;
        if (!sp_number_parse(minimum, strlen(minimum), sp_number_plain, &column->minimum)) {
            return sp_layout_set_wrong(reader, "minimum", minimum, "a number with a decimal point",
                                       error);
        }
    }
    guint factor = 0;
    if (!sp_layout_read_count_of(reader, "multiply_by", MAX_FACTOR, &factor, error)) {
        return FALSE;
    }
    column->factor = factor;
    return TRUE;
}

static gboolean read_name(SpLayoutColumn *column, const SpLayoutReader *reader, GError **error)
{
    column->name = sp_layout_get(reader, "as");
    if (column->name == NULL) {
        column->name = g_strdup(column->role == SP_ROLE_VALUE ? SP_LAYOUT_VALUE : column->source);
    }
    if (column->role == SP_ROLE_VALUE && strcmp(column->name, SP_LAYOUT_VALUE) != 0) {
        return sp_layout_set_wrong(reader, "as", column->name,
                                   "\"" SP_LAYOUT_VALUE "\", as for every column of role value",
                                   error);
    }
    gboolean is_column = column->role != SP_ROLE_IGNORE && column->role != SP_ROLE_SPREAD;
    if (is_column && !sp_table_is_column_name(column->name)) {
        return sp_layout_set_wrong(reader, "as", column->name,
                                   "our name in small letters, digits and _, a letter first",
                                   error);
    }
    return TRUE;
}

static gboolean read_role(SpLayoutColumn *column, const SpLayoutReader *reader, gboolean is_persons,
                          GError **error)
{
    const RoleName *names = is_persons ? person_role_names : role_names;
    gsize n = is_persons ? G_N_ELEMENTS(person_role_names) : G_N_ELEMENTS(role_names);
    g_autofree char *role = sp_layout_get(reader, "role");
    for (gsize i = 0; role != NULL && i < n; i++) {
        if (strcmp(role, names[i].name) == 0) {
            column->role = names[i].role;
            return TRUE;
        }
    }
    return sp_layout_set_wrong(
        reader, "role", role == NULL ? "" : role,
        is_persons ? "region, year, birth_year, age, code, quantity or ignore"
                   : "region, period, age, code, part, text, measure, contents, value, spread or "
                     "ignore",
        error);
}

/** The keys must be known and go with the column's role. */
static gboolean check_column_keys(const SpLayoutColumn *column, const SpLayoutReader *reader,
                                  gboolean is_persons, GError **error)
{
    const ColumnKey *keys = is_persons ? person_column_keys : column_keys;
    gsize n = is_persons ? G_N_ELEMENTS(person_column_keys) : G_N_ELEMENTS(column_keys);
    g_autoptr(GString) allowed = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        if ((keys[i].roles & ROLE_BIT(column->role)) != 0) {
            g_string_append_printf(allowed, "%s%s", allowed->len > 0 ? " " : "", keys[i].name);
        }
    }
    if (!sp_layout_check_keys(reader, allowed->str, error)) {
        g_autofree char *role = sp_layout_get(reader, "role");
        g_prefix_error(error, "role %s: ", role);
        return FALSE;
    }
    return TRUE;
}

static gboolean read_cut_and_form(SpLayoutColumn *column, const SpLayoutReader *reader,
                                  GError **error)
{
    column->cut = sp_layout_get(reader, "cut");
    column->form = sp_layout_get(reader, "form");
    gsize n_places = column->cut != NULL ? sp_cut_n_places(column->cut) : 0;
    if (column->cut != NULL && n_places == 0) {
        return sp_layout_set_wrong(
            reader, "cut", column->cut,
            "a text with {} (or {4}: four characters) in it, and * at the end if more may follow",
            error);
    }
    if (column->form != NULL && !sp_form_is_valid(column->form, n_places)) {
        return sp_layout_set_wrong(reader, "form", column->form,
                                   "a text with {}, {+1}, {04} or places of the cut ({1}) in it",
                                   error);
    }
    return n_places <= 1 || (column->form != NULL && column->map == NULL) ||
           sp_layout_set_wrong(reader, "cut", column->cut,
                               "a `form` beside it that puts its places together, and no `map`",
                               error);
}

/** What becomes of codes that are not in `map`. */
static gboolean read_unmapped(SpLayoutColumn *column, const SpLayoutReader *reader, GError **error)
{
    static const char *const words[] = {[SP_UNMAPPED_FINDING] = "finding",
                                        [SP_UNMAPPED_KEEP] = "keep",
                                        [SP_UNMAPPED_LEAVE_OUT] = "leave_out",
                                        NULL};
    guint choice = SP_UNMAPPED_FINDING;
    if (!sp_layout_read_word(reader, "unmapped", words, &choice, error)) {
        return FALSE;
    }
    column->unmapped = (SpUnmapped)choice;
    return column->unmapped == SP_UNMAPPED_FINDING || column->map != NULL ||
           sp_layout_set_wrong(reader, "unmapped", words[choice], "a `map` beside it", error);
}

/** What the keys of all code columns say: cut, form, map, unmapped, classification. */
static gboolean read_code_keys(SpLayoutColumn *column, const SpLayoutReader *reader, GError **error)
{
    column->map = sp_layout_get(reader, "map");
    if (column->map != NULL && !sp_layout_is_list_name(column->map)) {
        return sp_layout_set_wrong(reader, "map", column->map,
                                   "the name of a list in config/codes, without path and .csv",
                                   error);
    }
    column->classification = sp_layout_get(reader, "classification");
    return read_cut_and_form(column, reader, error) && read_unmapped(column, reader, error);
}

gboolean sp_layout_read_column(SpLayout *layout, const SpLayoutReader *reader, const char *source,
                               GError **error)
{
    SpLayoutColumn *column = g_new0(SpLayoutColumn, 1);
    g_ptr_array_add(layout->columns, column);
    column->source = g_strdup(source);
    gboolean is_persons = layout->persons != NULL;
    if (!read_role(column, reader, is_persons, error) ||
        !check_column_keys(column, reader, is_persons, error) ||
        !read_name(column, reader, error) ||
        (!is_persons && !read_measure_keys(column, reader, error)) ||
        !read_code_keys(column, reader, error)) {
        return FALSE;
    }
    if (!sp_layout_read_count_of(reader, "from", MAX_PLACE, &column->from, error) ||
        !sp_layout_read_count_of(reader, "size", MAX_PLACE, &column->size, error)) {
        return FALSE;
    }
    column->code = sp_layout_get(reader, "code");
    if (column->role == SP_ROLE_SPREAD && column->code == NULL) {
        return sp_layout_set_wrong(reader, "code", "", "the code that the figures are of", error);
    }
    column->sign = sp_layout_get(reader, "sign");
    guint not_key = ROLE_BIT(SP_ROLE_TEXT) | ROLE_BIT(SP_ROLE_MEASURE) | ROLE_BIT(SP_ROLE_VALUE) |
                    ROLE_BIT(SP_ROLE_QUANTITY) | ROLE_BIT(SP_ROLE_SPREAD) |
                    ROLE_BIT(SP_ROLE_IGNORE);
    column->is_key = (not_key & ROLE_BIT(column->role)) == 0;
    if (!sp_layout_read_yes_no(reader, "key", &column->is_key, error) ||
        !sp_layout_read_yes_no(reader, "empty", &column->may_be_empty, error)) {
        return FALSE;
    }
    if (is_persons) {
        return sp_layout_read_person_column(column, reader, error);
    }
    if (!g_key_file_has_key(reader->file, reader->section, "levels", NULL)) {
        return TRUE;
    }
    return column->is_key
               ? sp_layout_read_levels(column, reader, error)
               : sp_layout_set_wrong(reader, "levels", "", "no such key with key = no", error);
}

/** A code column that is made of another: its role must be one of `roles`. */
static gboolean read_made_column(SpLayoutColumn *column, const SpLayoutReader *reader, guint roles,
                                 GError **error)
{
    return read_role(column, reader, FALSE, error) &&
           ((roles & ROLE_BIT(column->role)) != 0 ||
            sp_layout_set_wrong(reader, "role", "", "region, period, age or code (or text)",
                                error)) &&
           read_name(column, reader, error) && read_code_keys(column, reader, error);
}

gboolean sp_layout_read_copy(SpLayout *layout, const SpLayoutReader *reader, const char *name,
                             GError **error)
{
    SpLayoutColumn *column = g_new0(SpLayoutColumn, 1);
    g_ptr_array_add(layout->columns, column);
    column->source = g_strdup(name); /* what read_name falls back on, and its messages name */
    if (!sp_layout_check_keys(reader, "of role cut form map unmapped classification key", error) ||
        !read_made_column(column, reader, CODE_ROLES, error)) {
        return FALSE;
    }
    g_free(column->source);
    column->source = sp_layout_get(reader, "of");
    if (column->source == NULL) {
        return sp_layout_set_wrong(reader, "of", "", "the name of a column of the source", error);
    }
    column->is_key = column->role != SP_ROLE_TEXT;
    return sp_layout_read_yes_no(reader, "key", &column->is_key, error);
}

gboolean sp_layout_read_spread(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    SpLayoutColumn *key = g_new0(SpLayoutColumn, 1);
    SpLayoutColumn *measure = g_new0(SpLayoutColumn, 1);
    g_ptr_array_add(layout->columns, key);
    g_ptr_array_add(layout->columns, measure);
    key->source = g_strdup("spread");
    key->is_key = TRUE;
    key->is_spread = TRUE;
    measure->source = g_strdup("spread");
    measure->role = SP_ROLE_MEASURE;
    measure->is_spread = TRUE;
    measure->name = sp_layout_get(reader, "measure");
    if (measure->name == NULL || !sp_table_is_column_name(measure->name)) {
        return sp_layout_set_wrong(reader, "measure", measure->name != NULL ? measure->name : "",
                                   "our name of the figures", error);
    }
    return sp_layout_check_keys(reader,
                                "as role cut form map unmapped classification measure unit "
                                "additive minimum multiply_by",
                                error) &&
           read_made_column(key, reader, CODE_ROLES & ~ROLE_BIT(SP_ROLE_TEXT), error) &&
           read_measure_keys(measure, reader, error);
}

gboolean sp_layout_read_constant(SpLayout *layout, const SpLayoutReader *reader, const char *name,
                                 GError **error)
{
    SpLayoutColumn *column = g_new0(SpLayoutColumn, 1);
    g_ptr_array_add(layout->constants, column);
    column->role = SP_ROLE_CODE;
    column->is_key = TRUE;
    column->name = g_strdup(name);
    column->source = sp_layout_get(reader, "value");
    column->classification = sp_layout_get(reader, "classification");
    if (!sp_layout_check_keys(reader, "value classification key", error) ||
        !sp_layout_read_yes_no(reader, "key", &column->is_key, error)) {
        return FALSE;
    }
    if (!sp_table_is_column_name(name)) {
        return sp_layout_set_wrong(reader, "constant", name,
                                   "our name in small letters, digits and _, a letter first",
                                   error);
    }
    if (column->source == NULL || column->source[0] == '\0') {
        return sp_layout_set_wrong(reader, "value", "", "the code that stands in every row", error);
    }
    return TRUE;
}

gboolean sp_layout_read_measure(SpLayout *layout, const SpLayoutReader *reader, const char *code,
                                GError **error)
{
    SpLayoutColumn *column = g_new0(SpLayoutColumn, 1);
    g_ptr_array_add(layout->measures, column);
    column->role = SP_ROLE_MEASURE;
    column->source = g_strdup(code);
    return sp_layout_check_keys(reader, "as unit additive minimum multiply_by", error) &&
           read_name(column, reader, error) && read_measure_keys(column, reader, error);
}
