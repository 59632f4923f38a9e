/* What is there, what should be, and how the one becomes the other. */
#include "outputs/postgres/portal.h"

#include "core/error.h"
#include "outputs/postgres/load.h"
#include "outputs/postgres/parted.h"
#include "outputs/postgres/remove.h"
#include "outputs/postgres/schema.h"
#include "outputs/postgres/sql.h"

#include <string.h>

enum { DAY_LENGTH = 10 };

struct SpPortal {
    const SpPortalForm *form;
    SpPostgres *postgres;
    gint64 version;
    GPtrArray *known; /* SpPortalKnown */
};

/* What an edition that is there should be. */
typedef struct {
    const char *state, *figures;
    SpPortalTold told; /* of one that is withdrawn: why */
} Wanted;

static gboolean ask(SpPortal *portal, GError **error)
{
    gint64 version = 0;
    GPtrArray *known = sp_portal_known(portal->postgres, &version, error);
    if (known == NULL) {
        return FALSE;
    }
    g_clear_pointer(&portal->known, g_ptr_array_unref);
    portal->known = known;
    portal->version = version;
    return TRUE;
}

SpPortal *sp_portal_open(const SpPortalForm *form, GError **error)
{
    gint64 newest = 0;
    g_autoptr(SpPortal) portal = g_new0(SpPortal, 1);
    g_autoptr(GString) sql = g_string_new("SET search_path TO ");
    sp_sql_add_name(sql, form->schema);
    portal->form = form;
    portal->postgres = sp_postgres_open(&form->place, error);
    return portal->postgres != NULL && sp_postgres_run(portal->postgres, sql->str, error) &&
                   ask(portal, error) &&
                   sp_portal_schema_version(form->steps_folder, &newest, error) &&
                   sp_portal_schema_check(form->schema, portal->version, newest, error)
               ? g_steal_pointer(&portal)
               : NULL;
}

void sp_portal_close(SpPortal *portal)
{
    if (portal != NULL) {
        sp_postgres_close(portal->postgres);
        g_clear_pointer(&portal->known, g_ptr_array_unref);
        g_free(portal);
    }
}

/* ---- what is due ---- */

static const SpPortalKnown *find_known(const SpPortal *portal, const char *edition)
{
    for (guint i = 0; i < portal->known->len; i++) {
        const SpPortalKnown *known = portal->known->pdata[i];
        if (strcmp(known->edition, edition) == 0) {
            return known;
        }
    }
    return NULL;
}

static const SpPortalTold *find_current(const SpPortalTold told[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (strcmp(told[i].state, "current") == 0) {
            return &told[i];
        }
    }
    return NULL;
}

static gboolean has_figures(const SpPortalKnown *known)
{
    return known != NULL && strcmp(known->figures, "ja") == 0;
}

/* Of the editions that were superseded and have figures the newest ones keep them. */
static gboolean is_kept(const SpPortal *portal, const SpPortalTold told[], const SpPortalTold *of)
{
    guint n_newer = 0;
    for (const SpPortalTold *newer = told; newer < of; newer++) {
        n_newer += strcmp(newer->state, "superseded") == 0 &&
                   has_figures(find_known(portal, newer->edition));
    }
    return n_newer < portal->form->n_kept;
}

static const SpPortalTold *find_told(const SpPortalTold told[], gsize n, const char *edition)
{
    for (gsize i = 0; i < n; i++) {
        if (strcmp(told[i].edition, edition) == 0) {
            return &told[i];
        }
    }
    return NULL;
}

/* A feed that was begun anew does not know what was withdrawn before; that it was still holds. */
static Wanted want(const SpPortal *portal, const SpPortalKnown *known, const SpPortalTold told[],
                   gsize n)
{
    const SpPortalTold before = {.edition = known->edition,
                                 .state = "withdrawn",
                                 .reason = known->reason,
                                 .from = known->from,
                                 .correction_nb = known->correction_nb,
                                 .correction_nn = known->correction_nn};
    const SpPortalTold *of = find_told(told, n, known->edition);
    if (of == NULL && strcmp(known->state, "trukket") == 0) {
        of = &before;
    }
    const gboolean is_current = of != NULL && strcmp(of->state, "current") == 0;
    const gboolean is_withdrawn = of != NULL && strcmp(of->state, "withdrawn") == 0;
    const gboolean stays = is_current || (of != NULL && !is_withdrawn && is_kept(portal, told, of));
    return (Wanted){.state = is_current     ? "gjeldende"
                             : is_withdrawn ? "trukket"
                                            : "erstattet",
                    .figures = !has_figures(known) ? known->figures
                               : stays             ? "ja"
                                                   : "fjernes",
                    .told = is_withdrawn ? *of : (SpPortalTold){0}};
}

