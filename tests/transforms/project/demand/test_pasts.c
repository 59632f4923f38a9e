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

/* Use by age as a statistician of the base year had it: the shape of the last table by age, with
   the share aged 80 or older of the base year's users. */
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

typedef struct {
    int base, target; /* ends of years */
} Pair;

/* Persons by band from the base on, as we would have projected them: [n][n_days]. */
typedef struct {
    Pair pair;
    gsize n_days;
    double *persons[PANEL_N_BANDS];
} Origin;

static void origin_init(Origin *origin, const Panel *panel, SpTables *in, Pair pair)
{
    origin->pair = pair;
    origin->n_days = (gsize)(pair.target - pair.base) + 1;
    panel_project(panel, in, pair.base + 1, origin->n_days, origin->persons);
}

static void origin_clear(Origin *origin)
{
    for (guint band = 0; band < PANEL_N_BANDS; band++) {
        g_free(origin->persons[band]);
    }
}

/* Data of the years up to the base, cut out of the panel so that nothing later is within reach.
 * `past` [3][n][n_years] and `is_seen` are the caller's. */
static SpDemandSeriesData cut(const Panel *panel, guint series, int base,
                              const double use[PANEL_N_BANDS], double past[], gboolean is_seen[])
{
    gsize n = panel->n, n_years = (gsize)(base - PANEL_FIRST) + 1;
    g_autofree double *heads = g_new(double, n *PANEL_N_YEARS);
    g_autofree double *by_age = g_new(double, n *PANEL_N_YEARS);
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
    return (SpDemandSeriesData){.n_kommuner = n,
                                .n_years = n_years,
                                .observed = past,
                                .is_seen = is_seen,
                                .heads = past + n * n_years,
                                .by_age = past + 2 * n * n_years,
                                .n_groups = panel->n_classes,
                                .group = panel->centrality};
}

/* What a rule said of the target: [n] figures, 0 where it is not judged, then [n] standard
 * deviations of the log, all noise in. `fitted` is the caller's. */
static void forecast(const Panel *panel, guint series, const Origin *origin,
                     const SpDemandSeriesPrior *prior, SpDemandSeries *fitted, double figure[])
{
    double *sd = figure + panel->n;
    int base = origin->pair.base;
    gsize n = panel->n, n_days = origin->n_days, n_years = (gsize)(base - PANEL_FIRST) + 1;
    double use[PANEL_N_BANDS];
    use_of(panel, series, base, use);
    g_autofree double *past = g_new(double, 3 * n * n_years);
    g_autofree gboolean *is_seen = g_new(gboolean, n * n_years);
    const SpDemandSeriesData data = cut(panel, series, base, use, past, is_seen);
    const SpSize estimated = {SP_SIZE_ESTIMATED, 0};
    sp_demand_series_fit(&data, prior, &estimated, &estimated, &estimated, fitted);
    g_autofree double *future = g_new(double, 4 * n * n_days);
    double *path = future + 2 * n * n_days, *spread = future + 3 * n * n_days;
    by_use(use, origin->persons, n * n_days, future, future + n * n_days);
    sp_demand_series_project(fitted, n_days, future, future + n * n_days, path, spread);
    double national = sp_drift_variance(&fitted->drift, (guint)n_days - 1);
    for (gsize i = 0; i < n; i++) {
        gsize day = i * n_days + n_days - 1;
        figure[i] = is_seen[i * n_years + n_years - 1] ? path[day] : 0.0;
        /* What is counted that day has its own noise: of årsverk that of the base
         * (count_variance). */
        const SpLevelState *now = &fitted->now[i];
        double noise = fitted->levels.v0 + fitted->levels.v1 / path[day];
        if (series == PANEL_NURSES && fitted->levels.is_fitted && now->level > -1.0) {
            noise = sp_level_noise(&fitted->levels, now, path[i * n_days] / (1.0 + now->level));
        }
        sd[i] = sqrt(spread[day] * spread[day] + national + log1p(noise));
    }
}

/* What happened; 0 where it is not known. */
static double fact_of(const Panel *panel, guint series, int target, gsize kommune)
{
    gsize at = kommune * PANEL_N_YEARS + (gsize)(target - PANEL_FIRST);
    return panel->is_seen[series][at] ? panel->figure[series][at] : 0.0;
}

