/* Curves of participation and hours. */
#include "transforms/project/supply/participation.h"

#include "transforms/project/supply/beta.h"
#include "transforms/project/supply/poly5.h"

#include <math.h>

enum { OLD_FROM = 60 };

/* Counts by band of all professions: [professions][2][n_bands]. */
typedef struct {
    const SpPersonnel *personnel;
    const SpEducation *education;
    double *persons;      /* all */
    double *working;      /* of them in work */
    double *aarsverk;     /* theirs */
    double *parent_share; /* of the parent group */
    double *parent_hours;
    double *kappa; /* [groups][2] */
} Bands;

static void bands_clear(Bands *bands)
{
    g_free(bands->persons);
    g_free(bands->working);
    g_free(bands->aarsverk);
    g_free(bands->parent_share);
    g_free(bands->parent_hours);
    g_free(bands->kappa);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Bands, bands_clear)

static void count_bands(Bands *bands)
{
    const SpPersonnel *personnel = bands->personnel;
    gsize n = 2 * personnel->n_bands, all = bands->education->n * n;
    bands->persons = g_new0(double, all);
    bands->working = g_new0(double, all);
    bands->aarsverk = g_new0(double, all);
    for (gsize i = 0; i < personnel->n_markets * bands->education->n * SP_N_SECTORS; i++) {
        gsize sector = i % SP_N_SECTORS, g = i / SP_N_SECTORS % bands->education->n;
        gsize market = i / SP_N_SECTORS / bands->education->n;
        const double *persons = sp_personnel_at(personnel, personnel->persons, market, g, sector);
        const double *aarsverk = sp_personnel_at(personnel, personnel->aarsverk, market, g, sector);
        for (gsize b = 0; b < n; b++) {
            bands->persons[g * n + b] += persons[b];
            bands->working[g * n + b] += sector == SP_SECTOR_NOT_WORKING ? 0.0 : persons[b];
            bands->aarsverk[g * n + b] += aarsverk[b];
        }
    }
}

/* Parent groups: sums over their professions, those that are parts of another left out. */
static void find_parents(Bands *bands)
{
    const SpEducation *education = bands->education;
    gsize n = 2 * bands->personnel->n_bands, all = education->n * n;
    g_autofree double *sums = g_new0(double, education->n_groups *n * 3);
    bands->parent_share = g_new0(double, all);
    bands->parent_hours = g_new0(double, all);
    for (gsize i = 0; i < all; i++) {
        gsize g = i / n, at = (education->group[g] * n + i % n) * 3;
        if (education->part_of[g] == g) {
            sums[at] += bands->persons[i];
            sums[at + 1] += bands->working[i];
            sums[at + 2] += bands->aarsverk[i];
        }
    }
    for (gsize i = 0; i < all; i++) {
        const double *sum = &sums[(education->group[i / n] * n + i % n) * 3];
        bands->parent_share[i] = sum[0] > 0.0 ? sum[1] / sum[0] : 0.0;
        bands->parent_hours[i] = sum[1] > 0.0 ? sum[2] / sum[1] : 0.0;
    }
}

/* How much professions of a group differ, by sex. */
static void find_kappa(Bands *bands)
{
    const SpEducation *education = bands->education;
    gsize n = bands->personnel->n_bands;
    g_autofree double *cells = g_new(double, education->n *n * 3);
    bands->kappa = g_new(double, education->n_groups * 2);
    for (gsize k = 0; k < education->n_groups * 2; k++) {
        gsize found = 0, most = education->n * n;
        for (gsize g = 0; g < education->n; g++) {
            for (gsize b = 0; education->group[g] == k / 2 && b < n; b++, found++) {
                gsize at = (g * 2 + k % 2) * n + b;
                cells[found] = bands->working[at];
                cells[most + found] = bands->persons[at];
                cells[2 * most + found] = bands->parent_share[at];
            }
        }
        bands->kappa[k] = sp_beta_kappa(found, cells, cells + most, cells + 2 * most);
    }
}

void sp_participation_single(const SpPersonnel *personnel, const double bands[], double single[])
{
    for (gsize sex = 0; sex < 2; sex++) {
        sp_ungroup(SP_N_WORK_AGES, personnel->bands, bands + sex * personnel->n_bands,
                   personnel->n_bands, single + sex * SP_N_WORK_AGES);
    }
}