static gboolean is_as_wanted(const SpPortalKnown *known, const Wanted *wanted)
{
    const SpPortalTold *told = &wanted->told;
    return strcmp(known->state, wanted->state) == 0 &&
           strcmp(known->figures, wanted->figures) == 0 &&
           g_strcmp0(known->reason, told->reason) == 0 && g_strcmp0(known->from, told->from) == 0 &&
           g_strcmp0(known->correction_nb, told->correction_nb) == 0 &&
           g_strcmp0(known->correction_nn, told->correction_nn) == 0;
}

void sp_portal_due(const SpPortal *portal, const SpPortalTold told[], gsize n, SpPortalDue *due)
{
    const SpPortalTold *current = find_current(told, n);
    *due = (SpPortalDue){0};
    if (current != NULL && !has_figures(find_known(portal, current->edition))) {
        due->load = current->edition;
    }
    for (guint i = 0; i < portal->known->len; i++) {
        const SpPortalKnown *known = portal->known->pdata[i];
        const Wanted wanted = want(portal, known, told, n);
        due->n_changes += !is_as_wanted(known, &wanted) || strcmp(wanted.figures, "fjernes") == 0;
    }
}

/* ---- the transaction ---- */

/* Until it is unlocked, or the connection closes: that of a program which was killed is seen to be
 * closed within a moment. */
static gboolean lock(SpPortal *portal, GError **error)
{
    const char *const values[] = {portal->form->schema};
    g_autoptr(GError) failure = NULL;
    if (!sp_postgres_run(portal->postgres, "SET lock_timeout = '5s'", error)) {
        return FALSE;
    }
    g_autoptr(SpAnswer) answer = sp_postgres_ask(
        portal->postgres, "SELECT pg_advisory_lock(hashtextextended('statpakke ' || $1, 0))",
        values, G_N_ELEMENTS(values), &failure);
    if (answer == NULL && g_error_matches(failure, SP_ERROR, SP_ERROR_TRY_LATER)) {
        return sp_error_set(error, SP_ERROR_TRY_LATER,
                            "somebody else imports into schema %s of the portal's database",
                            portal->form->schema);
    }
    if (answer == NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
    }
    return answer != NULL;
}

static gboolean load(SpPortal *portal, const SpPortalEdition *edition, gint64 *n_rows,
                     GError **error)
{
    gboolean ok = sp_portal_check_types(portal->postgres, edition, error);
    for (guint i = 0; ok && i < edition->tables->len; i++) {
        const SpPortalTable *table = edition->tables->pdata[i];
        ok = sp_portal_load(portal->postgres, edition, table, n_rows, error);
        if (!ok) {
            g_prefix_error(error, "edition %s, table %s: ", edition->name, table->name);
        }
    }
    /* What keeps readers waiting comes last. */
    for (guint i = 0; ok && i < edition->tables->len; i++) {
        ok = sp_portal_attach(portal->postgres, edition, edition->tables->pdata[i], error);
    }
    return ok && sp_portal_make_views(portal->postgres, error);
}

static gboolean add_edition(SpPortal *portal, const char *folder, GError **error)
{
    gint64 n_rows = 0;
    g_autoptr(SpPortalEdition) edition = sp_portal_edition_new(folder, error);
    if (edition == NULL || !load(portal, edition, &n_rows, error)) {
        return FALSE;
    }
    g_autofree char *day = g_strndup(edition->name, DAY_LENGTH);
    g_autofree char *packages = g_strdup_printf("%u", edition->n_packages);
    g_autofree char *rows = g_strdup_printf("%" G_GINT64_FORMAT, n_rows);
    const char *const values[] = {edition->name, day, edition->notice, packages, rows};
    g_autoptr(SpAnswer) answer = sp_postgres_ask(
        portal->postgres,
        "INSERT INTO utgave (utgave, dag, tilstand, tall, merknad, pakker, rader) VALUES ($1, $2, "
        "'erstattet', 'ja', $3, $4, $5) ON CONFLICT (utgave) DO UPDATE SET tall = 'ja', merknad = "
        "$3, pakker = $4, rader = $5, lastet_inn = now()",
        values, G_N_ELEMENTS(values), error);
    return answer != NULL;
}

static gboolean set_edition(SpPortal *portal, const SpPortalKnown *known, const Wanted *wanted,
                            GError **error)
{
    const SpPortalTold *told = &wanted->told;
    const char *const values[] = {known->edition,     wanted->state, wanted->figures,
                                  told->reason,       told->from,    told->correction_nb,
                                  told->correction_nn};
    g_autoptr(SpAnswer) answer = sp_postgres_ask(
        portal->postgres,
        "UPDATE utgave SET tilstand = $2, tall = $3, grunn = $4, trukket_fra = $5, rettelse_nb = "
        "$6, rettelse_nn = $7 WHERE utgave = $1",
        values, G_N_ELEMENTS(values), error);
    return answer != NULL;
}

/* The one that becomes current comes last: there is never more than one. `state`: only those that
 * should be in it; NULL: all. */
