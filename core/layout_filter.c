/* Filters: which rows of a source the table is about, told by what stands in one of its columns. */
#include "core/layout_read.h"

#include <string.h>

void sp_layout_filter_free(SpLayoutFilter *filter)
{
    g_free(filter->source);
    g_strfreev(filter->codes);
    g_free(filter);
}

/* "253 254": codes parted by blanks or commas. */
static char **read_codes(const char *text)
{
    g_autoptr(GStrvBuilder) codes = g_strv_builder_new();
    g_auto(GStrv) words = g_strsplit_set(text, " ,\t", -1);
    for (char **word = words; *word != NULL; word++) {
        if (**word != '\0') {
            g_strv_builder_add(codes, *word);
        }
    }
    return g_strv_builder_end(codes);
}

gboolean sp_layout_read_filter(SpLayout *layout, const SpLayoutReader *reader, const char *source,
                               GError **error)
{
    static const char *const words[] = {"", "filled", "empty", NULL};
    g_autofree char *equals = sp_layout_get(reader, "equals");
    g_autofree char *others = sp_layout_get(reader, "not");
    guint is = 0;
    SpLayoutFilter *filter = g_new0(SpLayoutFilter, 1);
    g_ptr_array_add(layout->filters, filter);
    filter->source = g_strdup(source);
    if (!sp_layout_check_keys(reader, "equals not is", error) ||
        !sp_layout_read_word(reader, "is", words, &is, error)) {
        return FALSE;
    }
    if ((equals != NULL) + (others != NULL) + (is != 0) != 1) {
        return sp_layout_set_wrong(reader, "equals", equals != NULL ? equals : "",
                                   "codes of the source, or `not` and codes, or `is` and filled or "
                                   "empty: one of the three",
                                   error);
    }
    filter->codes = read_codes(equals != NULL ? equals : others != NULL ? others : "");
    filter->kind = equals != NULL   ? SP_FILTER_EQUALS
                   : others != NULL ? SP_FILTER_NOT
                   : is == 1        ? SP_FILTER_FILLED
                                    : SP_FILTER_EMPTY;
    return is != 0 || filter->codes[0] != NULL ||
           sp_layout_set_wrong(reader, equals != NULL ? "equals" : "not", "",
                               "codes of the source, parted by blanks", error);
}

gboolean sp_layout_lets_through(const SpLayoutFilter *filter, const char *text, gsize size)
{
    while (size > 0 && g_ascii_isspace(text[0])) {
        text++;
        size--;
    }
    while (size > 0 && g_ascii_isspace(text[size - 1])) {
        size--;
    }
    gboolean is_listed = FALSE;
    for (char **code = filter->codes; *code != NULL && !is_listed; code++) {
        is_listed = strlen(*code) == size && memcmp(*code, text, size) == 0;
    }
    switch (filter->kind) {
    case SP_FILTER_EQUALS:
        return is_listed;
    case SP_FILTER_NOT:
        return !is_listed;
    case SP_FILTER_FILLED:
        return size > 0;
    case SP_FILTER_EMPTY:
    default:
        return size == 0;
    }
}
