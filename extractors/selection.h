/**
 * The `query` of a dataset as every source of this house writes it: a blank-separated list of
 * NAME=CODES, CODES parted by commas. Blanks, commas and `=` inside double quotes or parentheses
 * belong to the word: "Fagskolens navn"=* Årstall=between(2019,2024). What a code means is the
 * source's own affair.
 */
#ifndef SP_EXTRACTORS_SELECTION_H
#define SP_EXTRACTORS_SELECTION_H

#include <glib.h>

typedef struct {
    char *name;
    char **codes; /* NULL-terminated, at least one */
} SpSelection;

/** SpSelection* in the order given; empty for a blank text. NULL with SP_ERROR_CONFIG: a piece that
 * is not NAME=CODES, an empty code, a name twice, quotes or parentheses that do not close, not
 * UTF-8. g_ptr_array_unref. */
GPtrArray *sp_selection_parse(const char *text, GError **error);

/** A list parted by commas, blanks around each item aside (names may hold blanks inside). Empty
 * items are left out. g_strfreev. */
char **sp_selection_list(const char *text);

/** "NAME" of "NAME(INNER)" when that is what the code is: *inner is set (g_free). */
gboolean sp_selection_call(const char *code, const char *name, char **inner);

#endif
