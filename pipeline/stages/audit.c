/*
 * audit: looks at an edition as a stranger who has only packages/ and asks whether it is whole,
 * readable, and adds up, and which suppressed figures he can work out.
 */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "outputs/archive/sums.h"
#include "pipeline/build.h"
#include "pipeline/edition.h"
#include "pipeline/examine.h"
#include "pipeline/facts.h"
#include "pipeline/history.h"

#include <string.h>

#define RATIO_FILE "avledet.csv"
#define SAME_FILE "samme.csv"
#define ALL_FILE "samlet.csv"

/* Entries of rows that the elimination of one measure may visit: some ten seconds. */
#define MOST_WORK G_GUINT64_CONSTANT(1000000000)
/* Linear programmes of what is near a hidden count, a measure: some tenths of a second. */
enum { N_NEAR = 300 };

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
           sp_unit_need_path(unit, SP_SUMS_NAME, path, error) &&
           sp_unit_need_file(unit, RATIO_FILE, error) &&
           sp_unit_need_file(unit, SAME_FILE, error) && sp_unit_need_file(unit, ALL_FILE, error) &&
           sp_history_need(unit, unit->unit, error);
}

/* What the night does of what the attack finds. */
typedef struct {
    SpAttackOptions options;
    gboolean refuses;         /* a finding ends the audit */
    gboolean refuses_earlier; /* so does one that rests on earlier editions; else it does not keep
                                 the edition from being published */
} Rules;

/* "refuse" or "tell". */
static gboolean read_choice(const SpUnit *unit, const char *setting, gboolean *refuses,
                            GError **error)
{
    const char *choice = sp_settings_text(unit->settings, setting, error);
    *refuses = g_strcmp0(choice, "refuse") == 0;
    return choice != NULL &&
           (*refuses || strcmp(choice, "tell") == 0 ||
            sp_error_set(error, SP_ERROR_CONFIG, "%s = %s: want refuse or tell", setting, choice));
}

static gboolean read_rules(const SpUnit *unit, Rules *rules, GError **error)
{
    *rules = (Rules){.options = {.n_named = 100, .most_work = MOST_WORK, .n_near = N_NEAR}};
    return read_choice(unit, "audit.attack", &rules->refuses, error) &&
           read_choice(unit, "audit.editions", &rules->refuses_earlier, error) &&
           sp_settings_double(unit->settings, "protect.interval_width", 0.0, 1e6,
                              &rules->options.least_width, error) &&
           sp_settings_double(unit->settings, "protect.threshold", 1.0, 1000.0, &rules->options.few,
                              error);
}

/* Whether there is no finding that keeps the edition from being published. */
static gboolean has_passed(const SpAttack *attack, const Rules *rules)
{
    gsize n = 0;
    for (SpAttackKind kind = 0; kind < SP_ATTACK_N_KINDS; kind++) {
        n += attack->n_found[kind];
    }
    return n == (rules->refuses_earlier ? 0 : attack->n_with_earlier);
}

static json_t *describe_finding(const SpAttackFinding *finding)
{
    json_t *json = json_pack("{s:s, s:s, s:s}", "what", sp_attack_kind_name(finding->kind), "cell",
                             finding->cell, "how", finding->how);
    if (finding->kind == SP_ATTACK_NARROW) {
        json_object_set_new(json, "lower", json_real(finding->lower));
        json_object_set_new(json, "upper", json_real(finding->upper));
    }
    return json;
}

static json_t *describe_attack(const SpAttack *attack, const SpAttacked *attacked)
{
    const struct {
        const char *name;
        gsize n;
    } counts[] = {{"cells", attack->n_cells},
                  {"hidden", attack->n_hidden},
                  {"hidden_without_sums", attack->n_without_sums},
                  {"told_before", attack->n_told_before},
                  {"with_earlier_editions", attack->n_with_earlier},
                  {"earlier_contradicted", attack->n_contradicted},
                  {"parts_of_nothing", attack->n_nothing},
                  {"hidden_in_other_tables", sp_attacked_n_beside(attacked)},
                  {"programmes", attack->n_programmes}};
    json_t *json = json_pack("{s:b}", "sums_known", sp_attacked_knows_sums(attacked));
    json_t *findings = json_array();
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        json_object_set_new(json, counts[i].name, json_integer((json_int_t)counts[i].n));
    }
    for (SpAttackKind kind = 0; kind < SP_ATTACK_N_KINDS; kind++) {
        json_object_set_new(json, sp_attack_kind_name(kind),
                            json_integer((json_int_t)attack->n_found[kind]));
    }
    for (guint i = 0; i < attack->findings->len; i++) {
        json_array_append_new(findings, describe_finding(attack->findings->pdata[i]));
    }
    json_object_set_new(json, "findings", findings);
    return json;
}

