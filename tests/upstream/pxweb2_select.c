/* The selection grammar of v2; the patterns of expressions are the server's own. */
#include "tests/upstream/pxweb2_select.h"

#include "core/number.h"

#include <string.h>

/* Codes to choose among: a variable's values, or the groups of a code list. */
typedef struct {
    FakeAxis *axis;
    const FakeCodelist *codelist; /* NULL: values */
} Source;

void fake_choice_free(gpointer data)
{
    FakeChoice *choice = data;
    g_free(choice->variable);
    g_free(choice->codelist);
    g_ptr_array_unref(choice->codes);
    g_free(choice);
}

FakeChoice *fake_choice_of(GPtrArray *choices, const char *variable)
{
    for (guint i = 0; i < choices->len; i++) {
        FakeChoice *choice = g_ptr_array_index(choices, i);
        if (g_ascii_strcasecmp(choice->variable, variable) == 0) {
            return choice;
        }
    }
    FakeChoice *choice = g_new0(FakeChoice, 1);
    choice->variable = g_strdup(variable);
    choice->codes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(choices, choice);
    return choice;
}

void fake_choice_split(FakeChoice *choice, const char *text)
{
    choice->is_given = TRUE;
    g_auto(GStrv) pieces = g_regex_split_simple(",(?=[^\\]]*(?:\\[|$))", text, 0, 0);
    for (char **piece = pieces; *piece != NULL; piece++) {
        char *code = g_strstrip(*piece);
        gsize size = strlen(code);
        if (size >= 2 && code[0] == '[' && code[size - 1] == ']') {
            code[size - 1] = '\0';
            code++;
        }
        if (*code != '\0') {
            g_ptr_array_add(choice->codes, g_strdup(code));
        }
    }
}

static guint n_codes(const Source *source)
{
    return source->codelist != NULL ? source->codelist->groups->len
                                    : source->axis->variable->values->len;
}

static const char *code_at(const Source *source, guint i)
{
    if (source->codelist != NULL) {
        return ((const FakeGroup *)g_ptr_array_index(source->codelist->groups, i))->code;
    }
    return ((const FakeValue *)g_ptr_array_index(source->axis->variable->values, i))->code;
}

static void add_at(const Source *source, guint i)
{
    if (source->codelist != NULL) {
        fake_axis_add_group(source->axis, g_ptr_array_index(source->codelist->groups, i));
    } else {
        fake_axis_add(source->axis, i);
    }
}

static gboolean find_code(const Source *source, const char *code, guint *place)
{
    for (guint i = 0; i < n_codes(source); i++) {
        if (g_ascii_strcasecmp(code_at(source, i), code) == 0) {
            *place = i;
            return TRUE;
        }
    }
    return FALSE;
}

static FakeSelected add_between(const Source *source, guint first, guint last)
{
    for (guint i = first; i <= last && i < n_codes(source); i++) {
        add_at(source, i);
    }
    return FAKE_SELECTED;
}

static guint number_of(const char *text)
{
    gint64 number = 0;
    sp_number_parse_int(text, strlen(text), &number);
    return (guint)CLAMP(number, 0, G_MAXINT32);
}

/* Newest first for the time variable, in the order of the list for all others. */
static FakeSelected add_some(const Source *source, char **arguments, gboolean is_top)
{
    guint all = n_codes(source);
    guint n = number_of(arguments[0]);
    guint offset = arguments[1] != NULL ? number_of(arguments[1]) : 0;
    gboolean is_from_end = is_top == (source->axis->variable->role == FAKE_TIME);
    for (guint i = offset; i < all && i - offset < n; i++) {
        add_at(source, is_from_end ? all - 1 - i : i);
    }
    return FAKE_SELECTED;
}

static FakeSelected add_top(const Source *source, char **arguments)
{
    return add_some(source, arguments, TRUE);
}

static FakeSelected add_bottom(const Source *source, char **arguments)
{
    return add_some(source, arguments, FALSE);
}

static FakeSelected add_from(const Source *source, char **arguments)
{
    guint place = 0;
    return find_code(source, arguments[0], &place) ? add_between(source, place, n_codes(source))
                                                   : FAKE_NO_VALUE;
}

static FakeSelected add_to(const Source *source, char **arguments)
{
    guint place = 0;
    return find_code(source, arguments[0], &place) ? add_between(source, 0, place) : FAKE_NO_VALUE;
}

static FakeSelected add_range(const Source *source, char **arguments)
{
    guint first = 0;
    guint last = 0;
    gboolean is_found = find_code(source, arguments[0], &first) && arguments[1] != NULL &&
                        find_code(source, arguments[1], &last);
    return is_found ? add_between(source, first, last) : FAKE_NO_VALUE;
}

static const struct {
    const char *start;
    const char *pattern;
    FakeSelected (*add)(const Source *source, char **arguments);
} expressions[] = {
    {"top(", "^(TOP\\([1-9]\\d*\\)|TOP\\([1-9]\\d*,[0-9]\\d*\\))$", add_top},
    {"bottom(", "^(BOTTOM\\([1-9]\\d*\\)|BOTTOM\\([1-9]\\d*,[0-9]\\d*\\))$", add_bottom},
    {"from(", "^(FROM\\(([^,]+)\\d*\\))$", add_from},
    {"to(", "^(TO\\(([^,]+)\\d*\\))$", add_to},
    {"range(", "^(RANGE\\(([^,]+)\\d*,([^,)]+)\\d*\\))$", add_range},
};

