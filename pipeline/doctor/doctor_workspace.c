/* The workspace: who may see and who holds it; its settings, ledger, keys and last runs. */
#include "pipeline/doctor/doctor.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/period.h"
#include "pipeline/dataset.h"
#include "pipeline/doctor/settings_check.h"
#include "pipeline/edition.h"
#include "pipeline/guard/group.h"
#include "pipeline/keep/rebuild.h"
#include "pipeline/keyfile.h"
#include "pipeline/ledger_database.h"
#include "pipeline/signkey.h"
#include "pipeline/strays.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { N_RUNS = 20, STALE_S = 36 * 3600 };

/* Others may pass through the workspace to packages/, and see nothing else. */
static void look_at_modes(SpDoctor *doctor)
{
    static const struct {
        const char *name;
        guint never; /* bits that it must not have */
    } places[] = {{"", S_IROTH | S_IWOTH},     {"packages", S_IWGRP | S_IWOTH},
                  {"snapshots", S_IRWXO},      {"inbox", S_IRWXO},
                  {"stages", S_IRWXO},         {"runs", S_IRWXO},
                  {"history", S_IRWXO},        {"trials", S_IRWXO},
                  {"statpakke.conf", S_IWOTH}, {"ledger.db", S_IRWXO}};
    GError *failure = NULL;
    const gboolean is_groups = sp_group_check(doctor->context, &failure);
    const guint groups = sp_group_name(doctor->context) != NULL ? S_IWGRP : 0U;
    gboolean is_well = is_groups;
    sp_doctor_find_error(doctor, "workspace", failure);
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        struct stat status;
        g_autofree char *path = sp_context_path(doctor->context, places[i].name, NULL);
        if (stat(path, &status) == 0 && (status.st_mode & places[i].never & ~groups) != 0) {
            is_well = FALSE;
            sp_doctor_find(doctor, SP_FINDING_ERROR, "workspace",
                           "%s has mode %04o, which lets others in; take it away: chmod o-rwx",
                           path, (unsigned)status.st_mode & 07777U);
        }
    }
    if (is_well) {
        sp_doctor_find(doctor, SP_FINDING_OK, "workspace", "%s", doctor->context->workspace);
    }
}

static void look_at_lock(SpDoctor *doctor)
{
    gsize size = 0;
    g_autofree char *path = sp_context_path(doctor->context, "lock", NULL);
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        g_autofree char *holder = sp_file_read(path, 4096, &size, NULL);
        sp_doctor_find(doctor, SP_FINDING_OK, "lock", "held by %s",
                       holder != NULL && size > 0 ? g_strstrip(holder) : "another run");
    }
    if (fd >= 0) {
        close(fd);
    }
}

static void look_at_settings(SpDoctor *doctor)
{
    GError *failure = NULL;
    if (sp_settings_check(doctor->context, &failure)) {
        sp_doctor_find(doctor, SP_FINDING_OK, "settings", "they hold together");
    }
    sp_doctor_find_error(doctor, "settings", failure);
}

/* Its pages and indexes; what it tells is the files' matter. */
static gboolean check_ledger(SpLedger *ledger, GError **error)
{
    gboolean has_row = FALSE;
    g_autoptr(SpStatement) check =
        sp_statement_new(ledger->database, "PRAGMA quick_check(1)", error);
    if (check == NULL || !sp_statement_step(check, &has_row, error)) {
        return FALSE;
    }
    const char *answer = has_row ? sp_statement_text(check, 0) : "no answer";
    return strcmp(answer, "ok") == 0 ||
           sp_error_set(error, SP_ERROR_DATA,
                        "ledger.db is damaged (%s); make it again: statpakke rebuild", answer);
}

static void look_at_ledger(SpDoctor *doctor)
{
    GError *failure = NULL;
    if (doctor->context->ledger == NULL) {
        const gboolean is_lacking = sp_ledger_is_lacking(doctor->context);
        sp_doctor_find(doctor, is_lacking ? SP_FINDING_WARNING : SP_FINDING_OK, "ledger",
                       is_lacking ? "it is not there; the next run makes it again from the files"
                                  : "nothing has run yet");
    } else if (check_ledger(doctor->context->ledger, &failure)) {
        sp_doctor_find(doctor, SP_FINDING_OK, "ledger", "it can be read");
    }
    sp_doctor_find_error(doctor, "ledger", failure);
}

