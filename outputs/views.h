/** Views of the questions that are asked most of the tables, in SQL that SQLite and PostgreSQL both
 * read. */
#ifndef SP_OUTPUTS_VIEWS_H
#define SP_OUTPUTS_VIEWS_H

#include <glib.h>

typedef struct {
    const char *name;
    const char *table;
    const char *columns; /* parted by blanks: those of the table that must be there */
    const char *sql;     /* as sp_view_sql reads it */
} SpView;

gsize sp_views_size(void);
const SpView *sp_views_at(gsize i);

/** What a base puts into the SELECT of each view. All borrowed. */
typedef struct {
    const char *language; /* of the names: "nb" */
    const char *prefix;   /* of the tables' names */
    const char *columns;  /* that it adds, each with ", " before it; "" for none */
} SpViewWords;

/** Its SELECT. A figure M has M_status beside it, which says why it is no number. g_free. */
char *sp_view_sql(const SpView *view, const SpViewWords *words);

#endif
