/* Admissions, and what becomes of them. */
#include "pipeline/simulate/studies.h"

#include "pipeline/simulate/rows.h"

#include <string.h>

enum { FIRST = 2000, LEVEL_YEAR = 2022, LAST_NEW_AGE = 60, N_LAGS = 6 };
static const double GROWTH = 0.01;
static const double SHOCK_OF_ADMISSIONS = 0.03;

/* Of those who ever finish, the share in each year after the first in which one can. Made up. */
static const double lags[N_LAGS] = {0.57, 0.18, 0.10, 0.06, 0.04, 0.05};

/* A place of study and its share of the nation's students. Codes as in the extractor's list; shares
 * are made up. */
static const struct {
    const char *code;
    double share;
} institutions[SP_SIM_N_INSTITUTIONS] = {{"1110", 0.06}, {"1120", 0.06}, {"1130", 0.11},
                                         {"1150", 0.19}, {"1160", 0.13}, {"1171", 0.13},
                                         {"1174", 0.11}, {"1175", 0.21}};

gboolean sp_sim_study_is_programme(const SpSimStudy *study)
{
    return strcmp(study->route, "dbh") == 0;
}

const char *sp_sim_institution(guint institution)
{
    return institutions[institution].code;
}

void sp_sim_arrivals_init(SpSimArrivals *arrivals, double women, double age, double spread,
                          guint least)
{
    double sum = 0;
    double mode = age - 0.35 * spread;
    arrivals->women = women;
    for (guint i = 0; i < SP_SIM_N_WORK_AGES; i++) {
        guint years = SP_SIM_WORK_FIRST_AGE + i;
        double off = ((double)years - mode) / spread;
        if (years >= least && years <= LAST_NEW_AGE) {
            sum += sp_sim_exp(off < 0 ? MAX(-off * off / 1.125, -700) : -off / 0.95);
        }
        arrivals->upto[i] = sum;
    }
    for (guint i = 0; i < SP_SIM_N_WORK_AGES; i++) {
        arrivals->upto[i] /= sum;
    }
}

/* ---- the file ---- */

static gboolean read_study(const SpSimRows *rows, gsize row, SpSimStudy *study, GError **error)
{
    double years, women, age, spread, least;
    const struct {
        gsize column;
        SpSimRange range;
        double *value;
    } numbers[] = {{4, {0, 1}, &study->from_share},
                   {5, {0, 1e5}, &study->admitted},
                   {6, {0, 1}, &study->completes},
                   {7, {0, 6}, &years},
                   {8, {0, 1}, &study->shock},
                   {9, {0, 1}, &women},
                   {10, {15, 60}, &age},
                   {11, {0.5, 20}, &spread},
                   {12, {15, 60}, &least}};
    study->code = g_strdup(sp_sim_rows_text(rows, row, 0));
    study->route = g_strdup(sp_sim_rows_text(rows, row, 1));
    study->to = g_strdup(sp_sim_rows_text(rows, row, 2));
    study->from = g_strdup(sp_sim_rows_text(rows, row, 3));
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        if (!sp_sim_rows_number(rows, row, numbers[i].column, numbers[i].range, numbers[i].value,
                                error)) {
            return FALSE;
        }
    }
    study->years = (guint)years;
    sp_sim_arrivals_init(&study->arrivals, women, age, spread, (guint)least);
    return TRUE;
}

/* ---- the years ---- */

static gsize place_of(const SpSimStudies *studies, guint study, guint institution, guint year)
{
    g_assert(year >= studies->first && year < studies->first + studies->n_years);
    return ((gsize)study * SP_SIM_N_INSTITUTIONS + institution) * studies->n_years + year -
           studies->first;
}

static guint32 admit(const SpSimStudies *studies, SpRandom random, guint number, guint institution,
                     guint year)
{
    const SpSimStudy *study = &studies->studies[number];
    gboolean has_places = sp_sim_study_is_programme(study);
    /* A shock is common to the nation's year. */
    double shock =
        1 + SHOCK_OF_ADMISSIONS * sp_sim_normal(sp_random_named(random, "opptak år"), year);
    double mean = study->admitted * (1 + GROWTH * ((double)year - LEVEL_YEAR)) * shock *
                  (has_places ? institutions[institution].share : 1);
    if (!has_places && institution > 0) {
        return 0;
    }
    SpRandom own = sp_random_numbered(sp_random_named(random, "opptatte"), number);
    return sp_sim_poisson(sp_random_numbered(own, institution), year, mean);
}

