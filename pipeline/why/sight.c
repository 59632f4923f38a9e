/* What a published table shows of the cell that it was made of. */
#include "pipeline/why/sight.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct SpWhySight {
    SpPasts *pasts;
    SpPast *edition;
    SpWhyRows *rows;
    SpWhyPackage *package;
    SpWhyReader reader;
};

gboolean sp_why_is_owner(const SpContext *context)
{
    struct stat info;
    return geteuid() == 0 || (stat(context->workspace, &info) == 0 && info.st_uid == geteuid());
}

SpWhySight *sp_why_sight_new(SpPasts *pasts, SpPast *edition, SpWhyRows *rows,
                             SpWhyPackage *package, const SpWhyReader *reader)
{
    SpWhySight *sight = g_new0(SpWhySight, 1);
    *sight = (SpWhySight){pasts, edition, rows, package, *reader};
    return sight;
}

void sp_why_sight_free(SpWhySight *sight)
{
    g_free(sight);
}

/* The status of the same cell in a published table; FALSE when it has none. */
static gboolean published_status(const SpWhySight *sight, const SpTable *published,
                                 const SpCell *cell, SpStatus *status)
{
    gsize row = 0;
    const gsize column = published != NULL ? sp_table_find(published, cell->measure) : SP_NO_COLUMN;
    if (column == SP_NO_COLUMN || sp_table_column(published, column)->kind != SP_COLUMN_MEASURE ||
        !sp_why_rows_same(sight->rows, published, cell, &row)) {
        return FALSE;
    }
    *status = (SpStatus)sp_table_real(published, row, column).status;
    return TRUE;
}

static const SpTable *published_table(const SpWhySight *sight, const char *name)
{
    if (!sight->reader.is_owner) {
        return sp_why_package_table(sight->package, name, NULL);
    }
    return sp_past_has(sight->edition, name)
               ? sp_past_table(sight->pasts, sight->edition, name, NULL)
               : NULL;
}

/* How the published tables that are made of a table show a cell of it: *is_shown by one of them,
 * *is_hidden by another. */
static void ask_published(const SpWhySight *sight, const char *source, const SpCell *cell,
                          gboolean *is_shown, gboolean *is_hidden)
{
    const SpTable *catalogue =
        sight->edition != NULL ? sp_tables_find(sight->edition->in, "tabell") : NULL;
    const gsize name = catalogue != NULL ? sp_table_find(catalogue, "name") : SP_NO_COLUMN;
    const gsize of = catalogue != NULL ? sp_table_find(catalogue, "source") : SP_NO_COLUMN;
    *is_shown = FALSE;
    *is_hidden = FALSE;
    for (gsize row = 0; name != SP_NO_COLUMN && row < sp_table_n_rows(catalogue); row++) {
        SpStatus status = SP_MISSING;
        if (strcmp(sp_table_code(catalogue, row, of), source) == 0 &&
            published_status(sight, published_table(sight, sp_table_code(catalogue, row, name)),
                             cell, &status)) {
            *is_hidden = *is_hidden || status == SP_SUPPRESSED;
            *is_shown = *is_shown || status != SP_SUPPRESSED;
        }
    }
}

static gboolean is_sensitive(const SpTable *table)
{
    return (sp_table_marks(table) & (guint)SP_MARK_SENSITIVE) != 0;
}

static gboolean is_protected(const SpPast *past)
{
    return past == NULL || strcmp(past->stage->name, "protect") == 0;
}

gboolean sp_why_sight_allows_parts(const SpWhySight *sight, const SpPast *past,
                                   const SpTable *table)
{
    return is_protected(past) || !is_sensitive(table) || sight->reader.shows_hidden;
}

gboolean sp_why_sight_allows_rows(const SpWhySight *sight, const SpPast *past, const SpTable *table)
{
    return sight->reader.is_owner || is_protected(past) || !is_sensitive(table);
}

gboolean sp_why_sight_allows(SpWhySight *sight, const SpPast *past, const SpTable *table,
                             const SpCell *cell)
{
    SpStatus status = SP_MISSING;
    gboolean is_shown = FALSE;
    gboolean is_hidden = FALSE;
    if (past == NULL) {
        return TRUE; /* the package's own */
    }
    if (sight->reader.is_owner && (is_protected(past) || sight->reader.shows_hidden)) {
        return TRUE;
    }
    if (past == sight->edition) {
        return published_status(
            sight, sp_why_package_table(sight->package, sp_table_name(table), NULL), cell, &status);
    }
    ask_published(sight, sp_table_name(table), cell, &is_shown, &is_hidden);
    return sight->reader.is_owner ? !is_sensitive(table) && !is_hidden : is_shown && !is_hidden;
}

gboolean sp_why_sight_allows_source(const SpWhySight *sight, const SpTable *facts,
                                    gboolean is_shown)
{
    return sight->reader.is_owner &&
           (sight->reader.shows_hidden || (is_shown && !is_sensitive(facts)));
}
