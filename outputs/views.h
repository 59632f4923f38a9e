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

/** Its SELECT with names in a language ("nb"), of tables whose names begin with `prefix`.
 * g_free. */
char *sp_view_sql(const SpView *view, const char *language, const char *prefix);

#endif
