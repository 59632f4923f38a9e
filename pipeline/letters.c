/* Letters to offices. */
#include "pipeline/letters.h"

#include "core/error.h"
#include "core/period.h"
#include "core/io/mail.h"
#include "core/io/secret.h"
#include "outputs/delivery/letter.h"
#include "pipeline/assembly.h"
#include "pipeline/catalogue.h"
#include "pipeline/delivered.h"
#include "pipeline/deliver.h"
#include "pipeline/letter_sources.h"
#include "pipeline/login.h"
#include "pipeline/office.h"
#include "pipeline/outcome.h"
#include "pipeline/secrets.h"
#include "pipeline/signkey.h"

#include <stdio.h>
#include <string.h>

#define SECTION "notice"
#define TOLD "utgave"
#define WITHDRAWN "trukket"

enum { MAX_WAIT_S = 900 };

const char *const sp_letters_keys[] = {"to", NULL};

/* ---- settings ---- */

static const char *setting(const SpContext *context, const char *key)
{
    const char *set = sp_config_value(context->config, SECTION, key);
    return set != NULL && set[0] != '\0' ? set : NULL;
}

/* The addresses of an office; none if it has no section. g_strfreev. */
static char **addresses_of(const SpContext *context, const char *office)
{
    g_autofree char *section = g_strconcat(SP_LETTERS_SECTION, office, NULL);
    const char *set = sp_config_value(context->config, section, "to");
    g_auto(GStrv) parts = g_strsplit_set(set != NULL ? set : "", ", \t", -1);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (char **part = parts; *part != NULL; part++) {
        if ((*part)[0] != '\0') {
            g_ptr_array_add(found, g_strdup(*part));
        }
    }
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_steal(found, NULL);
}

static gboolean check_page(const SpContext *context, GError **error)
{
    const char *page = setting(context, "page");
    gboolean is_page =
        page == NULL || g_str_has_prefix(page, "https://") || g_str_has_prefix(page, "http://");
    for (const char *c = page; c != NULL && *c != '\0'; c++) {
        is_page = is_page && g_ascii_isgraph(*c) && strchr("<>\"", *c) == NULL;
    }
    return is_page || sp_error_set(error, SP_ERROR_CONFIG,
                                   "notice.page = %s: want an address https://…", page);
}

static gboolean is_office(gconstpointer office, gconstpointer id)
{
    return strcmp(((const SpOffice *)office)->id, id) == 0;
}

static gboolean check_offices(SpContext *context, GError **error)
{
    g_auto(GStrv) sections = sp_config_sections(context->config);
    g_autoptr(GPtrArray) offices = sp_offices_list(context, error);
    for (char **section = sections; offices != NULL && *section != NULL; section++) {
        if (!g_str_has_prefix(*section, SP_LETTERS_SECTION)) {
            continue;
        }
        const char *id = *section + strlen(SP_LETTERS_SECTION);
        g_auto(GStrv) to = addresses_of(context, id);
        if (!g_ptr_array_find_with_equal_func(offices, id, is_office, NULL)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "section [%s]: config/" SP_OFFICE_FILE " has no embete \"%s\"",
                                *section, id);
        }
        for (char **address = to; *address != NULL; address++) {
            if (!sp_mail_is_address(*address)) {
                return sp_error_set(error, SP_ERROR_CONFIG, "[%s] to: \"%s\" is no address",
                                    *section, *address);
            }
        }
    }
    return offices != NULL;
}

gboolean sp_letters_check(SpContext *context, GError **error)
{
    const char *server = setting(context, "server");
    const char *from = setting(context, "from");
    if (server == NULL) {
        return check_offices(context, error);
    }
    if (!sp_mail_check_server(server, error)) {
        g_prefix_error(error, "notice.server: ");
        return FALSE;
    }
    if (from == NULL || !sp_mail_is_address(from)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "notice.from = %s: want the address that notices come from",
                            from != NULL ? from : "");
    }
    return check_page(context, error) && check_offices(context, error);
}

/* ---- sending ---- */

typedef struct {
    SpContext *context;
    const json_t *feed;
    GHashTable *missing; /* regions */
    GHashTable *offices; /* region -> office */
    json_t *notices;
    SpTexts *texts;
    SpMailServer server;
    char *user, *password, *ca_file, *public_key;
    gboolean is_dead; /* the server */
} Work;

static void close_server(Work *work)
{
    g_clear_pointer(&work->texts, sp_texts_free);
    g_clear_pointer(&work->server.tries.pace, sp_pace_free);
    g_clear_pointer(&work->user, sp_secret_free);
    g_clear_pointer(&work->password, sp_secret_free);
    g_clear_pointer(&work->ca_file, g_free);
    g_clear_pointer(&work->public_key, g_free);
}