static gboolean set_editions(SpPortal *portal, const SpPortalTold told[], gsize n,
                             const char *state, GError **error)
{
    for (int pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < portal->known->len; i++) {
            const SpPortalKnown *known = portal->known->pdata[i];
            const Wanted wanted = want(portal, known, told, n);
            const gboolean is_current = strcmp(wanted.state, "gjeldende") == 0;
            const gboolean is_meant = state == NULL || strcmp(wanted.state, state) == 0;
            if (is_meant && is_current == (pass == 1) && !is_as_wanted(known, &wanted) &&
                !set_edition(portal, known, &wanted, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static gboolean grant(SpPortal *portal, GError **error)
{
    const char *role = portal->form->reader_role;
    g_autoptr(GString) sql = g_string_new("GRANT USAGE ON SCHEMA ");
    if (role == NULL) {
        return TRUE;
    }
    sp_sql_add_name(sql, portal->form->schema);
    g_string_append(sql, " TO ");
    sp_sql_add_name(sql, role);
    g_string_append(sql, "; GRANT SELECT ON ALL TABLES IN SCHEMA ");
    sp_sql_add_name(sql, portal->form->schema);
    g_string_append(sql, " TO ");
    sp_sql_add_name(sql, role);
    if (!sp_postgres_run(portal->postgres, sql->str, error)) {
        g_prefix_error(error, "portal.reader_role = %s: ", role);
        return FALSE;
    }
    return TRUE;
}

/* ---- one step after the other ---- */

/* What does not need a load: all of it when none is due. */
static gboolean withdraw(SpPortal *portal, const SpPortalTold told[], gsize n, GError **error)
{
    SpPortalDue due;
    sp_portal_due(portal, told, n, &due);
    return due.n_changes == 0 ||
           (sp_postgres_run(portal->postgres, "BEGIN", error) &&
            set_editions(portal, told, n, due.load != NULL ? "trukket" : NULL, error) &&
            sp_postgres_run(portal->postgres, "COMMIT", error) && ask(portal, error));
}

gboolean sp_portal_withdraw(SpPortal *portal, const SpPortalTold told[], gsize n, GError **error)
{
    /* Asked again behind the lock: somebody may have imported meanwhile. */
    return lock(portal, error) && ask(portal, error) && withdraw(portal, told, n, error);
}

/* What was loaded once and is on its way out must be gone before it is loaded again. */
static gboolean make_room(SpPortal *portal, const char *edition, GError **error)
{
    g_autoptr(GError) failure = NULL;
    const SpPortalKnown *known = edition != NULL ? find_known(portal, edition) : NULL;
    if (known == NULL || strcmp(known->figures, "fjernes") != 0 ||
        sp_portal_remove(portal->postgres, edition, &failure)) {
        return TRUE;
    }
    if (g_error_matches(failure, SP_ERROR, SP_ERROR_TRY_LATER)) {
        return sp_error_set(error, SP_ERROR_TRY_LATER,
                            "edition %s is read by somebody while its old figures should go; it is "
                            "loaded anew by the next publish",
                            edition);
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

static gboolean change(SpPortal *portal, const SpPortalTold told[], gsize n, const char *folder,
                       GError **error)
{
    SpPortalDue due;
    sp_portal_due(portal, told, n, &due);
    g_assert(due.load == NULL || folder != NULL);
    return make_room(portal, due.load, error) &&
           sp_postgres_run(portal->postgres, "BEGIN; SET LOCAL lock_timeout = '60s'", error) &&
           sp_portal_schema_prepare(portal->postgres, portal->form->schema,
                                    portal->form->steps_folder, portal->version, error) &&
           (due.load == NULL || add_edition(portal, folder, error)) && ask(portal, error) &&
           set_editions(portal, told, n, NULL, error) && grant(portal, error) &&
           sp_postgres_run(portal->postgres, "COMMIT", error);
}

/* Why figures that should go are still there; NULL when none are. */
static char *remove_figures(SpPortal *portal)
{
    g_autoptr(GError) failure = NULL;
    gboolean ok = ask(portal, &failure);
    for (guint i = 0; ok && i < portal->known->len; i++) {
        const SpPortalKnown *known = portal->known->pdata[i];
        ok = strcmp(known->figures, "fjernes") != 0 ||
             sp_portal_remove(portal->postgres, known->edition, &failure);
    }
    return ok ? NULL : g_strdup(failure->message);
}

gboolean sp_portal_follow(SpPortal *portal, const SpPortalTold told[], gsize n, const char *folder,
                          char **left, GError **error)
{
    *left = NULL;
    if (!sp_portal_withdraw(portal, told, n, error) || !change(portal, told, n, folder, error)) {
        return FALSE;
    }
    *left = remove_figures(portal);
    (void)sp_postgres_run(portal->postgres, "SELECT pg_advisory_unlock_all()", NULL);
    return TRUE;
}
