/* The files of config/framskriving that say how people come and go. */
#include "transforms/project/supply/education.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/project/wholes.h"

#include <stdlib.h>
#include <string.h>

/* A table of a file with its columns found. */
enum { MOST_COLUMNS = 16 };
typedef struct {
    const SpTable *table;
    gsize codes[MOST_COLUMNS];
    gsize measures[MOST_COLUMNS];
} File;

static gboolean open_file(const SpTables *in, const char *name, const char *const codes[],
                          gsize n_codes, File *file, GError **error)
{
    file->table = sp_tables_need(in, name, error);
    return file->table != NULL &&
           sp_table_need_all(file->table, codes, n_codes, SP_COLUMN_CODE, file->codes, error);
}

static gboolean with_measures(File *file, const char *const measures[], gsize n, GError **error)
{
    return sp_table_need_all(file->table, measures, n, SP_COLUMN_MEASURE, file->measures, error);
}

static const char *code_at(const File *file, gsize row, gsize column)
{
    return sp_table_code(file->table, row, file->codes[column]);
}

typedef struct {
    double least, most;
} Limits;

/* A number between limits; the first column names the row. */
static gboolean number_at(const File *file, gsize row, gsize column, Limits limits, double *value,
                          GError **error)
{
    SpReal real = sp_table_real(file->table, row, file->measures[column]);
    *value = real.value;
    if (!sp_real_is_number(real) || real.value < limits.least || real.value > limits.most) {
        return sp_error_set(
            error, SP_ERROR_DATA, "%s: row of \"%s\": column %s, want a number from %g to %g",
            sp_table_name(file->table), code_at(file, row, 0),
            sp_table_column(file->table, file->measures[column])->name, limits.least, limits.most);
    }
    return TRUE;
}

/* ---- professions ---- */

gint sp_education_find(const SpEducation *education, const char *id)
{
    char **found = bsearch(&id, education->ids, education->n, sizeof(char *), sp_codes_compare);
    return found == NULL ? -1 : (gint)(found - education->ids);
}

enum { PROFESJON, HELSEMOD, NIVAA, FINNES };

/* Some are positions or sums, and some are counted nowhere nationally. */
static gboolean is_education(const File *file, gsize row)
{
    return strcmp(code_at(file, row, FINNES), "ja") == 0 && *code_at(file, row, NIVAA) != '\0';
}

static void tell_not_projected(const char *id, gboolean is_missing, SpQuality *quality)
{
    sp_quality_note(quality, "not_projected", id, 0,
                    is_missing ? "helsepersonell has no row of it"
                               : "config/profesjoner.csv gives it no level of education, or says "
                                 "that it is not known nationally");
}

static void find_professions(const File *file, const SpCodes *yrke, const gboolean has_rows[],
                             SpEducation *education, SpQuality *quality)
{
    GPtrArray *ids = g_ptr_array_new();
    for (gsize row = 0; row < sp_table_n_rows(file->table); row++) {
        const char *id = code_at(file, row, PROFESJON);
        guint32 number;
        gboolean is_there = sp_codes_find(yrke, id, &number) && has_rows[number];
        if (is_there && is_education(file, row)) {
            g_ptr_array_add(ids, g_strdup(id));
        } else if (is_there || is_education(file, row)) {
            tell_not_projected(id, !is_there, quality);
        }
    }
    g_ptr_array_sort(ids, sp_codes_compare);
    education->n = ids->len;
    g_ptr_array_add(ids, NULL);
    education->ids = (char **)g_ptr_array_free(ids, FALSE);
}

static gboolean find_groups(const File *file, SpEducation *education, GError **error)
{
    g_autoptr(SpCodes) levels = sp_codes_new();
    education->part_of = sp_profession_wholes(
        file->table, (const char *const *)(gpointer)education->ids, education->n, error);
    education->group = g_new0(guint, education->n);
    for (gsize row = 0; row < sp_table_n_rows(file->table); row++) {
        gint g = sp_education_find(education, code_at(file, row, PROFESJON));
        if (g >= 0) {
            education->group[g] = sp_codes_add(levels, code_at(file, row, NIVAA));
        }
    }
    education->n_groups = sp_codes_size(levels);
    return education->part_of != NULL;
}