static Score score_of(const Panel *panel, guint series, int target, const double figure[],
                      const double sd[])
{
    Score score = {0};
    double missed = 0, facts = 0, sum = 0;
    for (gsize i = 0; i < panel->n; i++) {
        double fact = fact_of(panel, series, target, i);
        if (fact <= 0.0 || figure[i] <= 0.0) {
            continue;
        }
        score.mape += 100 * fabs(figure[i] - fact) / fact;
        missed += fabs(figure[i] - fact);
        facts += fact;
        sum += figure[i];
        score.n++;
        score.within_80 += fabs(log(fact / figure[i])) <= 1.2816 * sd[i] ? 100 : 0;
    }
    score.mape /= score.n;
    score.within_80 /= score.n;
    score.wape = 100 * missed / facts;
    score.total = 100 * (sum / facts - 1);
    return score;
}

/* What is configured of a series. */
static SpDemandSeriesPrior prior_of(guint series)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = config_growth();
    g_autoptr(GArray) growth = sp_growth_new(table, &error);
    assert_no_error(error);
    const char *kind = series == PANEL_NURSES ? "aarsverk" : "bruk";
    return sp_growth_find(growth, kind, keys[series])->prior;
}

/* Standing in 2019 on 2022, MAPE and WAPE: the best simple rule of the panel, which knows the
 * people that came, to the one decimal that it is given with; the page has the second. Three are
 * not met; when one is, this and docs/methods/demand.md have to say so. */
static const struct {
    double mape, wape;
    gboolean is_mape_met, is_wape_met;
} bars[PANEL_N_SERIES] = {
    {11.1, 7.5, TRUE, FALSE}, {19.0, 8.1, TRUE, TRUE}, {10.8, 7.3, FALSE, FALSE}};

static gboolean is_met(double percent, double bar)
{
    return round(10 * percent) <= round(10 * bar);
}

static void rule_is_judged_on_what_then_happened(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    static const Pair pairs[] = {{2016, 2019}, {2017, 2019}, {2018, 2019}, {2018, 2021},
                                 {2018, 2022}, {2019, 2022}, {2020, 2022}};
    g_autofree char *shared = shared_folder();
    SpTables *in = *state;
    Panel *panel = panel_new(in, shared);
    g_autofree double *figure = g_new(double, 2 * panel->n);
    for (gsize pair = 0; pair < G_N_ELEMENTS(pairs); pair++) {
        Origin origin;
        origin_init(&origin, panel, in, pairs[pair]);
        for (guint series = 0; series < PANEL_N_SERIES; series++) {
            g_auto(SpDemandSeries) fitted = {0};
            const SpDemandSeriesPrior prior = prior_of(series);
            forecast(panel, series, &origin, &prior, &fitted, figure);
            Score score = score_of(panel, series, pairs[pair].target, figure, figure + panel->n);
            g_autofree char *line =
                g_strdup_printf("| %d | %d | %s | %u | %.2f / %.2f | %+.1f | %.0f |",
                                pairs[pair].base, pairs[pair].target, names[series], score.n,
                                score.mape, score.wape, score.total, score.within_80);
            print_message("%s ageing %.2f (%.2f ± %.2f), drift %+.2f (%+.2f) %%\n", line,
                          fitted.ageing, fitted.ageing_seen, fitted.ageing_error,
                          100 * fitted.drift.mean, 100 * fitted.seen.slope);
            fixture_assert_on_page("demand.md", line);
            if (pairs[pair].base == 2019) {
                assert_int_equal(is_met(score.mape, bars[series].mape), bars[series].is_mape_met);
                assert_int_equal(is_met(score.wape, bars[series].wape), bars[series].is_wape_met);
                assert_true(score.within_80 >= 72 && score.within_80 <= 88);
            }
        }
        origin_clear(&origin);
    }
    panel_free(panel);
}

/* ---- how far the bars can be told apart from the rule ---- */

/* A figure at the target of each simple rule of the panel, with people projected at the base. */
enum { NO_CHANGE, PER_INHABITANT, HALF_PER_80, N_SIMPLE };
static const char *const simple_names[N_SIMPLE] = {"no change", "per inhabitant", "half per 80+"};

static double simple(guint rule, const Origin *origin, gsize kommune, double now)
{
    double people[2] = {0}; /* at the base and at the target */
    for (guint band = rule == HALF_PER_80 ? 2 : 0; band < PANEL_N_BANDS; band++) {
        people[0] += origin->persons[band][kommune * origin->n_days];
        people[1] += origin->persons[band][(kommune + 1) * origin->n_days - 1];
    }
    double growth = people[0] > 0.0 ? people[1] / people[0] - 1 : 0.0;
    return rule == NO_CHANGE ? now : now * (1 + (rule == HALF_PER_80 ? 0.5 : 1.0) * growth);
}

