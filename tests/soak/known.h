/** Which lines of the soak are known to fail (known.csv), so that a run fails on news alone. */
#ifndef SP_TESTS_SOAK_KNOWN_H
#define SP_TESTS_SOAK_KNOWN_H

#include <glib.h>

/** One line of a run's table. */
typedef struct {
    const char *what, *class; /* as the table calls them */
    gsize years;
    double within_90; /* what its 90 % intervals hold, % */
    gboolean fails;
} Outcome;

typedef struct Known Known;

/** From the text of a file "what,class,years,within_90,why"; "" knows of none. A line of another
 * form fails the test. */
Known *known_new(const char *text);
void known_free(Known *known);

gboolean known_has(const Known *known, const Outcome *outcome);

/**
 * Writes to `report` a sentence of each line that is not as the file says: fails and is not there,
 * is there and holds, is a percentage point further from 90 % than there, has no reason there, or
 * is no line of the run. How many they are.
 */
guint known_news(const Known *known, const Outcome outcomes[], gsize n, GString *report);

/** The file as these outcomes would have it: reasons that were there stay, those of new lines are
 * empty, which known_news tells. g_free. */
char *known_text(const Known *known, const Outcome outcomes[], gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Known, known_free)

#endif
