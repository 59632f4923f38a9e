/* The rule of demand judged on what then happened, with what was known at the base alone. */
#include "config.h"
#include "panel.h"

#include "transforms/project/demand/growth.h"

typedef struct {
    double mape, wape, within_80, total; /* percent */
    guint n;
} Score;

static const char *const names[PANEL_N_SERIES] = {"users", "institution", "nurses"};
static const char *const keys[PANEL_N_SERIES] = {"hjemmetjeneste", "institusjon", "omsorg"};

/* Use by age as a statistician of the base year had it: the shape of the last table by age, with the
   share aged 80 or older of the base year's users. */
static void use_of(const Panel *panel, guint series, int base, double use[PANEL_N_BANDS])
{
    if (series == PANEL_NURSES) {
        double home[PANEL_N_BANDS], institution[PANEL_N_BANDS], sums[2] = {0};
        use_of(panel, PANEL_USERS, base, home);
        use_of(panel, PANEL_INSTITUTION, base, institution);
        gsize year = (gsize)(base - PANEL_FIRST);
        for (gsize i = 0; i < panel->n; i++) {
            for (guint band = 0; band < PANEL_N_BANDS; band++) {
                double persons = panel->persons[band][i * PANEL_N_YEARS + year];
                sums[0] += persons * home[band];
                sums[1] += persons * institution[band];
            }
        }
        for (guint band = 0; band < PANEL_N_BANDS; band++) {
            use[band] = home[band] / sums[0] + institution[band] / sums[1];
        }
        return;
    }
    gsize year = (gsize)(base - PANEL_FIRST);
    double elderly = 0, all = 0, expected[2] = {0};
    for (gsize i = 0; i < panel->n; i++) {
        gsize at = i * PANEL_N_YEARS + year;
        if (panel->is_seen[series][at] && panel->elderly[series][at] > 0.0 &&
            panel->elderly[series][at] <= panel->figure[series][at]) {
            all += panel->figure[series][at];
            elderly += panel->elderly[series][at];
        }
        for (guint band = 0; band < PANEL_N_BANDS; band++) {
            expected[band >= 2] += panel->persons[band][at] * panel->use[series][band];
        }
    }
    for (guint band = 0; band < PANEL_N_BANDS; band++) {
        double share = band >= 2 ? elderly / all : 1 - elderly / all;
        use[band] = panel->use[series][band] * share / expected[band >= 2];
    }
}

static void by_use(const double use[PANEL_N_BANDS], double *const persons[PANEL_N_BANDS], gsize n,
                   double heads[], double by_age[])
{
    for (gsize at = 0; at < n; at++) {
        heads[at] = by_age[at] = 0;
        for (guint band = 0; band < PANEL_N_BANDS; band++) {
            heads[at] += persons[band][at];
            by_age[at] += persons[band][at] * use[band];
        }
    }
}