/* Those admitted in a year finish as the years go; who has not by the last lag never does. */
static void finish(SpSimStudies *studies, SpRandom random, guint number, guint institution,
                   guint year)
{
    const SpSimStudy *study = &studies->studies[number];
    SpRandom own = sp_random_numbered(
        sp_random_numbered(sp_random_named(random, "fullførte"), number), institution);
    SpRandom shocks = sp_random_numbered(sp_random_named(random, "gjennomføring"), number);
    guint32 left = studies->admitted[place_of(studies, number, institution, year)];
    double after = 1; /* share of the admitted who are not yet through */
    gboolean is_at_once = study->years == 0;
    for (guint lag = 0; lag < (is_at_once ? 1U : (guint)N_LAGS); lag++) {
        guint when = year + study->years + lag;
        if (when >= studies->first + studies->n_years) {
            return;
        }
        double share = is_at_once ? study->completes
                                  : study->completes * lags[lag] *
                                        (1 + study->shock * sp_sim_normal(shocks, when));
        guint32 through =
            sp_sim_binomial(own, (guint64)year * N_LAGS + lag, left, share / MAX(after, 1e-9));
        studies->completed[place_of(studies, number, institution, when)] += through;
        left -= through;
        after -= share;
    }
}

SpSimStudies *sp_sim_studies_new(SpRandom random, const char *path, guint to, GError **error)
{
    static const char *const columns[] = {"kode",    "vei",        "til",  "fra",       "andel",
                                          "opptatt", "fullfoerer", "aar",  "variasjon", "kvinner",
                                          "alder",   "spredning",  "minst"};
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(SpSimStudies) studies = g_new0(SpSimStudies, 1);
    studies->studies = g_new0(SpSimStudy, sp_sim_rows_size(rows));
    for (gsize row = 0; row < sp_sim_rows_size(rows); row++) {
        if (!read_study(rows, row, &studies->studies[studies->n++], error)) {
            return NULL;
        }
    }
    studies->first = FIRST;
    studies->n_years = to - FIRST + 1;
    gsize size = (gsize)studies->n * SP_SIM_N_INSTITUTIONS * studies->n_years;
    studies->admitted = g_new0(guint32, size);
    studies->completed = g_new0(guint32, size);
    for (guint i = 0; i < studies->n * SP_SIM_N_INSTITUTIONS; i++) {
        guint number = i / SP_SIM_N_INSTITUTIONS;
        guint institution = i % SP_SIM_N_INSTITUTIONS;
        for (guint year = studies->first; year <= to; year++) {
            studies->admitted[place_of(studies, number, institution, year)] =
                admit(studies, random, number, institution, year);
            finish(studies, random, number, institution, year);
        }
    }
    return g_steal_pointer(&studies);
}

void sp_sim_studies_free(SpSimStudies *studies)
{
    if (studies == NULL) {
        return;
    }
    for (guint i = 0; i < studies->n; i++) {
        g_free(studies->studies[i].code);
        g_free(studies->studies[i].route);
        g_free(studies->studies[i].to);
        g_free(studies->studies[i].from);
    }
    g_free(studies->studies);
    g_free(studies->admitted);
    g_free(studies->completed);
    g_free(studies);
}

guint32 sp_sim_studies_admitted(const SpSimStudies *studies, guint study, guint institution,
                                guint year)
{
    return studies->admitted[place_of(studies, study, institution, year)];
}

guint32 sp_sim_studies_completed(const SpSimStudies *studies, guint study, guint institution,
                                 guint year)
{
    return studies->completed[place_of(studies, study, institution, year)];
}

guint32 sp_sim_studies_finished(const SpSimStudies *studies, guint study, guint year)
{
    guint32 sum = 0;
    for (guint i = 0; i < SP_SIM_N_INSTITUTIONS; i++) {
        sum += sp_sim_studies_completed(studies, study, i, year);
    }
    return sum;
}
