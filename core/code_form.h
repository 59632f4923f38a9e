/**
 * How a layout takes the source's text apart (`cut`) and puts a code of ours together (`form`).
 *
 * A cut is what the text looks like: letters that stand as they are, and places. {} is all up to
 * what follows in the cut, {4} is four characters, and * at the end is anything more. "K-{} *"
 * finds 3101 in "K-3101 Halden"; "{4}{2}" finds 2022 and 23 in "202223".
 *
 * A form is what comes out: letters, and places. {} is the code, {1} to {9} are the cut's places in
 * their order, {+1} is the code as a whole number and one more, {04} is it with zeros before it to
 * four digits ({02} to {09}).
 */
#ifndef SP_CORE_CODE_FORM_H
#define SP_CORE_CODE_FORM_H

#include <glib.h>

enum { SP_CUT_MOST_PLACES = 9 };

/** The places of a cut; 0 for a text that is none. */
gsize sp_cut_n_places(const char *cut);
/** What stands in the places of `cut` in a text, NULL-terminated; NULL when the text is of another
 * form, or a place would be empty. g_strfreev. */
char **sp_cut_take(const char *cut, const char *text);

/** TRUE for a form with at least one place, none beyond the cut's `n_places`. */
gboolean sp_form_is_valid(const char *form, gsize n_places);
/** The code in its form. `parts` NULL-terminated, or NULL where the text was not cut. NULL when a
 * whole number is wanted and the code is none, or a part and there are none. g_free. */
char *sp_form_fill(const char *form, const char *code, const char *const parts[]);

#endif