/* Percent that WAPE of `figure` is above that of `other`, and its standard error with kommuner as
 * draws. */
static double more_wape(const Panel *panel, guint series, int target, const double figure[],
                        const double other[], double *error)
{
    g_autofree double *more = g_new0(double, panel->n);
    double facts = 0, sum = 0, squares = 0;
    for (gsize i = 0; i < panel->n; i++) {
        double fact = fact_of(panel, series, target, i);
        if (fact > 0.0 && figure[i] > 0.0) {
            more[i] = 100 * (fabs(figure[i] - fact) - fabs(other[i] - fact));
            facts += fact;
            sum += more[i];
        }
    }
    for (gsize i = 0; i < panel->n; i++) {
        squares += pow((more[i] - sum / (double)panel->n) / facts, 2);
    }
    *error = sqrt(squares);
    return sum / facts;
}

static void print_row(const char *name, guint series, const Score *score, const char *more)
{
    g_autofree char *line = g_strdup_printf("| %s | %s | %.2f / %.2f | %s |", names[series], name,
                                            score->mape, score->wape, more);
    print_message("%s\n", line);
    fixture_assert_on_page("demand.md", line);
}

/* The simple rules on the people that we projected, what the rule has beyond each, and the rule
 * had it known the country's sum: which of it is kommuner and which the country. */
static void bars_are_closer_to_the_rule_than_chance_can_tell(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    g_autofree char *shared = shared_folder();
    SpTables *in = *state;
    Panel *panel = panel_new(in, shared);
    g_autofree double *figure = g_new0(double, 2 * panel->n);
    g_autofree double *other = g_new0(double, panel->n);
    Origin origin;
    origin_init(&origin, panel, in, (Pair){2019, 2022});
    for (guint series = 0; series < PANEL_N_SERIES; series++) {
        g_auto(SpDemandSeries) fitted = {0};
        const SpDemandSeriesPrior prior = prior_of(series);
        forecast(panel, series, &origin, &prior, &fitted, figure);
        const Score ours = score_of(panel, series, 2022, figure, figure + panel->n);
        for (guint rule = 0; rule < N_SIMPLE; rule++) {
            for (gsize i = 0; i < panel->n; i++) {
                other[i] = simple(rule, &origin, i, fact_of(panel, series, 2019, i));
            }
            Score score = score_of(panel, series, 2022, other, figure + panel->n);
            double error = 0, more = more_wape(panel, series, 2022, figure, other, &error);
            g_autofree char *text = g_strdup_printf("%+.2f ± %.2f", more, error);
            print_row(simple_names[rule], series, &score, text);
            assert_true(more < 2 * error);
        }
        for (gsize i = 0; i < panel->n; i++) {
            other[i] = figure[i] / (1 + ours.total / 100);
        }
        Score known = score_of(panel, series, 2022, other, figure + panel->n);
        print_row("this rule, the country's sum known", series, &known, "");
    }
    origin_clear(&origin);
    panel_free(panel);
}

/* ---- what the constants were chosen by ---- */

/* Origins whose targets are all known at the end of 2019. */
static const Pair before[] = {{2016, 2018}, {2016, 2019}, {2017, 2018}, {2017, 2019}, {2018, 2019}};
enum { N_BEFORE = G_N_ELEMENTS(before) };

/* A kommune's part of the loss: errors over those of no change, in percent and in figures, mean
 * over series and origins; 1 in sum when a rule is as good as no change. */
static void add_losses(const Panel *panel, guint series, const Pair *pair, const double figure[],
                       double loss[])
{
    double parts[2] = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (gsize i = 0; i < panel->n; i++) {
            double fact = fact_of(panel, series, pair->target, i);
            double now = fact_of(panel, series, pair->base, i);
            if (fact <= 0.0 || figure[i] <= 0.0) {
                continue;
            }
            if (pass == 0) {
                parts[0] += fabs(now - fact) / fact;
                parts[1] += fabs(now - fact);
            } else {
                double missed = fabs(figure[i] - fact);
                loss[i] += (missed / fact / parts[0] + missed / parts[1]) /
                           (2.0 * PANEL_N_SERIES * N_BEFORE);
            }
        }
    }
}

static const double pulls[] = {0.90, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 1.0};
enum { N_PULLS = G_N_ELEMENTS(pulls) };

