/* The country, part by part. */
#include "pipeline/simulate/model.h"

#include "core/error.h"
#include "core/parallel.h"
#include "pipeline/simulate/commuting.h"
#include "pipeline/simulate/rows.h"

#include <math.h>

static const double TWO_TO_64 = 18446744073709551616.0;

guint sp_sim_year(guint year)
{
    g_assert(year >= SP_SIM_FIRST_YEAR);
    return year - SP_SIM_FIRST_YEAR;
}

static gboolean read_pyramid(const char *path, double pyramid[SP_SIM_N_CELLS], GError **error)
{
    static const char *const columns[] = {"alder", "menn", "kvinner"};
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    if (rows == NULL) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_sim_rows_size(rows); row++) {
        double age = 0;
        if (!sp_sim_rows_number(rows, row, 0, (SpSimRange){0, SP_SIM_N_AGES - 1}, &age, error)) {
            return FALSE;
        }
        for (gsize sex = 0; sex < 2; sex++) {
            if (!sp_sim_rows_number(rows, row, 1 + sex, (SpSimRange){0, 1e7},
                                    &pyramid[sex * SP_SIM_N_AGES + (gsize)age], error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static gboolean check_options(SpSimOptions *options, const SpSimParameters *p, GError **error)
{
    options->from = options->from != 0 ? options->from : (guint)p->aar_fra;
    options->to = options->to != 0 ? options->to : (guint)p->aar_til;
    if (options->from <= SP_SIM_FIRST_YEAR || options->to >= SP_SIM_LAST_YEAR ||
        options->from > options->to) {
        return sp_error_set(
            error, SP_ERROR_USAGE, "--years %u-%u: want FROM-TO from %d to %d, FROM not after TO",
            options->from, options->to, SP_SIM_FIRST_YEAR + 1, SP_SIM_LAST_YEAR - 1);
    }
    if (!(options->scale > 0) || options->scale > 1) {
        return sp_error_set(error, SP_ERROR_USAGE, "--scale %g: want more than 0 and at most 1",
                            options->scale);
    }
    return TRUE;
}

static gboolean read_all(SpSimModel *model, double pyramid[SP_SIM_N_CELLS], GError **error)
{
    const char *data = model->options.data_folder;
    g_autofree char *numbers = g_build_filename(data, "simulate", "modell.ini", NULL);
    g_autofree char *services = g_build_filename(data, "simulate", "bruk.csv", NULL);
    g_autofree char *professions = g_build_filename(data, "simulate", "profesjoner.csv", NULL);
    g_autofree char *educations = g_build_filename(data, "simulate", "utdannede.csv", NULL);
    g_autofree char *ages = g_build_filename(data, "simulate", "pyramide.csv", NULL);
    if (!sp_sim_parameters_read(&model->parameters, numbers, error) ||
        !check_options(&model->options, &model->parameters, error)) {
        return FALSE;
    }
    model->geography = sp_sim_geography_read(data, error);
    return model->geography != NULL && sp_sim_services_read(&model->services, services, error) &&
           sp_sim_professions_read(&model->professions, professions, error) &&
           sp_sim_educations_read(&model->educations, &model->professions, educations, error) &&
           read_pyramid(ages, pyramid, error);
}

static void count_piece_year(guint thread, gsize number, gpointer data)
{
    SpSimModel *model = data;
    (void)thread;
    guint n_pieces = model->geography->n_pieces;
    sp_sim_care_count(&model->care, (guint)(number % n_pieces), (guint)(number / n_pieces),
                      &model->use[number]);
}

void sp_sim_use_add(SpSimUse *sum, const SpSimUse *use)
{
    sum->recipients += use->recipients;
    sum->recipients_at_end += use->recipients_at_end;
    for (guint group = 0; group < SP_SIM_N_GROUPS; group++) {
        for (guint band = 0; band < SP_SIM_N_BANDS; band++) {
            sum->group[group][band] += use->group[group][band];
        }
    }
    for (guint i = 0; i < SP_SIM_MAX_SERVICES; i++) {
        sum->service[i] += use->service[i];
        sum->service_in_year[i] += use->service_in_year[i];
    }
    sum->need += use->need;
}

static void sum_codes(SpSimModel *model)
{
    const SpSimGeography *geography = model->geography;
    model->code_use = g_new0(SpSimUse, (gsize)model->n_years * geography->n_codes);
    model->code_cells =
        g_new0(guint32, (gsize)(model->n_years + 1) * geography->n_codes * SP_SIM_N_CELLS);
    for (guint year = 0; year <= model->n_years; year++) {
        for (guint piece = 0; piece < geography->n_pieces; piece++) {
            guint code = geography->pieces[piece].code[year];
            const guint32 *cells = sp_sim_people_at(model->people, year, piece);
            gsize at = (gsize)year * geography->n_codes + code;
            for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
                model->code_cells[at * SP_SIM_N_CELLS + cell] += cells[cell];
            }
            if (year < model->n_years) {
                sp_sim_use_add(&model->code_use[at],
                               &model->use[(gsize)year * geography->n_pieces + piece]);
            }
        }
    }
}

static gboolean educate(SpSimModel *model, GError **error)
{
    g_autofree char *path =
        g_build_filename(model->options.data_folder, "simulate", "studier.csv", NULL);
    model->studies = sp_sim_studies_new(sp_random_named(model->random, "studier"), path,
                                        model->options.to, error);
    if (model->studies == NULL) {
        return FALSE;
    }
    model->homes = sp_sim_commuting_homes(model->geography, &model->parameters);
    const SpSimEducating educating = {.random = sp_random_named(model->random, "utdannede"),
                                      .parameters = &model->parameters,
                                      .geography = model->geography,
                                      .people = model->people,
                                      .staff = model->staff,
                                      .educations = &model->educations,
                                      .studies = model->studies,
                                      .homes = model->homes};
    model->educated = sp_sim_educated_new(
        &educating, model->n_years,
        sp_sim_year(sp_sim_model_first_kept(model, model->parameters.aar_helsepersonell)));
    return TRUE;
}

static gboolean generate(SpSimModel *model, const double pyramid[], GError **error)
{
    const SpSimGeography *geography = model->geography;
    const SpSimParameters *p = &model->parameters;
    guint n_pieces = geography->n_pieces;
    model->n_years = sp_sim_year(model->options.to) + 1;
    model->effects = sp_sim_effects_new(sp_random_named(model->random, "virkninger"), p, geography,
                                        model->n_years);
    model->people = sp_sim_people_new(sp_random_named(model->random, "folk"), p, geography, pyramid,
                                      model->n_years + 1);
    model->care = (SpSimCare){.random = sp_random_named(model->random, "bruk"),
                              .parameters = p,
                              .geography = geography,
                              .people = model->people,
                              .effects = model->effects,
                              .services = &model->services};
    model->use = g_new0(SpSimUse, (gsize)model->n_years * n_pieces);
    sp_parallel(model->options.n_threads, (gsize)model->n_years * n_pieces, count_piece_year,
                model);
    sum_codes(model);
    g_autofree double *need = g_new(double, (gsize)model->n_years *n_pieces);
    for (gsize i = 0; i < (gsize)model->n_years * n_pieces; i++) {
        need[i] = model->use[i].need;
    }
    const SpSimEmployers employers = {.random = sp_random_named(model->random, "ansatte"),
                                      .parameters = p,
                                      .geography = geography,
                                      .people = model->people,
                                      .effects = model->effects,
                                      .professions = &model->professions};
    model->staff = sp_sim_staff_new(&employers, need, model->n_years,
                                    sp_sim_year(sp_sim_model_first_kept(model, p->aar_pai)));
    model->regions = sp_sim_regions_new(model);
    return educate(model, error);
}

SpSimModel *sp_sim_model_new(const SpSimOptions *options, GError **error)
{
    double pyramid[SP_SIM_N_CELLS] = {0};
    g_autoptr(SpSimModel) model = g_new0(SpSimModel, 1);
    model->options = *options;
    model->random = sp_random_seed(options->seed);
    if (!read_all(model, pyramid, error) || !generate(model, pyramid, error)) {
        return NULL;
    }
    return g_steal_pointer(&model);
}

void sp_sim_model_free(SpSimModel *model)
{
    if (model == NULL) {
        return;
    }
    sp_sim_geography_free(model->geography);
    sp_sim_people_free(model->people);
    sp_sim_effects_free(model->effects);
    sp_sim_services_clear(&model->services);
    sp_sim_professions_clear(&model->professions);
    sp_sim_staff_free(model->staff);
    sp_sim_educations_clear(&model->educations);
    sp_sim_studies_free(model->studies);
    sp_sim_educated_free(model->educated);
    sp_sim_regions_free(model->regions);
    g_free(model->use);
    g_free(model->code_use);
    g_free(model->code_cells);
    g_free(model->homes);
    g_free(model);
}

gboolean sp_sim_model_holds(const SpSimModel *model, guint code, guint year)
{
    return sp_sim_code_holds(&model->geography->codes[code], year);
}

const SpSimUse *sp_sim_model_use(const SpSimModel *model, guint code, guint year)
{
    return &model->code_use[(gsize)sp_sim_year(year) * model->geography->n_codes + code];
}

const guint32 *sp_sim_model_cells(const SpSimModel *model, guint code, guint year)
{
    gsize at = (gsize)sp_sim_year(year) * model->geography->n_codes + code;
    return model->code_cells + at * SP_SIM_N_CELLS;
}

guint32 sp_sim_model_persons(const SpSimModel *model, guint code, guint year, guint first,
                             guint last)
{
    const guint32 *cells = sp_sim_model_cells(model, code, year);
    guint32 sum = 0;
    for (guint age = first; age <= MIN(last, SP_SIM_N_AGES - 1U); age++) {
        sum += cells[age] + cells[SP_SIM_N_AGES + age];
    }
    return sum;
}

gint64 sp_sim_aarsverk(guint64 percent)
{
    return (gint64)((percent + 50) / 100);
}

gboolean sp_sim_model_is_silent(const SpSimModel *model, guint code, guint year)
{
    return sp_sim_is_silent(model->random, &model->parameters,
                            model->geography->codes[code].kommune, year);
}

guint32 sp_sim_use_group(const SpSimUse *use, SpSimGroup group, guint first, guint last)
{
    guint32 sum = 0;
    for (guint band = first; band <= last; band++) {
        sum += use->group[group][band];
    }
    return sum;
}

gboolean sp_sim_model_is_drawn(const SpSimModel *model, guint64 person)
{
    double scaled = model->options.scale * TWO_TO_64;
    if (scaled >= TWO_TO_64) {
        return TRUE;
    }
    return sp_random_bits(sp_random_named(model->random, "utvalg"), person) < (guint64)scaled;
}

void sp_sim_model_pseudonym(const SpSimModel *model, guint64 person,
                            char pseudonym[SP_SIM_PSEUDONYM_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    guint64 bits = sp_random_bits(sp_random_named(model->random, "pseudonym"), person);
    for (guint i = 0; i < SP_SIM_PSEUDONYM_SIZE - 1; i++) {
        pseudonym[i] = digits[bits >> (4 * i) & 15];
    }
    pseudonym[SP_SIM_PSEUDONYM_SIZE - 1] = '\0';
}

guint sp_sim_model_first_kept(const SpSimModel *model, double n)
{
    guint last = model->options.to;
    guint wanted = (guint)MAX(n, 1);
    return MAX(last + 1 - MIN(wanted, last), model->options.from);
}