/* Whether any dataset in use is about persons. */
static gboolean has_persons(SpContext *context)
{
    gboolean is_any = FALSE;
    g_auto(GStrv) datasets = sp_datasets_list(context, NULL);
    for (char **dataset = datasets; !is_any && dataset != NULL && *dataset != NULL; dataset++) {
        g_autoptr(SpSettings) settings = sp_dataset_settings(context, *dataset, NULL);
        gboolean is_persons = FALSE;
        is_any = settings != NULL &&
                 sp_dataset_is_persons(context, *dataset, settings, &is_persons, NULL) &&
                 is_persons;
    }
    return is_any;
}

static void look_at_keys(SpDoctor *doctor)
{
    GError *failure = NULL;
    SpSigner *signer = NULL;
    if (has_persons(doctor->context)) {
        g_autoptr(SpKey) key = sp_keyfile_read(doctor->context, &failure);
        if (key != NULL) {
            sp_doctor_find(doctor, SP_FINDING_OK, "keys", "person-level snapshots can be opened");
        }
        sp_doctor_find_error(doctor, "keys", g_steal_pointer(&failure));
    }
    if (sp_signkey_read(doctor->context, &signer, &failure)) {
        sp_doctor_find(doctor, SP_FINDING_OK, "keys",
                       signer != NULL ? "editions can be signed" : "editions are not signed");
        sp_signer_free(signer);
    }
    sp_doctor_find_error(doctor, "keys", failure);
}

/* The runs of the driver: when one last ended well. */
typedef struct {
    gint64 well;
    gint64 last;
    gboolean is_failed;
    char *message;
} LastRuns;

static void look_at_run(const SpRunRow *row, gpointer data)
{
    LastRuns *runs = data;
    if (strcmp(row->program, "statpakke-run") != 0) {
        return;
    }
    if (runs->last == 0) {
        runs->last = row->started;
        runs->is_failed = row->finished == 0 || row->exit_status != 0;
        runs->message = g_strdup(row->finished == 0 ? "it did not finish" : row->message);
    }
    if (runs->well == 0 && row->finished != 0 && row->exit_status == 0) {
        runs->well = row->finished;
    }
}

static void look_at_runs(SpDoctor *doctor)
{
    const SpContext *context = doctor->context;
    LastRuns runs = {0};
    if (context->ledger == NULL ||
        !sp_ledger_last_runs(context->ledger, N_RUNS, look_at_run, &runs, NULL) || runs.last == 0) {
        return;
    }
    g_autofree char *last = sp_time_format(runs.last);
    g_autofree char *message = runs.message;
    if (runs.is_failed) {
        sp_doctor_find(doctor, SP_FINDING_WARNING, "runs", "the last one, of %s, failed: %s", last,
                       message != NULL ? message : "it did not say why");
    } else if (context->now - runs.well > STALE_S) {
        sp_doctor_find(doctor, SP_FINDING_WARNING, "runs",
                       "none since %s; see that cron or the timer starts them", last);
    } else {
        sp_doctor_find(doctor, SP_FINDING_OK, "runs", "the last one, of %s, ended well", last);
    }
}

static void look_at_inbox(SpDoctor *doctor)
{
    g_autoptr(GPtrArray) strays = sp_strays_find(doctor->context, NULL);
    for (guint i = 0; strays != NULL && i < strays->len; i++) {
        const SpStray *stray = strays->pdata[i];
        sp_doctor_find(doctor, SP_FINDING_WARNING, "inbox", "%s: %s", stray->path, stray->text);
    }
}

/* What is served is what was signed and published, as far as the file system tells. */
static void look_at_edition(SpDoctor *doctor)
{
    GError *failure = NULL;
    g_autofree char *edition = sp_edition_current(doctor->context);
    if (edition == NULL) {
        sp_doctor_find(doctor, SP_FINDING_OK, "edition", "none is published");
        return;
    }
    g_autofree char *folder = sp_context_path(doctor->context, "packages", edition, NULL);
    if (sp_edition_check(doctor->context, folder, &failure)) {
        sp_doctor_find(doctor, SP_FINDING_OK, "edition",
                       "%s is whole; every table and sum: statpakke verify", edition);
    }
    sp_doctor_find_error(doctor, "edition", failure);
}

void sp_doctor_look_at_workspace(SpDoctor *doctor)
{
    look_at_modes(doctor);
    look_at_lock(doctor);
    look_at_settings(doctor);
    look_at_ledger(doctor);
    look_at_keys(doctor);
    look_at_edition(doctor);
    look_at_runs(doctor);
    look_at_inbox(doctor);
}