static gboolean read_professions(const SpTables *in, SpEducation *education, SpQuality *quality,
                                 GError **error)
{
    static const char *const codes[] = {"profesjon", "helsemod", "nivaa", "finnes_nasjonalt"};
    const SpTable *personnel = sp_tables_need(in, "helsepersonell", error);
    File file;
    gsize yrke;
    if (personnel == NULL || !sp_table_need(personnel, "yrke", SP_COLUMN_CODE, &yrke, error) ||
        !open_file(in, "profesjoner", codes, G_N_ELEMENTS(codes), &file, error)) {
        return FALSE;
    }
    g_autofree gboolean *has_rows = sp_table_used_codes(personnel, yrke);
    find_professions(&file, sp_table_codes(personnel, yrke), has_rows, education, quality);
    return find_groups(&file, education, error);
}

/* A profession that a file names: one of config/profesjoner.csv, projected or not (-1). */
static gboolean known_profession(const SpTables *in, const SpEducation *education, const File *file,
                                 const char *id, gint *g, GError **error)
{
    const SpTable *all = sp_tables_find(in, "profesjoner");
    guint32 number;
    if (!sp_codes_find(sp_table_codes(all, sp_table_find(all, "profesjon")), id, &number)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: \"%s\" is no profession of config/profesjoner.csv",
                            sp_table_name(file->table), id);
    }
    *g = sp_education_find(education, id);
    return TRUE;
}

/* The same, or "*": every profession. */
static gboolean known_or_all(const SpTables *in, const SpEducation *education, const File *file,
                             const char *id, GError **error)
{
    gint known;
    return strcmp(id, "*") == 0 || known_profession(in, education, file, id, &known, error);
}

/* Share of women and ages of a row: columns `first` ... first + 3. */
static gboolean read_arrivals(const File *file, gsize row, gsize first, SpArrivals *arrivals,
                              GError **error)
{
    double least = 0.0;
    if (!number_at(file, row, first, (Limits){0, 1}, &arrivals->share_women, error) ||
        !number_at(file, row, first + 1, (Limits){SP_FIRST_WORK_AGE, SP_OLDEST_NEWCOMER},
                   &arrivals->mean_age, error) ||
        !number_at(file, row, first + 2, (Limits){0.1, 30}, &arrivals->sd_age, error) ||
        !number_at(file, row, first + 3, (Limits){SP_FIRST_WORK_AGE, arrivals->mean_age}, &least,
                   error)) {
        return FALSE;
    }
    sp_stock_age_weights(SP_N_WORK_AGES, SP_FIRST_WORK_AGE, (guint)least, arrivals->mean_age,
                         arrivals->sd_age, arrivals->weight);
    return TRUE;
}

/* ---- utdanning.csv ---- */

static gboolean read_timing(const File *file, gsize row, SpTiming *timing, GError **error)
{
    double years = 0.0, all = 0.0;
    if (!number_at(file, row, 0, (Limits){0, 10}, &years, error) ||
        !number_at(file, row, 1, (Limits){0, 1}, &timing->completion, error)) {
        return FALSE;
    }
    timing->years = (guint)years;
    for (gsize k = 0; k < SP_N_TIMINGS; k++) {
        if (!number_at(file, row, 2 + k, (Limits){0, 1e6}, &timing->timing[k], error)) {
            return FALSE;
        }
        all += timing->timing[k];
    }
    return all > 0.0 || sp_error_set(error, SP_ERROR_DATA,
                                     "%s: row of \"%s\": tid_0 ... are all 0; write how many "
                                     "finish in which year",
                                     sp_table_name(file->table), code_at(file, row, 0));
}

