/* Judging intervals on simulated pasts. */
#include "verdict.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const class_names[N_CLASSES] = {"> 5 000", "<= 5 000", "fylke", "country"};
static const double least_large = 5000.0, z_90 = 1.6448536269514722;
/* Figures smaller than this may over-cover. */
static const double small_figure = 20.0;

/* A figure's sum over a region. */
static double figure_of(const Past *past, gsize series, const Claims *claims, gsize region,
                        gsize day)
{
    double sum = 0.0;
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        if (region == u || region == PAST_KOMMUNER + past->fylke[u] ||
            region + 1 == claims->n_regions) {
            sum += past->figure[series][u * PAST_DAYS + day];
        }
    }
    return sum;
}

/* No change, give or take what it changed by in the years before. */
static Interval naive_of(const double figures[PAST_DAYS], gsize horizon, gboolean may_be_negative)
{
    double squares = 0.0;
    for (gsize day = 2; day <= PAST_YEARS; day++) {
        double change = figures[day] - figures[day - 1];
        squares += change * change;
    }
    double half = z_90 * sqrt(squares / (PAST_YEARS - 1) * (double)horizon);
    double now = figures[PAST_YEARS];
    return (Interval){.low_90 = may_be_negative ? now - half : MAX(0.0, now - half),
                      .middle = now,
                      .high_90 = now + half};
}

static gboolean holds(double low, double high, double truth)
{
    /* Figures are told to whole persons and a thousandth årsverk. */
    return truth >= low - 0.0005 && truth <= high + 0.0005;
}

/* Gneiting and Raftery (2007), eq. 43: width, and twenty times what lies outside. */
static double score_of(const Interval *interval, double truth)
{
    return interval->high_90 - interval->low_90 + 20.0 * MAX(0.0, interval->low_90 - truth) +
           20.0 * MAX(0.0, truth - interval->high_90);
}

static RegionClass class_of(const Past *past, const Claims *claims, gsize region)
{
    double people = 0.0;
    if (region + 1 == claims->n_regions) {
        return CLASS_COUNTRY;
    }
    if (region >= PAST_KOMMUNER) {
        return CLASS_FYLKE;
    }
    for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
        people += past_persons(past, region, PAST_YEARS, cell / SP_N_AGES)[cell % SP_N_AGES];
    }
    return people > least_large ? CLASS_LARGE : CLASS_SMALL;
}

static void judge_region(const Past *past, const Claims *claims, gsize series, gsize region,
                         Verdict *verdict)
{
    double figures[PAST_DAYS];
    gboolean is_people = series < PAST_USERS + PAST_SERVICES;
    RegionClass class = class_of(past, claims, region);
    for (gsize day = 0; day < PAST_DAYS; day++) {
        figures[day] = figure_of(past, series, claims, region, day);
    }
    /* A gap is none on the base day, and large or small beside the need. */
    gboolean is_gap = series >= PAST_GAP;
    double size = is_gap
                      ? figure_of(past, series - PAST_GAP + PAST_NEED, claims, region, PAST_YEARS)
                      : figures[PAST_YEARS];
    for (gsize i = 0; i < N_HORIZONS; i++) {
        Interval claim = *claims_at(claims, series, region, i);
        if (is_people) { /* people are whole, and so the tables tell them */
            claim.low_90 = floor(claim.low_90 + 0.5);
            claim.low_80 = floor(claim.low_80 + 0.5);
            claim.high_80 = floor(claim.high_80 + 0.5);
            claim.high_90 = floor(claim.high_90 + 0.5);
        }
        double truth = figures[PAST_YEARS + claims_horizons[i]];
        double base = MAX(size, 1.0);
        Interval naive = naive_of(figures, claims_horizons[i], is_gap);
        double *tally = verdict->tally[series][i][class];
        tally[TALLY_N] += 1.0;
        tally[TALLY_WITHIN_80] += holds(claim.low_80, claim.high_80, truth);
        tally[TALLY_WITHIN_90] += holds(claim.low_90, claim.high_90, truth);
        tally[TALLY_SCORE] += score_of(&claim, truth) / base;
        tally[TALLY_NAIVE_SCORE] += score_of(&naive, truth) / base;
        tally[TALLY_NAIVE_WITHIN_90] += holds(naive.low_90, naive.high_90, truth);
        tally[TALLY_ERROR] +=
            is_gap ? (truth - claim.middle) / base : log(MAX(truth, 0.5) / MAX(claim.middle, 0.5));
        tally[TALLY_WIDTH] +=
            (claim.high_90 - claim.low_90) / 2.0 / MAX(is_gap ? size : claim.middle, 1.0);
        tally[TALLY_SIZE] += size;
    }
}

void verdict_of(const Past *past, const Claims *claims, Verdict *verdict)
{
    memset(verdict, 0, sizeof *verdict);
    for (gsize series = 0; series < PAST_SERIES; series++) {
        for (gsize region = 0; region < claims->n_regions; region++) {
            judge_region(past, claims, series, region, verdict);
        }
        for (gsize i = 0; i < N_HORIZONS; i++) {
            double squares = 0.0;
            for (gsize u = 0; u < PAST_KOMMUNER; u++) {
                const Interval *of = claims_at(claims, series, u, i);
                squares += (of->high_90 - of->low_90) * (of->high_90 - of->low_90);
            }
            const Interval *country = claims_at(claims, series, claims->n_regions - 1, i);
            verdict->ratio[series][i] = (country->high_90 - country->low_90) / sqrt(squares);
        }
    }
}