/* Data of the years up to `base`, cut out of the panel so that nothing later is within reach. */
static Score judge(const Panel *panel, guint series, int base, int target,
                   double *const projected[PANEL_N_BANDS], SpDemandSeries *fitted)
{
    gsize n_years = (gsize)(base - PANEL_FIRST) + 1, n_days = (gsize)(target - base) + 1;
    gsize n = panel->n;
    double use[PANEL_N_BANDS];
    use_of(panel, series, base, use);
    g_autofree double *heads = g_new(double, n *PANEL_N_YEARS);
    g_autofree double *by_age = g_new(double, n *PANEL_N_YEARS);
    g_autofree double *past = g_new(double, 3 * n * n_years);
    g_autofree gboolean *is_seen = g_new(gboolean, n * n_years);
    by_use(use, panel->persons, n * PANEL_N_YEARS, heads, by_age);
    for (gsize i = 0; i < n; i++) {
        for (gsize year = 0; year < n_years; year++) {
            gsize from = i * PANEL_N_YEARS + year, to = i * n_years + year;
            past[to] = panel->figure[series][from];
            past[n * n_years + to] = heads[from];
            past[2 * n * n_years + to] = by_age[from];
            is_seen[to] = panel->is_seen[series][from];
        }
    }
    const SpDemandSeriesData data = {.n_kommuner = n,
                                     .n_years = n_years,
                                     .observed = past,
                                     .is_seen = is_seen,
                                     .heads = past + n * n_years,
                                     .by_age = past + 2 * n * n_years,
                                     .n_groups = panel->n_classes,
                                     .group = panel->centrality};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) growth = config_growth();
    g_autoptr(GArray) priors = sp_growth_new(growth, &error);
    assert_no_error(error);
    const SpGrowth *prior =
        sp_growth_find(priors, series == PANEL_NURSES ? "aarsverk" : "bruk", keys[series]);
    const SpSize estimated = {SP_SIZE_ESTIMATED, 0};
    sp_demand_series_fit(&data, &prior->prior, &estimated, &estimated, &estimated, fitted);
    g_autofree double *future = g_new(double, 4 * n * n_days);
    double *figure = future + 2 * n * n_days, *sd = future + 3 * n * n_days;
    by_use(use, projected, n * n_days, future, future + n * n_days);
    sp_demand_series_project(fitted, n_days, future, future + n * n_days, figure, sd);
    Score score = {0};
    double missed = 0, facts = 0, sum = 0;
    double national = sp_drift_variance(&fitted->drift, (guint)n_days - 1);
    for (gsize i = 0; i < n; i++) {
        gsize at = i * PANEL_N_YEARS + (gsize)(target - PANEL_FIRST), day = i * n_days + n_days - 1;
        double fact = panel->figure[series][at];
        if (!panel->is_seen[series][at] || !is_seen[i * n_years + n_years - 1] || fact <= 0.0) {
            continue;
        }
        double error_here = fabs(figure[day] - fact);
        score.mape += 100 * error_here / fact;
        missed += error_here;
        facts += fact;
        sum += figure[day];
        score.n++;
        /* What is counted that day has its own noise. */
        double noise = fitted->levels.v0 + fitted->levels.v1 / figure[day];
        double spread = sqrt(sd[day] * sd[day] + national + log1p(noise));
        score.within_80 += fabs(log(fact / figure[day])) <= 1.2816 * spread ? 100 : 0;
    }
    score.mape /= score.n;
    score.within_80 /= score.n;
    score.wape = 100 * missed / facts;
    score.total = 100 * (sum / facts - 1);
    return score;
}

static const struct {
    int base, target;
} pairs[] = {{2016, 2019}, {2017, 2019}, {2018, 2019}, {2018, 2021},
             {2018, 2022}, {2019, 2022}, {2020, 2022}};

static void pasts(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    g_autofree char *shared = shared_folder();
    SpTables *in = *state;
    Panel *panel = panel_new(in, shared);
    for (gsize pair = 0; pair < G_N_ELEMENTS(pairs); pair++) {
        double *persons[PANEL_N_BANDS];
        int base = pairs[pair].base, target = pairs[pair].target;
        gsize n_days = (gsize)(target - base) + 1;
        panel_project(panel, in, base + 1, n_days, persons);
        for (guint series = 0; series < PANEL_N_SERIES; series++) {
            g_auto(SpDemandSeries) fitted = {0};
            Score score = judge(panel, series, base, target, persons, &fitted);
            print_message("| %d | %d | %s | %u | %.2f / %.2f | %+.1f | %.0f | %.2f (%.2f ± %.2f) | "
                          "%+.2f (%+.2f) | q %.5f %.4f v %.5f %.4f\n",
                          base, target, names[series], score.n, score.mape, score.wape, score.total,
                          score.within_80, fitted.ageing, fitted.ageing_seen, fitted.ageing_error,
                          100 * fitted.drift.mean, 100 * fitted.slope, fitted.levels.q0,
                          fitted.levels.q1, fitted.levels.v0, fitted.levels.v1);
        }
        for (guint band = 0; band < PANEL_N_BANDS; band++) {
            g_free(persons[band]);
        }
    }
    panel_free(panel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pasts),
    };
    return cmocka_run_group_tests(tests, country_read, country_free);
}
