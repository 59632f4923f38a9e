/* Answers: for each round of a reform, every kommune that there was and every question. */
#include "transforms/normalise/answers.h"

#include <string.h>

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/normalise/routes.h"

enum { REGION, REFORM, PERIOD, N_KEYS };
enum { TO_REGION, TO_REFORM, TO_QUESTION, TO_PERIOD, TO_COUNT, TO_ALL, TO_SILENT, TO_SHARE };

static const char *const key_names[N_KEYS] = {"region", "reform", "period"};

static const SpColumn columns[] = {
    {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
    {.name = "reform", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    {.name = "spoersmaal", .kind = SP_COLUMN_CODE, .is_key = TRUE},
    {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
    {.name = "teller", .kind = SP_COLUMN_MEASURE, .unit = "kommuner", .is_additive = TRUE},
    {.name = "nevner", .kind = SP_COLUMN_MEASURE, .unit = "kommuner", .is_additive = TRUE},
    {.name = "ikke_svart", .kind = SP_COLUMN_MEASURE, .unit = "kommuner", .is_additive = TRUE},
    {.name = "andel", .kind = SP_COLUMN_MEASURE, .unit = "share"},
};

typedef struct {
    const SpTable *facts;
    const SpRegions *regions;
    const SpTable *questions;
    gsize reform; /* columns of the questions */
    gsize from;
    gsize to;
    gsize question;
    gsize answer;
    gsize yes;
    gsize keys[N_KEYS]; /* columns of the facts */
    SpTableIndex *index;
    SpQuality *quality;
    SpTable *result;
} Answers;

static gboolean open_answers(Answers *answers, GError **error)
{
    const SpTable *list = answers->questions;
    return sp_table_need(list, "reform", SP_COLUMN_CODE, &answers->reform, error) &&
           sp_table_need(list, "fra", SP_COLUMN_CODE, &answers->from, error) &&
           sp_table_need(list, "til", SP_COLUMN_CODE, &answers->to, error) &&
           sp_table_need(list, "spoersmaal", SP_COLUMN_CODE, &answers->question, error) &&
           sp_table_need(list, "kolonne", SP_COLUMN_CODE, &answers->answer, error) &&
           sp_table_need(list, "ja", SP_COLUMN_CODE, &answers->yes, error) &&
           sp_table_need_all(answers->facts, key_names, N_KEYS, SP_COLUMN_CODE, answers->keys,
                             error);
}

/* Whether the reform is reported for that period, by the row of its question. */
static gboolean is_in_time(const Answers *answers, gsize row, const char *period)
{
    SpPeriod is;
    SpPeriod from;
    SpPeriod to;
    const char *last = sp_table_code(answers->questions, row, answers->to);
    if (!sp_period_parse(period, &is) ||
        !sp_period_parse(sp_table_code(answers->questions, row, answers->from), &from) ||
        is.first < from.first) {
        return FALSE;
    }
    return last[0] == '\0' || (sp_period_parse(last, &to) && is.last <= to.last);
}

static gboolean is_yes(const char *answer, const char *list)
{
    g_auto(GStrv) words = g_strsplit(list, "|", -1);
    return g_strv_contains((const char *const *)words, answer);
}

static gboolean add_question(const Answers *answers, gsize question, const char *const round[],
                             const char **kommuner, GError **error)
{
    const char *name = sp_table_code(answers->questions, question, answers->answer);
    const char *yes = sp_table_code(answers->questions, question, answers->yes);
    gsize column = sp_table_find(answers->facts, name);
    if (column == SP_NO_COLUMN) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s: the question \"%s\" is answered in the column \"%s\", which the "
                            "layout does not have; correct one of them",
                            sp_table_name(answers->questions),
                            sp_table_code(answers->questions, question, answers->question), name);
    }
    for (const char **kommune = kommuner; *kommune != NULL; kommune++) {
        const char *const key[N_KEYS] = {*kommune, round[REFORM], round[PERIOD]};
        gsize found = 0;
        const char *answer = sp_table_index_find(answers->index, key, &found)
                                 ? sp_table_code(answers->facts, found, column)
                                 : "";
        gboolean is_silent = answer[0] == '\0';
        gsize row = sp_table_add_row(answers->result);
        sp_table_set_code(answers->result, row, TO_REGION, *kommune);
        sp_table_set_code(answers->result, row, TO_REFORM, round[REFORM]);
        sp_table_set_code(answers->result, row, TO_QUESTION,
                          sp_table_code(answers->questions, question, answers->question));
        sp_table_set_code(answers->result, row, TO_PERIOD, round[PERIOD]);
        sp_table_set_real(answers->result, row, TO_COUNT,
                          sp_real(!is_silent && is_yes(answer, yes) ? 1.0 : 0.0));
        sp_table_set_real(answers->result, row, TO_ALL, sp_real(1.0));
        sp_table_set_real(answers->result, row, TO_SILENT, sp_real(is_silent ? 1.0 : 0.0));
    }
    return TRUE;
}

static void note_unknown(const Answers *answers, const char *what, const char *code,
                         const char *why)
{
    g_autofree char *subject = g_strdup_printf("%s %s", what, code);
    sp_quality_note(answers->quality, "unknown_code", subject, 0, "rows left out: \"%s\" %s", code,
                    why);
}

/* One reform and period. */
static gboolean add_round(const Answers *answers, const char *const round[], GError **error)
{
    SpDay day = 0;
    gboolean is_known = FALSE;
    gboolean is_timely = FALSE;
    if (!sp_route_day(round[PERIOD], &day)) {
        note_unknown(answers, "period", round[PERIOD], "is no period");
        return TRUE;
    }
    g_autofree const char **kommuner = sp_regions_at(answers->regions, day);
    for (gsize i = 0; i < sp_table_n_rows(answers->questions); i++) {
        if (strcmp(sp_table_code(answers->questions, i, answers->reform), round[REFORM]) != 0) {
            continue;
        }
        is_known = TRUE;
        if (is_in_time(answers, i, round[PERIOD])) {
            is_timely = TRUE;
            if (!add_question(answers, i, round, kommuner, error)) {
                return FALSE;
            }
        }
    }
    if (!is_known) {
        note_unknown(answers, "reform", round[REFORM], "is in no list of reforms; add it");
    } else if (!is_timely) {
        note_unknown(answers, "period", round[PERIOD],
                     "is outside the time that the reform is reported for");
    }
    return TRUE;
}

static gboolean add_rounds(const Answers *answers, GError **error)
{
    const SpTable *facts = answers->facts;
    g_autofree gsize *rows = sp_table_order(facts, answers->keys + REFORM, N_KEYS - REFORM);
    const char *last[N_KEYS] = {"", "", ""};
    for (gsize i = 0; i < sp_table_n_rows(facts); i++) {
        const char *const round[N_KEYS] = {sp_table_code(facts, rows[i], answers->keys[REGION]),
                                           sp_table_code(facts, rows[i], answers->keys[REFORM]),
                                           sp_table_code(facts, rows[i], answers->keys[PERIOD])};
        SpDay day = 0;
        if (sp_route_day(round[PERIOD], &day) &&
            !sp_regions_is_valid(answers->regions, round[REGION], day)) {
            note_unknown(answers, "region", round[REGION], "is no kommune in that period");
        }
        gboolean is_new = i == 0 || strcmp(round[REFORM], last[REFORM]) != 0 ||
                          strcmp(round[PERIOD], last[PERIOD]) != 0;
        if (is_new && !add_round(answers, round, error)) {
            return FALSE;
        }
        memcpy(last, round, sizeof last);
    }
    return TRUE;
}

SpTable *sp_normalise_answers(const SpTable *facts, const SpLayout *layout, const SpTables *maps,
                              const SpRegions *regions, SpQuality *quality, GError **error)
{
    Answers answers = {.facts = facts, .regions = regions, .quality = quality};
    if (layout->questions == NULL) {
        return sp_table_copy(facts);
    }
    answers.questions = sp_tables_need(maps, layout->questions, error);
    if (answers.questions == NULL || !open_answers(&answers, error)) {
        return NULL;
    }
    g_autoptr(SpTable) result = sp_table_new(layout->table, columns, G_N_ELEMENTS(columns));
    g_autoptr(SpTableIndex) index = sp_table_index_new(facts, answers.keys, N_KEYS);
    answers.result = result;
    answers.index = index;
    sp_table_set_edition(result, sp_table_edition(facts));
    sp_table_set_marks(result, sp_table_marks(facts));
    if (!add_rounds(&answers, error)) {
        return NULL;
    }
    if (sp_table_n_rows(result) == 0) {
        sp_error_set(error, SP_ERROR_DATA,
                     "table %s: no row is of a reform and period in the list %s", layout->table,
                     layout->questions);
        return NULL;
    }
    return sp_table_check_unique(result, error) ? g_steal_pointer(&result) : NULL;
}

void sp_normalise_answer_shares(SpTable *table, const SpLayout *layout)
{
    if (layout->questions == NULL) {
        return;
    }
    gsize count = sp_table_find(table, columns[TO_COUNT].name);
    gsize every = sp_table_find(table, columns[TO_ALL].name);
    gsize quiet = sp_table_find(table, columns[TO_SILENT].name);
    gsize part = sp_table_find(table, columns[TO_SHARE].name);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        SpReal all = sp_table_real(table, row, every);
        SpReal silent = sp_table_real(table, row, quiet);
        SpReal share = sp_real_rate(sp_table_real(table, row, count), all, 1.0);
        gboolean is_unheard = sp_real_is_number(all) && sp_real_is_number(silent) &&
                              silent.value >= all.value && all.value > 0.0;
        sp_table_set_real(table, row, part, is_unheard ? sp_real_none(SP_MISSING) : share);
    }
}
