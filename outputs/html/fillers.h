/** What an element of a template may be filled with: fill="NAME". */
#ifndef SP_OUTPUTS_HTML_FILLERS_H
#define SP_OUTPUTS_HTML_FILLERS_H

#include "outputs/html/page.h"

typedef struct {
    const char *name;
    void (*fill)(SpPage *page, xmlNode *node); /* may free the node; reads and takes off its
                                                  further attributes */
} SpFiller;

/** [sp_fillers_size], static. */
gsize sp_fillers_size(void);
const SpFiller *sp_fillers_at(gsize i);

/* frame.c: every page. */
void sp_fill_language(SpPage *page, xmlNode *node); /* lang="nb" */
void sp_fill_title(SpPage *page, xmlNode *node);    /* what the window is called */
void sp_fill_heading(SpPage *page, xmlNode *node);  /* name of what the page is about */
void sp_fill_edition(SpPage *page, xmlNode *node);
void sp_fill_notices(SpPage *page, xmlNode *node);
void sp_fill_files(SpPage *page, xmlNode *node);      /* links to what lies beside the report */
void sp_fill_navigation(SpPage *page, xmlNode *node); /* links to its pages, items of a list */
void sp_fill_signs(SpPage *page, xmlNode *node);      /* what signs and flags mean */
/* Links to the page's headings; moves behind the element of class below="NAME", and so stands last
 * in its template. */
void sp_fill_sections(SpPage *page, xmlNode *node);
void sp_fill_charts(SpPage *page, xmlNode *node); /* stays where there is something to draw */

/* front.c: the package's first page, and a kommune's. */
void sp_fill_overview(SpPage *page, xmlNode *node);  /* key figures of the page's region */
void sp_fill_kommuner(SpPage *page, xmlNode *node);  /* a line a kommune, to its page */
void sp_fill_map(SpPage *page, xmlNode *node);       /* their map: map.c */
void sp_fill_unwanted(SpPage *page, xmlNode *node);  /* outputs/unwanted.h */
void sp_fill_sentences(SpPage *page, xmlNode *node); /* table `noekkelsetninger` */

/* barometer.c */
void sp_fill_barometer(SpPage *page, xmlNode *node);

/* figures.c */
void sp_fill_figures(SpPage *page, xmlNode *node); /* figures="ID ID": of the page's region */
/** Adds the package's figures of a table. */
void sp_fill_figures_of(SpPage *page, xmlNode *node, const SpTable *table);

/* themes.c */
void sp_fill_contents(SpPage *page, xmlNode *node); /* every theme with its tables */
void sp_fill_theme(SpPage *page, xmlNode *node);    /* the theme's tables, a section each */
void sp_fill_definitions(SpPage *page, xmlNode *node);
void sp_fill_changes(SpPage *page, xmlNode *node); /* since the edition before */

/* indicators.c */
void sp_fill_indicators(SpPage *page, xmlNode *node); /* numerator and denominator of each */
/** A line's name: the indicator, as a link to its definition where there is one. */
void sp_lay_indicator(const SpPage *page, xmlNode *line, const char *id, const char *name);

/* kommune.c */
void sp_fill_facts(SpPage *page, xmlNode *node); /* code, KOSTRA group, centrality, language */
void sp_fill_table(SpPage *page, xmlNode *node); /* table="NAME": the region's rows */
void sp_fill_all(SpPage *page, xmlNode *node);   /* all tables with rows of the region, folded */

/* shortage.c */
void sp_fill_shortage(SpPage *page, xmlNode *node); /* gap of professions with its interval */

/* plan.c */
void sp_fill_plan(SpPage *page, xmlNode *node); /* what the kommune fills in itself */

#endif