/* Losses [N_PULLS][n] of the rule with each pull. */
static double *losses_of(const Panel *panel, const Origin origins[N_BEFORE])
{
    g_autofree double *figure = g_new(double, 2 * panel->n);
    double *loss = g_new0(double, N_PULLS * panel->n);
    for (gsize i = 0; i < N_PULLS; i++) {
        for (gsize pair = 0; pair < N_BEFORE; pair++) {
            for (guint series = 0; series < PANEL_N_SERIES; series++) {
                g_auto(SpDemandSeries) fitted = {0};
                SpDemandSeriesPrior prior = prior_of(series);
                prior.kept = pulls[i];
                forecast(panel, series, &origins[pair], &prior, &fitted, figure);
                add_losses(panel, series, &origins[pair].pair, figure, loss + i * panel->n);
            }
        }
    }
    return loss;
}

/* Sum of loss less best, and its standard error with kommuner as draws. */
static double difference(gsize n, const double loss[], const double best[], double *error)
{
    double sum = 0, squares = 0;
    for (gsize i = 0; i < n; i++) {
        sum += loss[i] - best[i];
    }
    for (gsize i = 0; i < n; i++) {
        double d = loss[i] - best[i] - sum / (double)n;
        squares += d * d;
    }
    *error = sqrt(squares * (double)n / ((double)n - 1));
    return sum;
}

/* What is called today's level holds it, unless scores of years before 2020 say otherwise: no pull
 * to the group where that is within one standard error of the best, else the best. */
static void levels_are_held_unless_scores_before_2020_say_otherwise(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    g_autofree char *shared = shared_folder();
    SpTables *in = *state;
    Panel *panel = panel_new(in, shared);
    Origin origins[N_BEFORE];
    for (gsize i = 0; i < N_BEFORE; i++) {
        origin_init(&origins[i], panel, in, before[i]);
    }
    g_autofree double *loss = losses_of(panel, origins);
    gsize best = 0, chosen = 0;
    double score[N_PULLS] = {0};
    for (gsize i = 0; i < N_PULLS; i++) {
        for (gsize k = 0; k < panel->n; k++) {
            score[i] += loss[i * panel->n + k];
        }
        best = score[i] < score[best] ? i : best;
    }
    for (gsize i = 0; i < N_PULLS; i++) {
        double error = 0;
        double more = difference(panel->n, loss + i * panel->n, loss + best * panel->n, &error);
        g_autofree char *line =
            g_strdup_printf("| %.2f | %.4f | %+.4f ± %.4f |", pulls[i], score[i], more, error);
        print_message("%s\n", line);
        fixture_assert_on_page("demand.md", line);
        /* The last is no pull at all. */
        chosen = i + 1 == N_PULLS && more <= error ? i : best;
    }
    for (guint series = 0; series < PANEL_N_SERIES; series++) {
        assert_near(prior_of(series).kept, pulls[chosen], 0);
    }
    for (gsize i = 0; i < N_BEFORE; i++) {
        origin_clear(&origins[i]);
    }
    panel_free(panel);
}

/* How users of both services have moved beside nurses, standing in the newest base. */
static void users_have_moved_beside_nurses_as_the_page_says(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    g_autofree char *shared = shared_folder();
    SpTables *in = *state;
    Panel *panel = panel_new(in, shared);
    Origin origin;
    origin_init(&origin, panel, in, (Pair){2020, 2022});
    g_autofree double *figure = g_new(double, 2 * panel->n);
    SpDemandSeries fitted[PANEL_N_SERIES] = {0};
    for (guint series = 0; series < PANEL_N_SERIES; series++) {
        const SpDemandSeriesPrior prior = prior_of(series);
        forecast(panel, series, &origin, &prior, &fitted[series], figure);
    }
    const SpDemandSeries *nurses = &fitted[PANEL_NURSES];
    for (guint series = 0; series < PANEL_NURSES; series++) {
        double alike = sp_drift_together(fitted[series].moves, nurses->moves,
                                         fitted[series].seen.step_sd, nurses->seen.step_sd);
        g_autofree char *line = g_strdup_printf("| %s | %+.2f |", names[series], alike);
        print_message("%s\n", line);
        fixture_assert_on_page("demand.md", line);
    }
    for (guint series = 0; series < PANEL_N_SERIES; series++) {
        sp_demand_series_clear(&fitted[series]);
    }
    origin_clear(&origin);
    panel_free(panel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_is_judged_on_what_then_happened),
        cmocka_unit_test(bars_are_closer_to_the_rule_than_chance_can_tell),
        cmocka_unit_test(levels_are_held_unless_scores_before_2020_say_otherwise),
        cmocka_unit_test(users_have_moved_beside_nurses_as_the_page_says),
    };
    return cmocka_run_group_tests(tests, country_read, country_free);
}
