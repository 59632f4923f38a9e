/**
 * What an edition has to load: the tables of all its packages, each once. Figures are of the files
 * in data/ as datapackage.json describes them, codes and definitions of the packages' SQLite
 * copies, which have them in every language.
 */
#ifndef SP_OUTPUTS_POSTGRES_EDITION_H
#define SP_OUTPUTS_POSTGRES_EDITION_H

#include <glib.h>

typedef struct {
    char *name;
    const char *type;  /* of PostgreSQL: "text", "double precision", "bigint" */
    char *title;       /* in bokmål; NULL if none is told */
    gboolean has_null; /* may be NULL */
} SpPortalColumn;

/** Of one package. */
typedef struct {
    char *package; /* its name */
    char *path;    /* of the CSV file, or of the SQLite copy */
} SpPortalPart;

typedef struct {
    char *name;
    char *title;            /* what is said of it, in bokmål; NULL: nothing */
    GArray *columns;        /* SpPortalColumn, in their order */
    GArray *key;            /* gsize: its columns; none: all are */
    GPtrArray *parts;       /* SpPortalPart */
    gboolean is_definition; /* of the SQLite copies */
    gboolean is_of_package; /* rows are told of the package: each has its own, and names it */
} SpPortalTable;

typedef struct {
    char *name;
    char *notice;    /* what every file of it says, "" for nothing */
    gsize n_notices; /* that `notice` is made of */
    guint n_packages;
    GPtrArray *tables; /* SpPortalTable */
} SpPortalEdition;

/** A column of a table, by its place. Borrowed. */
const SpPortalColumn *sp_portal_column(const SpPortalTable *table, gsize i);

/**
 * Reads what the packages in an edition's folder have; no row yet. SP_ERROR_DATA for a package of
 * another edition, or of other columns than another's; SP_ERROR_CONFIG without the SQLite copy
 * (package.formats).
 */
SpPortalEdition *sp_portal_edition_new(const char *folder, GError **error);
void sp_portal_edition_free(SpPortalEdition *edition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPortalEdition, sp_portal_edition_free)

#endif
