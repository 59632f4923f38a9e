/** Whom the figures of a package are of: its sources, and the licences they come under. */
#ifndef SP_OUTPUTS_CREDITS_H
#define SP_OUTPUTS_CREDITS_H

#include "outputs/words.h"

/** A row of the package's table `kilder`. Borrowed from it; "" where it lacks the column. */
typedef struct {
    const char *id;
    const char *title;
    const char *publisher;
    const char *licence;
    const char *page; /* an address */
    const char *updated;
} SpSource;

/** The sources (SpSource) of a table, by its name, in the order of `kilder`; NULL: of the whole
 * package. None without that table, or when the table's are not known. g_array_unref. */
GArray *sp_credits_sources(const SpPackage *package, const char *table);

/** The different licences of such sources as `kilder` has them ("CC BY 4.0", "Etter avtale med
 * KS"), in that order: each the first source (SpSource) that has it. g_array_unref. */
GArray *sp_credits_terms(const SpPackage *package, const char *table);
/** The name of a licence for machines: "CC-BY-4.0" of "CC BY 4.0". g_free. */
char *sp_credits_code(const char *licence);

/** A licence in the package's language. */
typedef struct {
    char *name;        /* "CC-BY-4.0" */
    const char *title; /* borrowed, like the address */
    const char *page;
} SpLicence;

/** The licences (SpLicence) that the setting `package.licences` names, in its order. g_array_unref.
 * NULL with SP_ERROR_CONFIG when one has no texts licence.NAME and licence.NAME.url. */
GArray *sp_credits_licences(const SpWords *words, const SpSettings *settings, GError **error);

#endif
