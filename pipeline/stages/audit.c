/*
 * audit: looks at an edition as a stranger who has only packages/ and asks whether it is whole,
 * readable, and adds up. (The attack on suppressed cells belongs here too.)
 */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "outputs/archive/sums.h"
#include "pipeline/build.h"
#include "pipeline/edition.h"
#include "pipeline/examine.h"

#include <string.h>

static char **units(SpContext *context, GError **error)
{
    guint marks = 0;
    char *edition = sp_edition_made(context, &marks, error);
    if (edition == NULL) {
        return NULL;
    }
    char **names = g_new0(char *, 2);
    names[0] = edition;
    return names;
}

static gboolean inputs(SpUnit *unit, GError **error)
{
    g_autofree char *path =
        sp_context_work_path(unit->context, "packages", unit->unit, SP_SUMS_NAME, NULL);
    g_autofree char *folder = sp_context_work_path(unit->context, "packages", unit->unit, NULL);
    /* The sums stand for the files only if the files still have them: asked every time, also when
     * the report is there. */
    return sp_edition_check(unit->context, folder, error) &&
           sp_unit_need_path(unit, SP_SUMS_NAME, path, error);
}

static gboolean write_report(SpUnit *unit, const SpExamination *findings, GError **error)
{
    g_autoptr(json_t) json =
        json_pack("{s:s, s:s, s:I, s:I, s:I, s:b}", "edition", unit->unit, "sha256sums",
                  sp_unit_input(unit, SP_INPUT_FILE, SP_SUMS_NAME)->hash, "packages",
                  (json_int_t)findings->n_packages, "tables", (json_int_t)findings->n_tables,
                  "sums_checked", (json_int_t)findings->n_sums, "passed", 1);
    g_autofree char *text = sp_json_format(json);
    g_autofree char *path = g_build_filename(unit->folder, "rapport.json", NULL);
    return sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}

static gboolean make(SpUnit *unit, GError **error)
{
    g_autofree char *edition = sp_context_work_path(unit->context, "packages", unit->unit, NULL);
    SpExamination findings = {0};
    return sp_edition_examine(edition, &findings, error) && write_report(unit, &findings, error);
}

static const SpStage stage = {
    .name = "audit",
    .program_hash = SP_BUILD_AUDIT,
    .units = units,
    .inputs = inputs,
    .make = make,
};

const SpProgram sp_program_audit = {
    .name = "audit",
    .summary = "Look at the finished edition as a stranger: whole, readable, adding up",
    .access = SP_ACCESS_WRITE,
    .takes = SP_TAKES_ALL,
    .stage = &stage,
};
