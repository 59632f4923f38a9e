/* Published shares in work, årsverk and hours of Norwegian groups (SSB hesospers tables 2 and 5)
 * through the curves and the shrinkage that the stage uses. */
#include "tests/transforms/project/fixture.h"

#include "transforms/project/supply/beta.h"
#include "transforms/project/supply/profile.h"

#include <gsl/gsl_errno.h>
#include <math.h>

enum { N_AGES = 51, MOST_GROUPS = 32 }; /* 16-66 */

typedef struct {
    const char *name;
    double persons;
    double employed;
    double share;    /* of persons in work */
    double aarsverk; /* per person */
    double hours;    /* per person in work, of all jobs, over 37.5; NAN where the table has none */
} Group;

typedef struct {
    Group all;
    Group groups[MOST_GROUPS];
    gsize n;
    GPtrArray *shares;
    GPtrArray *hours;
} Published;

static void published_clear(Published *published)
{
    g_clear_pointer(&published->shares, g_ptr_array_unref);
    g_clear_pointer(&published->hours, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Published, published_clear)

/* The groups of 2007 in the release of 2008. */
static void read_published(const char *shared, Published *published)
{
    *published = (Published){.n = 0};
    published->shares = fixture_rows(shared, "helsemod/employment_and_fte_share_16_66.csv");
    published->hours = fixture_rows(shared, "helsemod/hours_by_education.csv");
    for (guint i = 0; i < published->shares->len; i++) {
        char **row = g_ptr_array_index(published->shares, i);
        Group group = {row[0],
                       fixture_number(row[2]),
                       fixture_number(row[3]),
                       fixture_number(row[4]) / 100,
                       fixture_number(row[5]) / 100,
                       NAN};
        if (strcmp(row[1], "2007") != 0) {
            continue;
        }
        for (guint k = 0; k < published->hours->len; k++) {
            char **of = g_ptr_array_index(published->hours, k);
            if (strcmp(of[0], "2007") == 0 && strcmp(of[1], group.name) == 0) {
                group.hours = fixture_number(of[10]) / 37.5;
            }
        }
        if (strcmp(group.name, "I alt") == 0) {
            published->all = group;
        } else {
            assert_true(published->n < MOST_GROUPS);
            published->groups[published->n++] = group;
        }
    }
    assert_true(published->n >= 10 && published->all.persons > 0);
}

/* One band of 16-66, as the table has it: what the curves give of its people is what was published,
 * to its last digit. */
static void published_aarsverk_come_out_of_the_curves(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_auto(Published) published;
    read_published(shared, &published);
    for (gsize i = 0; i < published.n; i++) {
        const Group *group = &published.groups[i];
        double inner[N_AGES], share[N_AGES], hours[N_AGES], sum = 0;
        for (gsize a = 0; a < N_AGES; a++) {
            inner[a] = group->persons / N_AGES;
        }
        const SpProfileBand of_share = {0, N_AGES - 1, group->persons, group->share};
        const SpProfileBand of_hours = {0, N_AGES - 1, group->employed,
                                        group->aarsverk / group->share};
        const SpProfileData shares = {N_AGES, inner, &of_share, 1};
        const SpProfileData position = {N_AGES, inner, &of_hours, 1};
        const SpProfileShape is_share = {TRUE, 60 - 16, NULL, 0},
                             is_level = {FALSE, N_AGES, NULL, 0};
        SpProfileFit fit;
        sp_profile_spline(&shares, &is_share, share, &fit);
        sp_profile_spline(&position, &is_level, hours, &fit);
        for (gsize a = 0; a < N_AGES; a++) {
            sum += inner[a] * share[a] * hours[a];
        }
        assert_near(sum / group->persons, group->aarsverk, 0.0005);
        assert_near(group->employed, group->share * group->persons, 0.0006 * group->persons);
    }
}

/* Position percentage and hours over 37.5 are two measures: near each other in every group, but not
 * the same, so never to be mixed. */
static void position_and_hours_are_near_and_not_the_same(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_auto(Published) published;
    double off = 0;
    gsize n = 0;
    read_published(shared, &published);
    for (gsize i = 0; i < published.n; i++) {
        const Group *group = &published.groups[i];
        double position = group->aarsverk / group->share;
        if (!isnan(group->hours)) {
            assert_near(position, group->hours, 0.06);
            off += position - group->hours;
            n++;
        }
    }
    assert_true(n >= 8);
    assert_true(off / (double)n > 0.01);
}

/* Groups of 1 000 to 90 000 differ far more than by chance, so their own shares are believed: the
 * parent counts as some hundreds of persons, as the plain variance of the published shares says. */
static void published_groups_keep_their_own_share(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_auto(Published) published;
    read_published(shared, &published);
    double count[MOST_GROUPS], size[MOST_GROUPS], parent[MOST_GROUPS], rho = 0;
    double mean = published.all.share;
    for (gsize i = 0; i < published.n; i++) {
        const Group *group = &published.groups[i];
        count[i] = group->employed;
        size[i] = group->persons;
        parent[i] = mean;
        rho += (pow(group->employed / group->persons - mean, 2) / (mean * (1 - mean)) -
                1 / group->persons) /
               (double)published.n;
    }
    double kappa = sp_beta_kappa(published.n, count, size, parent);
    /* Weights of 0.7 to 1 instead of the plain mean move it by no more than a third. */
    assert_near(kappa, 1 / rho - 1, 0.35 / rho);
    for (gsize i = 0; i < published.n; i++) {
        double drawn = sp_beta_share(count[i], size[i], mean, kappa);
        double own = count[i] / size[i];
        assert_near(drawn, own, 0.01);
        assert_true(fabs(drawn - mean) <= fabs(own - mean));
    }
}

static int quiet(void **state)
{
    (void)state;
    gsl_set_error_handler_off();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_aarsverk_come_out_of_the_curves),
        cmocka_unit_test(position_and_hours_are_near_and_not_the_same),
        cmocka_unit_test(published_groups_keep_their_own_share),
    };
    return cmocka_run_group_tests(tests, quiet, NULL);
}
