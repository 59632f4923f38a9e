/* Cuts and forms: one pass from left to right, no backtracking, so that no text can make it
 * slow. */
#include "core/code_form.h"

#include "core/number.h"

#include <string.h>

/* The place that begins here: its length in the cut, 0 if there is none. `size` is the number of
 * characters it takes, 0 for all up to what follows. */
static gsize place_at(const char *cut, gsize *size)
{
    *size = 0;
    if (g_str_has_prefix(cut, "{}")) {
        return strlen("{}");
    }
    if (cut[0] == '{' && cut[1] >= '1' && cut[1] <= '9' && cut[2] == '}') {
        *size = (gsize)(cut[1] - '0');
        return strlen("{4}");
    }
    return 0;
}

gsize sp_cut_n_places(const char *cut)
{
    gsize n = 0;
    gboolean is_open = FALSE; /* after {}: its end is not known */
    while (*cut != '\0') {
        gsize size = 0;
        gsize length = place_at(cut, &size);
        gboolean is_wrong = length == 0 && (*cut == '{' || *cut == '}');
        gboolean is_end = *cut == '*' && cut[1] == '\0';
        if (is_wrong || (*cut == '*' && !is_end) || (is_open && (length > 0 || is_end))) {
            return 0;
        }
        n += length > 0;
        is_open = length > 0 && size == 0;
        cut += MAX(length, 1);
    }
    return n <= SP_CUT_MOST_PLACES ? n : 0;
}

/* Bytes of the text that the place takes; 0 when it finds none. */
static gsize take_place(const char *text, gsize size, const char *after)
{
    gsize letters = strcspn(after, "{*");
    if (size > 0) {
        const char *end = text;
        for (gsize i = 0; i < size; i++) {
            if (*end == '\0') {
                return 0;
            }
            end = g_utf8_next_char(end);
        }
        return (gsize)(end - text);
    }
    if (after[letters] == '\0') { /* to the end, or to what the text must end in */
        gsize left = strlen(text);
        return left > letters ? left - letters : 0;
    }
    g_autofree char *until = g_strndup(after, letters);
    const char *end = strstr(text, until);
    return end != NULL ? (gsize)(end - text) : 0;
}

char **sp_cut_take(const char *cut, const char *text)
{
    g_autoptr(GStrvBuilder) parts = g_strv_builder_new();
    while (*cut != '\0' && strcmp(cut, "*") != 0) {
        gsize size = 0;
        gsize length = place_at(cut, &size);
        if (length == 0) {
            if (*cut != *text) {
                return NULL;
            }
            cut++;
            text++;
            continue;
        }
        gsize taken = take_place(text, size, cut + length);
        if (taken == 0) {
            return NULL;
        }
        g_autofree char *part = g_strndup(text, taken);
        g_strv_builder_add(parts, part);
        cut += length;
        text += taken;
    }
    return *cut == '*' || *text == '\0' ? g_strv_builder_end(parts) : NULL;
}

static gboolean is_padding(const char *place)
{
    return place[0] == '{' && place[1] == '0' && place[2] >= '2' && place[2] <= '9' &&
           place[3] == '}';
}

gboolean sp_form_is_valid(const char *form, gsize n_places)
{
    gsize n = 0;
    while (*form != '\0') {
        gsize part = 0;
        gsize length = place_at(form, &part);
        if (g_str_has_prefix(form, "{+1}") || is_padding(form)) {
            length = strlen("{+1}");
        }
        if (part > n_places || (length == 0 && (*form == '{' || *form == '}'))) {
            return FALSE;
        }
        n += length > 0;
        form += MAX(length, 1);
    }
    return n > 0;
}

/* Appends the code as a number, one more or with zeros before it; FALSE when it is none. */
static gboolean append_number(GString *text, const char *place, const char *code)
{
    gint64 number;
    gsize size = strlen(code);
    if (!sp_number_parse_int(code, size, &number)) {
        return FALSE;
    }
    if (place[1] == '+') {
        g_string_append_printf(text, "%" G_GINT64_FORMAT, number + 1);
        return TRUE;
    }
    for (gsize digits = (gsize)(place[2] - '0'); size < digits; size++) {
        g_string_append_c(text, '0');
    }
    g_string_append(text, code);
    return number >= 0;
}

char *sp_form_fill(const char *form, const char *code, const char *const parts[])
{
    g_autoptr(GString) text = g_string_new(NULL);
    while (*form != '\0') {
        gsize part = 0;
        gsize length = place_at(form, &part);
        if (part > 0 && parts == NULL) {
            return NULL;
        }
        if (part > 0) {
            g_string_append(text, parts[part - 1]);
        } else if (length > 0) {
            g_string_append(text, code);
        } else if (*form == '{') { /* sp_form_is_valid has seen to it that it is a number's */
            if (!append_number(text, form, code)) {
                return NULL;
            }
            length = strlen("{+1}");
        } else {
            g_string_append_c(text, *form);
        }
        form += MAX(length, 1);
    }
    return g_strdup(text->str);
}
