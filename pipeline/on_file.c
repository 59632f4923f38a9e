/* Vary's measures on a file that anybody brings: what is asked for, and printing the answer. */
#include "pipeline/on_file.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/number.h"
#include "pipeline/on_file_areas.h"
#include "transforms/vary/funnel/limits.h"

#include <math.h>
#include <string.h>

/* ---- printing ---- */

static void put_figure(GString *text, SpReal figure)
{
    char number[SP_NUMBER_SIZE];
    g_string_append_c(text, ',');
    if (sp_real_is_number(figure)) {
        g_string_append_len(text, number, (gssize)sp_number_format_full(figure.value, number));
    }
}

static void put_row(GString *text, const SpListing *listing, gsize row)
{
    g_autofree char *label = sp_csv_quote(listing->labels->pdata[row], ',');
    g_string_append(text, label);
    for (gsize i = 0; i < listing->n_columns; i++) {
        put_figure(text, sp_listing_figure(listing, row, i));
    }
    g_string_append_c(text, '\n');
}

/* All rows, or those of the labels that are asked for, in that order. */
static char *print(const SpListing *listing, const char *wanted, GError **error)
{
    g_autoptr(GString) text = g_string_new(listing->label);
    for (gsize i = 0; i < listing->n_columns; i++) {
        g_string_append_printf(text, ",%s", listing->columns[i]);
    }
    g_string_append_c(text, '\n');
    if (wanted == NULL || strcmp(wanted, "all") == 0) {
        for (guint row = 0; row < listing->labels->len; row++) {
            put_row(text, listing, row);
        }
        return g_string_free(g_steal_pointer(&text), FALSE);
    }
    g_auto(GStrv) labels = g_strsplit(wanted, ",", -1);
    for (char **label = labels; *label != NULL; label++) {
        gsize row = 0;
        if (!sp_listing_find(listing, *label, &row)) {
            sp_error_set(error, SP_ERROR_USAGE,
                         "--measures: there is no measure \"%s\" of what is given; --measures all "
                         "tells those there are",
                         *label);
            return NULL;
        }
        put_row(text, listing, row);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- the answer ---- */

static const struct {
    const char *name;
    SpScale scale;
} scales[] = {
    {"sr_log", SP_SCALE_RATIO_LOG},
    {"sr_sqrt", SP_SCALE_RATIO_SQRT},
    {"pr_arcsine", SP_SCALE_SHARE_ARCSINE},
};

static gboolean find_scale(const SpOnFileRequest *request, SpScale *scale, GError **error)
{
    gsize i = 0;
    while (i < G_N_ELEMENTS(scales) && strcmp(scales[i].name, request->funnel) != 0) {
        i++;
    }
    if (i == G_N_ELEMENTS(scales)) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--funnel %s: want sr_log, sr_sqrt or pr_arcsine", request->funnel);
    }
    if (scales[i].scale == SP_SCALE_SHARE_ARCSINE && request->population == NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "--funnel pr_arcsine needs --population");
    }
    *scale = scales[i].scale;
    return TRUE;
}

static gboolean check_request(const SpOnFileRequest *request, SpScale *scale, GError **error)
{
    if (request->area == NULL || request->observed == NULL || request->expected == NULL) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--on %s: name the columns with --area, --observed and --expected",
                            request->file);
    }
    if (request->funnel != NULL && !request->is_per_area) {
        return sp_error_set(error, SP_ERROR_USAGE, "--funnel %s goes with --per-area",
                            request->funnel);
    }
    if (request->measures != NULL && request->is_per_area) {
        return sp_error_set(error, SP_ERROR_USAGE, "--measures does not go with --per-area");
    }
    return request->funnel == NULL || find_scale(request, scale, error);
}

static SpListing *answer(const SpOnFileRequest *request, const SpOnFile *file, SpScale scale)
{
    if (request->funnel != NULL) {
        return sp_on_file_funnel(file, scale);
    }
    return request->is_per_area ? sp_on_file_areas(file) : sp_on_file_measures(file);
}

char *sp_on_file_answer(const SpOnFileRequest *request, const SpLog *log, GError **error)
{
    SpScale scale = SP_SCALE_RATIO_LOG;
    g_auto(SpFileAreas) areas;
    sp_file_areas_init(&areas, request);
    if (!check_request(request, &scale, error) || !sp_file_areas_read(&areas, error)) {
        return NULL;
    }
    if (areas.n_left_out > 0) {
        sp_log(log, SP_LOG_WARNING,
               "%s: %u areas are left out, where a column that is asked for is empty, or nobody is "
               "expected or lives there: %s",
               request->file, areas.n_left_out, areas.left_out->str);
    }
    const SpOnFile file = sp_file_areas_view(&areas);
    g_autoptr(SpListing) listing = answer(request, &file, scale);
    return print(listing, request->measures, error);
}

/* ---- limits ---- */

char *sp_on_file_limits(const char *law, char **arguments, GError **error)
{
    static const double tails[] = {0.001, 0.025, 0.975, 0.999};
    SpReal limit[G_N_ELEMENTS(tails)];
    double n = 0.0;
    double theta = 0.0;
    const gboolean is_binomial = strcmp(law, "binom") == 0;
    if (!is_binomial && strcmp(law, "pois") != 0) {
        sp_error_set(error, SP_ERROR_USAGE, "--limits %s: want binom or pois", law);
        return NULL;
    }
    if (g_strv_length(arguments) != 2 ||
        !sp_number_parse(arguments[0], strlen(arguments[0]), sp_number_plain, &n) ||
        !sp_number_parse(arguments[1], strlen(arguments[1]), sp_number_plain, &theta)) {
        sp_error_set(error, SP_ERROR_USAGE,
                     "--limits %s: want two numbers after it, N and THETA, such as 500 0.12", law);
        return NULL;
    }
    if (!is_binomial) {
        sp_funnel_poisson(n * theta, G_N_ELEMENTS(tails), tails, limit);
    } else if (n >= 1.0 && n <= G_MAXUINT32 && floor(n) == n) {
        sp_funnel_binomial((guint32)n, theta, G_N_ELEMENTS(tails), tails, limit);
    } else {
        limit[0] = sp_real_none(SP_MISSING);
    }
    if (!(n > 0.0) || !sp_real_is_number(limit[0])) {
        sp_error_set(error, SP_ERROR_USAGE, "--limits %s %s %s: there is no funnel; want %s", law,
                     arguments[0], arguments[1],
                     is_binomial ? "a whole N from 1 up and THETA between 0 and 1"
                                 : "N and THETA above 0, their product at most 1e9");
        return NULL;
    }
    GString *text = g_string_new(law);
    put_figure(text, sp_real(n));
    put_figure(text, sp_real(theta));
    for (gsize i = 0; i < G_N_ELEMENTS(tails); i++) {
        put_figure(text, sp_real(limit[i].value / n));
    }
    g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}
