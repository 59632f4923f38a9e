/**
 * The report of one package: which pages it has, and what they share. A page for the package, one a
 * theme of the catalogue, one a kommune in the kommune's own language, and those of definitions.
 */
#ifndef SP_OUTPUTS_HTML_SITE_H
#define SP_OUTPUTS_HTML_SITE_H

#include "outputs/figure.h"
#include "outputs/grid.h"
#include "outputs/overview.h"

/** The package told in one language. */
typedef struct {
    SpPackage package; /* with that language in it */
    SpWords *words;
    SpOverview *overview; /* of the site's regions: own, country, kommuner */
    SpGrid **grids;       /* by table: for pages; NULL until asked for */
    SpGrid **newest;      /* the same with measures across, of the newest period alone */
} SpVoice;

/** A kommune of the package. */
typedef struct {
    char *code;
    const char *language; /* by its own decision; of one that is neutral the package's */
    guint place;          /* in the overviews */
    char *file;           /* "kommune/5001.html" */
} SpKommune;

/** A page of tables that belong together. */
typedef struct {
    char *id;
    char *file;     /* "tema/mangel.html" */
    GArray *tables; /* gsize: places in the package, of tables that the page shows */
} SpTheme;

typedef struct {
    const SpPackage *package;
    SpShow *shows;         /* by table of the package: how pages show it */
    SpShow *sheets;        /* the same: how the workbook does */
    GPtrArray *themes;     /* SpTheme, in order of the catalogue */
    GPtrArray *kommuner;   /* SpKommune, by code; none in the country's package */
    SpVoice *voices[2];    /* the first is the package's own, the other NULL until asked for */
    GPtrArray **of_region; /* by table: GArray of rows (gsize) by code number of its region, NULL
                              of one without; the whole NULL until asked for */
    GPtrArray *figures;    /* SpFigure, of the package in its own language */
    gsize max_rows;        /* lines of a table that stands open */
    gsize max_details;     /* lines that one section may hold folded away */
} SpSite;

/** `package` is borrowed. SP_ERROR_CONFIG as sp_words_new, sp_show_find and sp_overview_new. */
SpSite *sp_site_new(const SpPackage *package, const SpSettings *settings, GError **error);
void sp_site_free(SpSite *site);

/** Borrowed. SP_ERROR_CONFIG as above. */
SpVoice *sp_site_voice(SpSite *site, const char *language, GError **error);
/** Borrowed. `is_newest`: measures across, and of each line its newest period. */
const SpGrid *sp_site_grid(SpSite *site, SpVoice *voice, gsize table, gboolean is_newest);
/** Rows (gsize) of a region in a table, those that pages show; NULL if there are none. Borrowed. */
const GArray *sp_site_rows(SpSite *site, gsize table, const char *region);
/** NULL if no theme page shows the table. Borrowed. */
const SpTheme *sp_site_theme(const SpSite *site, gsize table);
/** Place of a table in the package; SP_NO_COLUMN if it has none of that name. */
gsize sp_site_table(const SpSite *site, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSite, sp_site_free)

#endif