static gboolean read_routes(const SpTables *in, SpEducation *education, GError **error)
{
    static const char *const codes[] = {"profesjon", "vei", "tabell"};
    static const char *const measures[] = {
        "aar",   "fullfoering", "tid_0",   "tid_1", "tid_2",     "tid_3", "tid_4",    "tid_5",
        "tid_6", "tid_7",       "kvinner", "alder", "spredning", "minst", "variasjon"};
    File file;
    if (!open_file(in, "utdanning", codes, G_N_ELEMENTS(codes), &file, error) ||
        !with_measures(&file, measures, G_N_ELEMENTS(measures), error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(file.table); row++) {
        SpRoute route = {.vei = code_at(&file, row, 1), .tabell = code_at(&file, row, 2)};
        gint g = -1;
        if (!known_profession(in, education, &file, code_at(&file, row, 0), &g, error) ||
            !read_timing(&file, row, &route.timing, error) ||
            !read_arrivals(&file, row, 10, &route.arrivals, error) ||
            !number_at(&file, row, 14, (Limits){0, 2}, &route.sd, error)) {
            return FALSE;
        }
        if (g >= 0) {
            route.profession = (guint)g;
            g_array_append_val(education->routes, route);
        }
    }
    return TRUE;
}

/* ---- overganger.csv ---- */

/* A slip here would be another model without a word: nine of ten who take the certificate would
 * stay where they came from too, or numbers that are there would not be found. */
static gboolean read_way(const File *file, gsize row, SpTransition *transition, GError **error)
{
    static const char *const tables[] = {"kandidater", "laerlinger", "autorisasjon", NULL};
    const char *leaves = code_at(file, row, 5);
    *transition = (SpTransition){.tabell = code_at(file, row, 2),
                                 .maal = code_at(file, row, 3),
                                 .utvalg = code_at(file, row, 4),
                                 .leaves = strcmp(leaves, "ja") == 0};
    if (!g_strv_contains(tables, transition->tabell)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "overganger: row of \"%s\": tabell \"%s\"; write kandidater, "
                            "laerlinger or autorisasjon",
                            code_at(file, row, 1), transition->tabell);
    }
    return transition->leaves || strcmp(leaves, "nei") == 0 ||
           sp_error_set(error, SP_ERROR_DATA,
                        "overganger: row of \"%s\": forlater is \"%s\"; write ja or nei",
                        code_at(file, row, 1), leaves);
}

static gboolean read_transitions(const SpTables *in, SpEducation *education, GError **error)
{
    static const char *const codes[] = {"fra", "til", "tabell", "maal", "utvalg", "forlater"};
    static const char *const measures[] = {"andel",     "kvinner", "alder",
                                           "spredning", "minst",   "variasjon"};
    File file;
    if (!open_file(in, "overganger", codes, G_N_ELEMENTS(codes), &file, error) ||
        !with_measures(&file, measures, G_N_ELEMENTS(measures), error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(file.table); row++) {
        SpTransition transition;
        gint to = -1;
        if (!read_way(&file, row, &transition, error) ||
            !known_profession(in, education, &file, code_at(&file, row, 0), &transition.from,
                              error) ||
            !known_profession(in, education, &file, code_at(&file, row, 1), &to, error) ||
            !number_at(&file, row, 0, (Limits){0, 1}, &transition.share, error) ||
            !read_arrivals(&file, row, 1, &transition.arrivals, error) ||
            !number_at(&file, row, 5, (Limits){0, 2}, &transition.sd, error)) {
            return FALSE;
        }
        if (to >= 0) {
            transition.to = (guint)to;
            g_array_append_val(education->transitions, transition);
        }
    }
    return TRUE;
}

/* ---- avgang.csv and pensjonsalder.csv ---- */

/* "*" is every profession; a row of a profession adds to it. */
static gboolean names_profession(const SpEducation *education, const char *id, gsize g)
{
    return strcmp(id, "*") == 0 || strcmp(id, education->ids[g]) == 0;
}

static gboolean read_exits(const SpTables *in, SpEducation *education, GError **error)
{
    static const char *const codes[] = {"profesjon"};
    static const char *const measures[] = {"alder_fra", "alder_til", "avgang", "variasjon"};
    File file;
    if (!open_file(in, "avgang", codes, 1, &file, error) ||
        !with_measures(&file, measures, G_N_ELEMENTS(measures), error)) {
        return FALSE;
    }
    education->exits = g_new0(double, education->n *SP_N_WORK_AGES);
    education->exit_sd = g_new0(double, education->n);
    for (gsize row = 0; row < sp_table_n_rows(file.table); row++) {
        const char *id = code_at(&file, row, 0);
        double from, to, exits, sd;
        if (!known_or_all(in, education, &file, id, error) ||
            !number_at(&file, row, 0, (Limits){SP_FIRST_WORK_AGE, SP_LAST_WORK_AGE}, &from,
                       error) ||
            !number_at(&file, row, 1, (Limits){from, SP_LAST_WORK_AGE}, &to, error) ||
            !number_at(&file, row, 2, (Limits){0, 0.5}, &exits, error) ||
            !number_at(&file, row, 3, (Limits){0, 2}, &sd, error)) {
            return FALSE;
        }
        for (gsize g = 0; g < education->n; g++) {
            gsize a = (gsize)from - SP_FIRST_WORK_AGE, last = (gsize)to - SP_FIRST_WORK_AGE;
            if (!names_profession(education, id, g)) {
                continue;
            }
            education->exit_sd[g] = MAX(education->exit_sd[g], sd);
            for (; a <= last; a++) {
                education->exits[g * SP_N_WORK_AGES + a] += exits;
            }
        }
    }
    return TRUE;
}

static gboolean add_pension_age(SpEducation *education, gsize g, guint place, GError **error)
{
    guint *ages = &education->pension_ages[g * SP_MOST_PENSION_AGES];
    guint n = education->n_pension_ages[g], i = n;
    if (n == SP_MOST_PENSION_AGES) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "pensjonsalder: \"%s\" has more than %d ages, its own and those of "
                            "\"*\"; take one out",
                            education->ids[g], SP_MOST_PENSION_AGES);
    }
    for (; i > 0 && ages[i - 1] > place; i--) {
        ages[i] = ages[i - 1];
    }
    ages[i] = place;
    education->n_pension_ages[g]++;
    return TRUE;
}