static void work_clear(Work *work)
{
    close_server(work);
    g_clear_pointer(&work->notices, json_decref);
    g_clear_pointer(&work->offices, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

/* Login and words, when the first letter is written. */
static gboolean open_server(Work *work, GError **error)
{
    g_autofree char *login = NULL;
    g_autofree char *texts = sp_context_data_path(work->context, "texts.csv");
    if (work->texts != NULL) {
        return TRUE;
    }
    close_server(work); /* of one that was half opened for the office before */
    work->ca_file = sp_setting_path(work->context, SECTION ".ca_file");
    if (!sp_login_secret(work->context, SECTION, "login_file", &login, error) ||
        !sp_login_read(login, &work->user, &work->password, error) ||
        !sp_signkey_text(work->context, &work->public_key, error)) {
        return FALSE;
    }
    work->server =
        (SpMailServer){.server = setting(work->context, "server"),
                       .user = work->user,
                       .password = work->password,
                       .ca_file = work->ca_file,
                       .tries.pace = sp_pace_new(NULL, MAX_WAIT_S, "the next publish tries again")};
    work->texts = sp_catalogue_texts(texts, error);
    return work->texts != NULL;
}

/* One letter. All borrowed. */
typedef struct {
    const SpOffice *office;
    const char *edition;
    const SpWithdrawal *withdrawal; /* NULL: the edition is there */
    const GArray *packages;         /* SpFeedPackage: those that are the office's today */
    char **to;
} Errand;

static const char *what_of(const Errand *errand)
{
    return errand->withdrawal == NULL ? TOLD : WITHDRAWN;
}

static gboolean post(Work *work, const Errand *errand, const SpLetter *letter, GError **error)
{
    const char *what = what_of(errand);
    g_autofree char *subject = sp_letter_subject(letter, work->texts);
    g_autofree char *text = sp_letter_text(letter, work->texts);
    g_autofree char *id = g_strdup_printf("%s.%s.%s", errand->edition, errand->office->id, what);
    const SpMail mail = {.from = setting(work->context, "from"),
                         .to = (const char *const *)errand->to,
                         .subject = subject,
                         .text = text,
                         .id = id,
                         .date = work->context->now};
    if (!sp_mail_send(&work->server, &mail, &work->is_dead, error)) {
        return FALSE;
    }
    sp_log(&work->context->log, SP_LOG_INFO, "%s is told of edition %s%s", errand->office->id,
           errand->edition, errand->withdrawal != NULL ? ", which is withdrawn" : "");
    return sp_delivered_tell(work->context, work->notices, errand->edition, errand->office->id,
                             what, error);
}

/* Of an edition that is withdrawn what is still there: a notice (that it is synthetic) stands in
 * that letter too, and the letter does not wait for files that are gone or wrong. */
static GPtrArray *read_sources(const Work *work, const Errand *errand, GError **error)
{
    const gboolean is_there = errand->withdrawal == NULL;
    GPtrArray *sources = sp_letter_sources_read(work->context, errand->packages, errand->edition,
                                                is_there ? error : NULL);
    return sources != NULL || is_there
               ? sources
               : sp_letter_sources_read(work->context, errand->packages, NULL, error);
}

static gboolean write_letter(Work *work, const Errand *errand, GError **error)
{
    g_autoptr(GPtrArray) sources =
        open_server(work, error) ? read_sources(work, errand, error) : NULL;
    if (sources == NULL) {
        return FALSE;
    }
    g_autofree SpLetterPackage *told = g_new0(SpLetterPackage, sources->len);
    for (guint i = 0; i < sources->len; i++) {
        const SpLetterSource *source = sources->pdata[i];
        told[i] = (SpLetterPackage){
            .title = source->is->title,
            .name = source->is->name,
            .previous = source->previous,
            .changes = source->changes,
            .sources = source->tables != NULL ? sp_tables_find(source->tables, "kilder") : NULL,
            .provisional = (const char *const *)source->provisional->pdata};
    }
    const SpLetter letter = {.language = errand->office->language,
                             .recipient = errand->office->name,
                             .edition = errand->edition,
                             .page = setting(work->context, "page"),
                             .notice = sp_letter_sources_notice(sources),
                             .public_key = work->public_key,
                             .packages = told,
                             .n_packages = sources->len,
                             .withdrawal = errand->withdrawal,
                             .served = sp_feed_current(work->feed)};
    return post(work, errand, &letter, error);
}

static GArray *packages_of(const Work *work, const SpOffice *office, const char *edition)
{
    GArray *own = g_array_new(FALSE, FALSE, sizeof(SpFeedPackage));
    g_autoptr(GArray) all = sp_feed_packages(work->feed, edition);
    for (guint i = 0; i < all->len; i++) {
        const SpFeedPackage package = g_array_index(all, SpFeedPackage, i);
        if (g_strcmp0(g_hash_table_lookup(work->offices, package.region), office->id) == 0) {
            g_array_append_val(own, package);
        }
    }
    return own;
}

static gboolean is_missing(const Work *work, const GArray *packages)
{
    for (guint i = 0; i < packages->len; i++) {
        if (g_hash_table_contains(work->missing,
                                  g_array_index(packages, SpFeedPackage, i).region)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* A letter to an office that has packages in an edition, unless it was told; a dry run says so.
 * *is_done: it was sent now. */
static gboolean tell(Work *work, Errand errand, gboolean *is_done, GError **error)
{
    const char *office = errand.office->id;
    g_autoptr(GArray) packages = packages_of(work, errand.office, errand.edition);
    g_auto(GStrv) to = addresses_of(work->context, office);
    if (to[0] == NULL || packages->len == 0 ||
        sp_delivered_is_told(work->notices, errand.edition, office, what_of(&errand)) ||
        (errand.withdrawal == NULL && is_missing(work, packages))) {
        return TRUE;
    }
    if (work->context->options.is_dry_run) {
        sp_log(&work->context->log, SP_LOG_INFO, "%s would be told that edition %s is %s", office,
               errand.edition, errand.withdrawal != NULL ? "withdrawn" : "there");
        return TRUE;
    }
    errand.packages = packages;
    errand.to = to;
    *is_done = write_letter(work, &errand, error);
    return *is_done;
}

static gboolean tell_all(Work *work, const SpOffice *office, gboolean *is_done, GError **error)
{
    const char *edition = NULL;
    json_t *offices = NULL;
    /* Who was told of an edition is told that it does not hold. */
    json_object_foreach(work->notices, edition, offices)
    {
        SpWithdrawal withdrawal;
        const Errand errand = {.office = office, .edition = edition, .withdrawal = &withdrawal};
        if (sp_delivered_is_told(work->notices, edition, office->id, TOLD) &&
            sp_feed_withdrawal(work->feed, edition, &withdrawal) &&
            !tell(work, errand, is_done, error)) {
            return FALSE;
        }
    }
    const Errand errand = {.office = office, .edition = sp_feed_current(work->feed)};
    return errand.edition == NULL || tell(work, errand, is_done, error);
}

/* How it went is noted. */
static gboolean tell_office(Work *work, const SpOffice *office, GError **error)
{
    gboolean is_done = FALSE;
    g_autoptr(GError) failure = NULL;
    if (tell_all(work, office, &is_done, &failure)) {
        return work->context->options.is_dry_run ||
               sp_outcome_note_well(work->context, SP_LETTERS_STAGE, office->id, is_done, NULL,
                                    error);
    }
    if (sp_outcome_note(work->context, SP_LETTERS_STAGE, office->id, SP_OUTCOME_FAILED,
                        failure->message, error)) {
        g_propagate_prefixed_error(error, g_steal_pointer(&failure),
                                   "[" SP_LETTERS_SECTION "%s]: ", office->id);
    }
    return FALSE;
}

gboolean sp_letters_send(SpContext *context, const json_t *feed, GHashTable *missing,
                         GError **error)
{
    if (setting(context, "server") == NULL) {
        return TRUE;
    }
    g_auto(Work) work = {.context = context, .feed = feed, .missing = missing};
    g_autoptr(GPtrArray) offices = sp_offices_list(context, error);
    work.notices = offices == NULL ? NULL : sp_delivered_notices(context, error);
    work.offices = work.notices == NULL ? NULL : sp_place_offices(context, error);
    if (work.offices == NULL) {
        return FALSE;
    }
    GError *first = NULL;
    for (guint i = 0; i < offices->len && !work.is_dead; i++) {
        GError *failure = NULL;
        (void)tell_office(&work, offices->pdata[i], &failure);
        if (work.is_dead) {
            g_prefix_error(&failure, "no office is written to before the mail server answers: ");
        }
        sp_outcome_keep(context, &first, failure);
    }
    if (first != NULL) {
        g_propagate_error(error, first);
    }
    return first == NULL;
}

static gboolean print_office(const SpContext *context, SpLedger *ledger, const SpOffice *office,
                             gboolean is_told, const char *edition, GError **error)
{
    gint64 since = 0;
    g_auto(GStrv) to = addresses_of(context, office->id);
    if (to[0] == NULL) {
        return TRUE;
    }
    if (!sp_ledger_failing_since(ledger, SP_LETTERS_STAGE, office->id, &since, error)) {
        return FALSE;
    }
    g_autofree char *began = sp_time_format(since);
    printf("  %s  %s %s%s%s\n", office->id, is_told ? "told of" : "not told yet of", edition,
           since != 0 ? "; it fails since " : "", since != 0 ? began : "");
    return TRUE;
}

gboolean sp_letters_print(SpContext *context, SpLedger *ledger, const char *edition, GError **error)
{
    if (setting(context, "server") == NULL || edition == NULL) {
        return TRUE;
    }
    g_autoptr(GPtrArray) offices = sp_offices_list(context, error);
    g_autoptr(json_t) notices = offices != NULL ? sp_delivered_notices(context, error) : NULL;
    for (guint i = 0; notices != NULL && i < offices->len; i++) {
        const SpOffice *office = offices->pdata[i];
        const gboolean is_told = sp_delivered_is_told(notices, edition, office->id, TOLD);
        if (!print_office(context, ledger, office, is_told, edition, error)) {
            return FALSE;
        }
    }
    return notices != NULL;
}
