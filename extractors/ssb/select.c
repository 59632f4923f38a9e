/* Expressions to codes. */
#include "extractors/ssb/select.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

typedef struct {
    const GPtrArray *all;
    gboolean is_time;
    gboolean *is_chosen; /* [all->len] */
} Choice;

static gboolean find(const GPtrArray *all, const char *code, guint *place)
{
    for (guint i = 0; i < all->len; i++) {
        if (g_ascii_strcasecmp(g_ptr_array_index(all, i), code) == 0) {
            *place = i;
            return TRUE;
        }
    }
    return FALSE;
}

/* Each expression: FALSE when its arguments are not right, or stand for nothing. */
static gboolean choose_some(Choice *choice, char **arguments, gboolean is_top)
{
    gint64 n = 0;
    gint64 offset = 0;
    if (!sp_number_parse_int(arguments[0], strlen(arguments[0]), &n) || n < 1 ||
        (arguments[1] != NULL &&
         (!sp_number_parse_int(arguments[1], strlen(arguments[1]), &offset) || offset < 0))) {
        return FALSE;
    }
    gint64 all = choice->all->len;
    gboolean is_from_end = is_top == choice->is_time;
    for (gint64 i = offset; i < all && i - offset < n; i++) {
        choice->is_chosen[is_from_end ? all - 1 - i : i] = TRUE;
    }
    return offset < all;
}

static gboolean choose_top(Choice *choice, char **arguments)
{
    return choose_some(choice, arguments, TRUE);
}

static gboolean choose_bottom(Choice *choice, char **arguments)
{
    return choose_some(choice, arguments, FALSE);
}

static gboolean choose_between(Choice *choice, guint first, guint last)
{
    for (guint i = first; i <= last && i < choice->all->len; i++) {
        choice->is_chosen[i] = TRUE;
    }
    return first <= last;
}

static gboolean choose_from(Choice *choice, char **arguments)
{
    guint first = 0;
    return arguments[1] == NULL && find(choice->all, arguments[0], &first) &&
           choose_between(choice, first, choice->all->len);
}

static gboolean choose_to(Choice *choice, char **arguments)
{
    guint last = 0;
    return arguments[1] == NULL && find(choice->all, arguments[0], &last) &&
           choose_between(choice, 0, last);
}

static gboolean choose_range(Choice *choice, char **arguments)
{
    guint first = 0;
    guint last = 0;
    return arguments[1] != NULL && find(choice->all, arguments[0], &first) &&
           find(choice->all, arguments[1], &last) && choose_between(choice, first, last);
}

static const struct {
    const char *start;
    gboolean (*choose)(Choice *choice, char **arguments);
} expressions[] = {
    {"top(", choose_top}, {"bottom(", choose_bottom}, {"from(", choose_from},
    {"to(", choose_to},   {"range(", choose_range},
};

static gboolean choose_masked(Choice *choice, const char *mask)
{
    gboolean is_any = FALSE;
    g_autofree char *lower = g_ascii_strdown(mask, -1);
    g_autoptr(GPatternSpec) pattern = g_pattern_spec_new(lower);
    for (guint i = 0; i < choice->all->len; i++) {
        g_autofree char *code = g_ascii_strdown(g_ptr_array_index(choice->all, i), -1);
        if (g_pattern_spec_match_string(pattern, code)) {
            choice->is_chosen[i] = TRUE;
            is_any = TRUE;
        }
    }
    return is_any;
}

/* *is_known: whether it is an expression at all. */
static gboolean choose_expression(Choice *choice, const char *code, gboolean *is_known)
{
    gsize size = strlen(code);
    for (gsize i = 0; i < G_N_ELEMENTS(expressions); i++) {
        gsize start = strlen(expressions[i].start);
        if (g_ascii_strncasecmp(code, expressions[i].start, start) == 0 && code[size - 1] == ')') {
            g_autofree char *inner = g_strndup(code + start, size - start - 1);
            g_auto(GStrv) arguments = g_strsplit(inner, ",", 2);
            *is_known = TRUE;
            return arguments[0] != NULL && expressions[i].choose(choice, arguments);
        }
    }
    *is_known = strchr(code, '(') == NULL;
    return *is_known && choose_masked(choice, code);
}

static gboolean choose(Choice *choice, const SpSsbVariable *variable, const char *code,
                       GError **error)
{
    guint place = 0;
    gboolean is_known = TRUE;
    if (!sp_ssb_is_expression(code)) {
        if (find(choice->all, code, &place)) {
            choice->is_chosen[place] = TRUE;
            return TRUE;
        }
    } else if (choose_expression(choice, code, &is_known)) {
        return TRUE;
    }
    if (!is_known) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "query: %s=%s is no expression; want *, from(), to(), range(), top() "
                            "or bottom()",
                            variable->name, code);
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s%s%s has no \"%s\"; the code is gone or wrong: correct the query",
                        variable->name, variable->codelist != NULL ? " by code list " : "",
                        variable->codelist != NULL ? variable->codelist : "", code);
}

SpSsbVariable *sp_ssb_select(const SpSsbVariable *variable, const GPtrArray *all, gboolean is_time,
                             GError **error)
{
    g_autofree gboolean *is_chosen = g_new0(gboolean, all->len);
    Choice choice = {all, is_time, is_chosen};
    for (guint i = 0; i < variable->codes->len; i++) {
        if (!choose(&choice, variable, g_ptr_array_index(variable->codes, i), error)) {
            return NULL;
        }
    }
    SpSsbVariable *made = sp_ssb_variable_new(variable->name, variable->codelist);
    for (guint i = 0; i < all->len; i++) {
        if (is_chosen[i]) {
            g_ptr_array_add(made->codes, g_strdup(g_ptr_array_index(all, i)));
        }
    }
    return made;
}