static gboolean write_report(SpUnit *unit, const SpExamination *findings, json_t *attack,
                             gboolean is_passed, GError **error)
{
    g_autoptr(json_t) json = json_pack(
        "{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:O, s:b}", "edition", unit->unit,
        "sha256sums", sp_unit_input(unit, SP_INPUT_FILE, SP_SUMS_NAME)->hash, "packages",
        (json_int_t)findings->n_packages, "tables", (json_int_t)findings->n_tables, "sums_checked",
        (json_int_t)findings->n_sums, "sheets_read", (json_int_t)findings->formats.n_sheets,
        "sections_read", (json_int_t)findings->formats.n_sections, "files_read",
        (json_int_t)findings->formats.n_files, "figures_in_formats",
        (json_int_t)findings->formats.n_figures, "attack", attack, "passed", is_passed);
    g_autofree char *text = sp_json_format(json);
    g_autofree char *path = g_build_filename(unit->folder, "rapport.json", NULL);
    return sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}

/* Findings end the audit, or are told. */
static gboolean answer_attack(const SpUnit *unit, const SpAttack *attack, const Rules *rules,
                              GError **error)
{
    if (attack->findings->len == 0) {
        return TRUE;
    }
    const SpAttackFinding *first = attack->findings->pdata[0];
    g_autofree char *text = g_strdup_printf(
        "of %" G_GSIZE_FORMAT " hidden figures the packages give away %" G_GSIZE_FORMAT
        ", %" G_GSIZE_FORMAT " within less than the least width, and %" G_GSIZE_FORMAT
        " could not be attacked; the first is %s: %s",
        attack->n_hidden, attack->n_found[SP_ATTACK_DERIVED], attack->n_found[SP_ATTACK_NARROW],
        attack->n_found[SP_ATTACK_NOT_ATTACKED], first->cell, first->how);
    if (rules->refuses && !has_passed(attack, rules)) {
        return sp_error_set(error, SP_ERROR_DATA, "%s", text);
    }
    sp_log(&unit->context->log, SP_LOG_WARNING, "%s: %s", unit->unit, text);
    return TRUE;
}

/* What readers have from other editions is no secret of this one. */
static gboolean remember(const SpUnit *unit, SpAttacked *attacked, SpTables *before, GError **error)
{
    g_auto(GStrv) names = sp_attacked_names(attacked);
    sp_attacked_remember(attacked, before);
    return sp_history_read(unit, (const char *const *)names, before, error);
}

static gboolean make(SpUnit *unit, GError **error)
{
    g_autofree char *edition = sp_context_work_path(unit->context, "packages", unit->unit, NULL);
    g_autoptr(SpTables) files = sp_tables_new();
    g_auto(SpExamination) findings = {0};
    Rules rules;
    if (!read_rules(unit, &rules, error) ||
        !sp_facts_read_file(unit, RATIO_FILE, "avledet", NULL, files, error) ||
        !sp_facts_read_file(unit, SAME_FILE, "samme", NULL, files, error) ||
        !sp_facts_read_file(unit, ALL_FILE, "samlet", NULL, files, error)) {
        return FALSE;
    }
    g_autoptr(SpAttacked) attacked = sp_attacked_new(files);
    g_autoptr(SpTables) before = sp_tables_new();
    g_autoptr(SpAttack) attack =
        sp_edition_examine(edition, unit->context->n_jobs, NULL, &findings, attacked, error) &&
                remember(unit, attacked, before, error)
            ? sp_attacked_run(attacked, &rules.options, error)
            : NULL;
    if (attack == NULL || !answer_attack(unit, attack, &rules, error)) {
        return FALSE;
    }
    g_autoptr(json_t) description = describe_attack(attack, attacked);
    return write_report(unit, &findings, description, has_passed(attack, &rules), error);
}

static const char *const config_keys[] = {"audit.attack", "audit.editions",
                                          "protect.interval_width", "protect.threshold", NULL};

static const SpStage stage = {
    .name = "audit",
    .program_hash = SP_BUILD_AUDIT,
    .config_keys = config_keys,
    .units = units,
    .named_by = "package",
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