/* One '*' must be first or last, two must be both. */
static gboolean is_legal_mask(const char *mask)
{
    gsize size = strlen(mask);
    guint n = 0;
    for (const char *c = mask; *c != '\0'; c++) {
        n += *c == '*';
    }
    gboolean is_first = mask[0] == '*';
    gboolean is_last = mask[size - 1] == '*';
    return n == 0 || (n == 1 && (is_first || is_last)) || (n == 2 && is_first && is_last);
}

static FakeSelected add_masked(const Source *source, const char *mask)
{
    if (!is_legal_mask(mask)) {
        return FAKE_ILLEGAL_EXPRESSION;
    }
    g_autofree char *lower = g_ascii_strdown(mask, -1);
    gboolean is_any = FALSE;
    for (guint i = 0; i < n_codes(source); i++) {
        g_autofree char *code = g_ascii_strdown(code_at(source, i), -1);
        if (g_pattern_match_simple(lower, code)) {
            add_at(source, i);
            is_any = TRUE;
        }
    }
    return is_any ? FAKE_SELECTED : FAKE_NO_VALUE;
}

static FakeSelected add_code(const Source *source, const char *code)
{
    for (gsize i = 0; i < G_N_ELEMENTS(expressions); i++) {
        gsize size = strlen(expressions[i].start);
        if (g_ascii_strncasecmp(code, expressions[i].start, size) != 0) {
            continue;
        }
        if (!g_regex_match_simple(expressions[i].pattern, code, G_REGEX_CASELESS, 0)) {
            return FAKE_ILLEGAL_EXPRESSION;
        }
        g_autofree char *inner = g_strndup(code + size, strlen(code) - size - 1);
        g_auto(GStrv) arguments = g_strsplit(inner, ",", 2);
        return expressions[i].add(source, arguments);
    }
    if (strpbrk(code, "*?") != NULL) {
        return add_masked(source, code);
    }
    guint place = 0;
    if (!find_code(source, code, &place)) {
        return FAKE_NO_VALUE;
    }
    add_at(source, place);
    return FAKE_SELECTED;
}

/* The quirk of the server: the same code twice in a variable ends it. */
static gboolean has_repeats(const GPtrArray *codes)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < codes->len; i++) {
        if (!g_hash_table_add(seen, g_ascii_strdown(g_ptr_array_index(codes, i), -1))) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_mandatory(const FakeVariable *variable)
{
    return !variable->is_eliminable;
}

static FakeSelected apply(FakeCube *cube, const FakeChoice *choice)
{
    guint place = 0;
    if (fake_table_variable(cube->table, choice->variable, TRUE, &place) == NULL) {
        return FAKE_NO_VARIABLE;
    }
    Source source = {.axis = fake_cube_axis(cube, place)};
    if (choice->codelist != NULL && *choice->codelist != '\0') {
        source.codelist = fake_table_codelist(cube->table, choice->codelist);
        if (source.codelist == NULL || source.codelist->variable != source.axis->variable) {
            return FAKE_NO_CODELIST;
        }
    }
    if (choice->codes->len == 0) {
        return choice->is_given && is_mandatory(source.axis->variable) ? FAKE_ILLEGAL_SELECTION
                                                                       : FAKE_SELECTED;
    }
    if (has_repeats(choice->codes)) {
        return FAKE_REPEATED;
    }
    for (guint i = 0; i < choice->codes->len; i++) {
        FakeSelected selected = add_code(&source, g_ptr_array_index(choice->codes, i));
        if (selected != FAKE_SELECTED) {
            return selected;
        }
    }
    fake_axis_sort(source.axis);
    return FAKE_SELECTED;
}

/* What comes without any choice: the first contents, the newest period, the first value of what may
 * not be left out. */
static void select_default(FakeCube *cube)
{
    for (guint i = 0; i < cube->axes->len; i++) {
        FakeAxis *axis = fake_cube_axis(cube, i);
        if (is_mandatory(axis->variable) && axis->variable->values->len > 0) {
            fake_axis_add(axis,
                          axis->variable->role == FAKE_TIME ? axis->variable->values->len - 1 : 0);
        }
    }
}

FakeSelected fake_select2(FakeCube *cube, GPtrArray *choices)
{
    for (guint i = 0; i < choices->len; i++) {
        FakeSelected selected = apply(cube, g_ptr_array_index(choices, i));
        if (selected != FAKE_SELECTED) {
            return selected;
        }
    }
    if (choices->len == 0) {
        select_default(cube);
    }
    for (guint i = 0; i < cube->axes->len; i++) {
        FakeAxis *axis = fake_cube_axis(cube, i);
        if (axis->items->len == 0 && is_mandatory(axis->variable)) {
            return FAKE_MISSING_SELECTION;
        }
        if (axis->items->len == 0) {
            fake_axis_eliminate(axis);
        }
    }
    return FAKE_SELECTED;
}