/* The two curves of a profession and sex. FALSE: one did not settle. */
static gboolean fit_curves(const Bands *bands, const SpSupplyOptions *options, gsize g, gsize sex,
                           SpParticipation *participation)
{
    gsize n = bands->personnel->n_bands, place = (g * 2 + sex) * SP_N_WORK_AGES;
    const SpEducation *education = bands->education;
    g_autofree SpProfileBand *shares = g_new0(SpProfileBand, n);
    g_autofree SpProfileBand *hours = g_new0(SpProfileBand, n);
    double kappa = bands->kappa[(gsize)education->group[g] * 2 + sex], persons = 0.0;
    for (gsize b = 0; b < n; b++) {
        gsize at = (g * 2 + sex) * n + b;
        double working = bands->working[at], all = bands->persons[at];
        /* The parent tells of the ages that its own people have. */
        double weight = bands->parent_share[at] > 0.0 ? kappa : 0.0;
        double own = working > 0.0 ? bands->aarsverk[at] / working : 0.0;
        SpWorkBand band = bands->personnel->bands[b];
        shares[b] = (SpProfileBand){band.first, band.last, all + weight,
                                    sp_beta_share(working, all, bands->parent_share[at], weight)};
        hours[b] =
            (SpProfileBand){band.first, band.last, working + weight * bands->parent_share[at], 0.0};
        hours[b].mean =
            hours[b].size > 0.0
                ? (working * own + (hours[b].size - working) * bands->parent_hours[at]) /
                      hours[b].size
                : 0.0;
        persons += all;
    }
    if (persons <= 0.0) { /* nobody: what the parent's people do is of no use */
        return TRUE;
    }
    const SpProfileData of_shares = {SP_N_WORK_AGES, participation->single + place, shares, n};
    const SpProfileData of_hours = {SP_N_WORK_AGES, participation->single + place, hours, n};
    if (options->profile == SP_PROFILE_POLY5) {
        sp_poly5_fit(&of_shares, SP_FIRST_WORK_AGE, TRUE, participation->share + place);
        sp_poly5_fit(&of_hours, SP_FIRST_WORK_AGE, FALSE, participation->hours + place);
        return TRUE;
    }
    const SpProfileShape share = {TRUE, OLD_FROM - SP_FIRST_WORK_AGE,
                                  &education->pension_ages[g * SP_MOST_PENSION_AGES],
                                  education->n_pension_ages[g]};
    const SpProfileShape level = {FALSE, SP_N_WORK_AGES, NULL, 0};
    SpProfileFit one, other;
    sp_profile_spline(&of_shares, &share, participation->share + place, &one);
    sp_profile_spline(&of_hours, &level, participation->hours + place, &other);
    return one.is_settled && other.is_settled;
}

/* A share in work [n_ages], from age `first` on, when people retire later: from 60 on those of age
 * a work as those a - delay years old do (never younger than 60; between ages on a straight line),
 * times a factor, at most 1. */
static void retire_later(gsize n_ages, guint first, const double share[], double delay,
                         double factor, double later[])
{
    for (gsize a = 0; a < n_ages; a++) {
        later[a] = share[a];
        if (first + a < OLD_FROM) {
            continue;
        }
        double from = MAX((double)a - delay, (double)OLD_FROM - first);
        gsize low = (gsize)from, high = MIN(low + 1, n_ages - 1);
        double part = from - (double)low;
        later[a] = MIN(1.0, factor * ((1.0 - part) * share[low] + part * share[high]));
    }
}

/* Årsverk per person, scaled so that the country's are met. */
static void find_work(const Bands *bands, const SpSupplyOptions *options, gsize g,
                      SpParticipation *participation)
{
    gsize first = g * SP_N_STOCK, n = 2 * bands->personnel->n_bands;
    double fitted = 0.0, counted = 0.0;
    for (gsize i = first; i < first + SP_N_STOCK; i++) {
        fitted += participation->single[i] * participation->share[i] * participation->hours[i];
    }
    for (gsize b = 0; b < n; b++) {
        counted += bands->aarsverk[g * n + b];
    }
    double scale = fitted > 0.0 ? counted / fitted : 0.0, later[SP_N_STOCK];
    for (gsize sex = 0; sex < 2; sex++) {
        retire_later(SP_N_WORK_AGES, SP_FIRST_WORK_AGE,
                     participation->share + first + sex * SP_N_WORK_AGES, options->exit_delay_years,
                     options->work_60p, later + sex * SP_N_WORK_AGES);
    }
    for (gsize i = 0; i < SP_N_STOCK; i++) {
        double hours = participation->hours[first + i] * scale;
        participation->work_base[first + i] = participation->share[first + i] * hours;
        participation->work_later[first + i] = later[i] * hours;
    }
}

SpParticipation *sp_participation_new(const SpPersonnel *personnel, const SpEducation *education,
                                      const SpSupplyOptions *options, SpQuality *quality)
{
    g_auto(Bands) bands = {.personnel = personnel, .education = education};
    SpParticipation *participation = g_new0(SpParticipation, 1);
    gsize cells = education->n * SP_N_STOCK;
    participation->single = g_new0(double, cells);
    participation->share = g_new0(double, cells);
    participation->hours = g_new0(double, cells);
    participation->work_base = g_new0(double, cells);
    participation->work_later = g_new0(double, cells);
    count_bands(&bands);
    find_parents(&bands);
    find_kappa(&bands);
    for (gsize g = 0; g < education->n; g++) {
        gboolean is_settled = TRUE;
        sp_participation_single(personnel, bands.persons + g * 2 * personnel->n_bands,
                                participation->single + g * SP_N_STOCK);
        for (gsize sex = 0; sex < 2; sex++) {
            is_settled = fit_curves(&bands, options, g, sex, participation) && is_settled;
        }
        if (!is_settled) {
            sp_quality_note(quality, "unsettled_profile", education->ids[g], 0,
                            "the curve of participation or hours by age is that of the last round");
        }
        find_work(&bands, options, g, participation);
    }
    return participation;
}

void sp_participation_free(SpParticipation *participation)
{
    if (participation == NULL) {
        return;
    }
    g_free(participation->single);
    g_free(participation->share);
    g_free(participation->hours);
    g_free(participation->work_base);
    g_free(participation->work_later);
    g_free(participation);
}