static gboolean read_pension_ages(const SpTables *in, SpEducation *education, GError **error)
{
    static const char *const codes[] = {"profesjon"};
    static const char *const measures[] = {"alder"};
    File file;
    if (!open_file(in, "pensjonsalder", codes, 1, &file, error) ||
        !with_measures(&file, measures, 1, error)) {
        return FALSE;
    }
    education->n_pension_ages = g_new0(guint, education->n);
    education->pension_ages = g_new0(guint, education->n * SP_MOST_PENSION_AGES);
    for (gsize row = 0; row < sp_table_n_rows(file.table); row++) {
        const char *id = code_at(&file, row, 0);
        double age;
        if (!known_or_all(in, education, &file, id, error) ||
            !number_at(&file, row, 0, (Limits){SP_FIRST_WORK_AGE + 1, SP_LAST_WORK_AGE}, &age,
                       error)) {
            return FALSE;
        }
        for (gsize g = 0; g < education->n; g++) {
            if (names_profession(education, id, g) &&
                !add_pension_age(education, g, (guint)age - SP_FIRST_WORK_AGE, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

SpEducation *sp_education_new(const SpTables *in, SpQuality *quality, GError **error)
{
    g_autoptr(SpEducation) education = g_new0(SpEducation, 1);
    education->routes = g_array_new(FALSE, FALSE, sizeof(SpRoute));
    education->transitions = g_array_new(FALSE, FALSE, sizeof(SpTransition));
    if (!read_professions(in, education, quality, error) || !read_routes(in, education, error) ||
        !read_transitions(in, education, error) || !read_exits(in, education, error) ||
        !read_pension_ages(in, education, error)) {
        return NULL;
    }
    return g_steal_pointer(&education);
}

void sp_education_free(SpEducation *education)
{
    if (education == NULL) {
        return;
    }
    g_strfreev(education->ids);
    g_free(education->part_of);
    g_free(education->group);
    g_array_unref(education->routes);
    g_array_unref(education->transitions);
    g_free(education->exits);
    g_free(education->exit_sd);
    g_free(education->n_pension_ages);
    g_free(education->pension_ages);
    g_free(education);
}