/* ---- over pasts ---- */

/* A field's mean over regions and pasts, and its standard error from how pasts differ. */
typedef struct {
    double mean, error;
} Mean;

/* Which line of the table. */
typedef struct {
    gsize series, horizon;
    RegionClass class;
} Line;

static Mean mean_of(const Verdict verdicts[], gsize n, const Line *line, TallyField field)
{
    double sum = 0.0, all = 0.0, squares = 0.0;
    for (gsize i = 0; i < n; i++) {
        const double *tally = verdicts[i].tally[line->series][line->horizon][line->class];
        sum += tally[field];
        all += tally[TALLY_N];
    }
    double mean = all > 0.0 ? sum / all : 0.0;
    for (gsize i = 0; i < n; i++) {
        const double *tally = verdicts[i].tally[line->series][line->horizon][line->class];
        double off = tally[field] - mean * tally[TALLY_N];
        squares += off * off;
    }
    double pasts = (double)n;
    return (Mean){mean, all > 0.0 && n > 1 ? sqrt(squares * pasts / (pasts - 1.0)) / all : 0.0};
}

/* The standard error of a share, at least that of independent pasts at 90 %: ten pasts that all
 * hold are no proof of certainty. */
static double error_of(const Mean *covered, gsize n, RegionClass class)
{
    double least = class == CLASS_COUNTRY ? sqrt(0.9 * 0.1 / (double)n) : 0.0;
    return MAX(covered->error, least);
}

static gboolean line_fails(const Verdict verdicts[], gsize n, const Line *line, Bar bar)
{
    Mean covered = mean_of(verdicts, n, line, TALLY_WITHIN_90);
    /* Gaps of all kommuner of a past share the country's error. */
    gboolean shares_fate = line->class >= CLASS_FYLKE || line->series >= PAST_GAP;
    double slack = shares_fate ? bar.above * error_of(&covered, n, line->class) : 0.0;
    double size = mean_of(verdicts, n, line, TALLY_SIZE).mean;
    double most = size < small_figure ? 1.0 : line->class < CLASS_FYLKE ? bar.most : bar.most_above;
    double score = shares_fate ? bar.score_above : bar.score;
    return line->class != CLASS_SMALL &&
           (covered.mean < bar.least - slack || covered.mean > most + slack ||
            mean_of(verdicts, n, line, TALLY_SCORE).mean >
                score * mean_of(verdicts, n, line, TALLY_NAIVE_SCORE).mean);
}

static void print_line(const Verdict verdicts[], gsize n, const Line *line, const char *mark)
{
    double mean[N_TALLIES], ratio = 0.0;
    for (gsize field = 0; field < N_TALLIES; field++) {
        mean[field] = mean_of(verdicts, n, line, (TallyField)field).mean;
    }
    Mean covered = mean_of(verdicts, n, line, TALLY_WITHIN_90);
    for (gsize i = 0; i < n; i++) {
        ratio += verdicts[i].ratio[line->series][line->horizon] / (double)n;
    }
    printf("%-22s %2zu %-8s %5.1f %5.1f +-%4.1f  %5.1f  %6.3f %6.3f  %+6.1f %5.1f",
           past_series_names[line->series], claims_horizons[line->horizon],
           class_names[line->class], 100.0 * mean[TALLY_WITHIN_80], 100.0 * covered.mean,
           100.0 * error_of(&covered, n, line->class), 100.0 * mean[TALLY_NAIVE_WITHIN_90],
           mean[TALLY_SCORE], mean[TALLY_NAIVE_SCORE], 100.0 * mean[TALLY_ERROR],
           100.0 * mean[TALLY_WIDTH]);
    if (line->class == CLASS_COUNTRY) {
        printf("  %5.1f", ratio);
    }
    printf("%s\n", mark);
}

static Line line_of(gsize i)
{
    return (Line){.series = i / ((gsize)N_CLASSES * N_HORIZONS),
                  .class = (RegionClass)(i / N_HORIZONS % N_CLASSES),
                  .horizon = i % N_HORIZONS};
}

void verdict_outcomes(const Verdict verdicts[], gsize n, Bar bar, Outcome outcomes[N_OUTCOMES])
{
    for (gsize i = 0; i < N_OUTCOMES; i++) {
        const Line line = line_of(i);
        outcomes[i] = (Outcome){
            .what = past_series_names[line.series],
            .class = class_names[line.class],
            .years = claims_horizons[line.horizon],
            .within_90 = 100.0 * mean_of(verdicts, n, &line, TALLY_WITHIN_90).mean,
            .fails = line_fails(verdicts, n, &line, bar),
        };
    }
}

void verdict_print(const Verdict verdicts[], gsize n, const Outcome outcomes[N_OUTCOMES],
                   const Known *known)
{
    printf("what                 years class   in80  in90   +-   naive   score  naive   error "
           "width  ratio (%zu pasts)\n",
           n);
    for (gsize i = 0; i < N_OUTCOMES; i++) {
        const Line line = line_of(i);
        gboolean is_known = known_has(known, &outcomes[i]);
        print_line(verdicts, n, &line,
                   outcomes[i].fails ? (is_known ? "  FAILS, known" : "  FAILS")
                                     : (is_known ? "  holds again" : ""));
    }
}
