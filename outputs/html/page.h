/**
 * One page of the report, filled from a template: well-formed XML in which an element with
 * text="ID" gets that text of the catalogue, and one with fill="NAME" is filled by the function of
 * that name (outputs/html/fillers.h), which may read further attributes of it. Addresses of links
 * and scripts are written as seen from the package's folder.
 */
#ifndef SP_OUTPUTS_HTML_PAGE_H
#define SP_OUTPUTS_HTML_PAGE_H

#include "outputs/html/lay.h"
#include "outputs/html/site.h"

typedef struct {
    SpSite *site;
    SpVoice *voice;           /* its language */
    const char *folder;       /* the package's, where it is written */
    const char *file;         /* "kommune/5001.html" */
    const char *root;         /* the package's folder seen from the page: "" or "../" */
    const char *region;       /* what the page is about: the package's own, or a kommune */
    const SpKommune *kommune; /* of a kommune's page, else NULL */
    const SpTheme *theme;     /* of a theme's page, else NULL */
    gboolean *is_told;        /* by table of the package: the page has it already */
    gboolean has_charts;      /* something on it is drawn by what lies in assets/ */
} SpPage;

/** Fills the frame and writes the page: `template` (NAME.xml of the package's template folder) goes
 * into the frame's element fill="main". SP_ERROR_CONFIG names template and row of what cannot be
 * used; errors of core/io/files. */
gboolean sp_page_write(SpPage *page, const char *template, GError **error);

/** The attribute of a template's element, which is taken off; NULL if it has none. g_free. */
char *sp_page_take(xmlNode *node, const char *attribute);
/** A link to a file of the package ("data/befolkning.csv", "tema/mangel.html#tabell-x"). */
xmlNode *sp_page_link(const SpPage *page, xmlNode *parent, const char *target, const char *text);
/** The page's text of an id. Borrowed. */
const char *sp_page_text(const SpPage *page, const char *id);
/** The title of a theme. Borrowed. */
const char *sp_page_theme(const SpPage *page, const SpTheme *theme);
/** An element with nothing to tell goes. */
void sp_page_drop(xmlNode *node);

#endif
