/* truth.json: what generated the extracts, for those who judge what is made of them. */
#include "pipeline/simulate/simulate.h"

#include "core/io/json.h"
#include "core/number.h"
#include "pipeline/simulate/commuting.h"
#include "pipeline/simulate/output.h"

#include <string.h>

static void set_number(json_t *object, const char *key, double value)
{
    /* Rounded as all figures at a stage's boundary are. */
    (void)json_object_set_new(object, key, json_real(sp_number_round(value)));
}

static void set_whole(json_t *object, const char *key, guint64 value)
{
    (void)json_object_set_new(object, key, json_integer((json_int_t)value));
}

static json_t *numbers_of(const SpSimModel *model)
{
    json_t *numbers = json_object();
    for (gsize i = 0; sp_sim_parameters_name(i) != NULL; i++) {
        set_number(numbers, sp_sim_parameters_name(i),
                   sp_sim_parameters_value(&model->parameters, i));
    }
    return numbers;
}

static json_t *use_of(const SpSimModel *model, const SpSimUse *use)
{
    json_t *object = json_object();
    json_t *services = json_object();
    enum { LAST = SP_SIM_N_BANDS - 1, OLD = 4 };
    set_whole(object, "mottakere_i_aaret", use->recipients);
    set_whole(object, "mottakere_31_12", use->recipients_at_end);
    set_whole(object, "hjemmetjenestebrukere", sp_sim_use_group(use, SP_SIM_GROUP_HOME, 0, LAST));
    set_whole(object, "hjemmetjenestebrukere_80p",
              sp_sim_use_group(use, SP_SIM_GROUP_HOME, OLD, LAST));
    set_whole(object, "institusjon", sp_sim_use_group(use, SP_SIM_GROUP_INSTITUTION, 0, LAST));
    set_whole(object, "institusjon_80p",
              sp_sim_use_group(use, SP_SIM_GROUP_INSTITUTION, OLD, LAST));
    set_whole(object, "bolig", sp_sim_use_group(use, SP_SIM_GROUP_HOUSING, 0, LAST));
    set_whole(object, "teknologi", sp_sim_use_group(use, SP_SIM_GROUP_TECHNOLOGY, 0, LAST));
    set_number(object, "aarsverksbehov_omsorg", use->need);
    for (guint i = 0; i < model->services.n; i++) {
        set_whole(services, model->services.services[i].code, use->service[i]);
    }
    (void)json_object_set_new(object, "tjeneste_31_12", services);
    return object;
}

static json_t *staff_of(const SpSimModel *model, const SpSimRegionYear *region)
{
    json_t *staff = json_object();
    for (guint i = 0; i < model->professions.n; i++) {
        const SpSimStaffCount *care = &region->staff[i][SP_SIM_SECTOR_CARE];
        const SpSimStaffCount *health = &region->staff[i][SP_SIM_SECTOR_HEALTH];
        json_t *one = json_object();
        set_number(one, "aarsverk_omsorg", (double)care->percent / 10000);
        set_number(one, "aarsverk_helse", (double)health->percent / 10000);
        set_whole(one, "stillinger", care->positions + health->positions);
        set_whole(one, "stillinger_55p", care->old + health->old);
        set_whole(one, "forlatt", care->left + health->left);
        (void)json_object_set_new(staff, model->professions.professions[i].id, one);
    }
    return staff;
}

static json_t *region_of(const SpSimModel *model, guint number, guint year)
{
    const SpSimRegionYear *region = sp_sim_regions_at(model->regions, number, year);
    json_t *one = use_of(model, &region->use);
    guint64 persons = 0;
    guint64 old = 0;
    for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
        persons += region->cells[cell];
        old += cell % SP_SIM_N_AGES >= 80 ? region->cells[cell] : 0;
    }
    set_whole(one, "folkemengde", persons);
    set_whole(one, "folkemengde_80p", old);
    (void)json_object_set_new(one, "aarsverk", staff_of(model, region));
    return one;
}

/* People with an education on 31 December, and what led to them in the year. */
static json_t *educated_of(const SpSimModel *model, guint year)
{
    json_t *educated = json_object();
    for (guint i = 0; i < model->educations.n; i++) {
        const SpSimEducatedYear *nation =
            sp_sim_educated_nation(model->educated, sp_sim_year(year), i);
        json_t *one = json_object();
        json_t *leaves = json_array();
        guint64 persons = 0;
        guint64 abroad = 0;
        for (guint cell = 0; cell < SP_SIM_N_WORK_CELLS; cell++) {
            persons += nation->persons[cell];
            abroad += nation->abroad[cell];
        }
        for (guint group = 0; group < SP_SIM_N_LEAVING; group++) {
            (void)json_array_append_new(leaves, json_real(sp_number_round(nation->leaves[group])));
        }
        set_whole(one, "personer", persons);
        set_whole(one, "nyutdannede", nation->graduates);
        set_whole(one, "fra_utlandet", abroad);
        set_whole(one, "fra_annet_yrke", nation->joined);
        set_whole(one, "til_annet_yrke", nation->left_for_other);
        set_whole(one, "doede_og_avgang", nation->gone);
        (void)json_object_set_new(one, "avgang_15_35_50", leaves);
        (void)json_object_set_new(educated, model->educations.list[i].id, one);
    }
    return educated;
}

/* Share in work by sex and age from 15 on: the same in all years. */
static json_t *working_of(const SpSimModel *model)
{
    json_t *working = json_object();
    for (guint i = 0; i < model->educations.n; i++) {
        json_t *one = json_object();
        for (guint sex = 0; sex < 2; sex++) {
            json_t *ages = json_array();
            for (guint age = 0; age < SP_SIM_N_WORK_AGES; age++) {
                double share = sp_sim_education_working(&model->educations.list[i], sex,
                                                        SP_SIM_WORK_FIRST_AGE + age);
                (void)json_array_append_new(ages, json_real(sp_number_round(share)));
            }
            (void)json_object_set_new(one, sex == 0 ? "1" : "2", ages);
        }
        (void)json_object_set_new(working, model->educations.list[i].id, one);
    }
    return working;
}

static json_t *year_of(const SpSimModel *model, guint year)
{
    json_t *object = json_object();
    json_t *kommuner = json_object();
    for (guint i = 0; i < model->regions->n; i++) {
        const SpSimRegion *region = &model->regions->regions[i];
        if (region->kind == SP_SIM_REGION_COUNTRY) {
            (void)json_object_set_new(object, "landet", region_of(model, i, year));
        } else if (region->kind == SP_SIM_REGION_KOMMUNE &&
                   sp_sim_regions_at(model->regions, i, year)->holds) {
            json_t *one = region_of(model, i, year);
            (void)json_object_set_new(
                one, "uten_svar",
                json_boolean(sp_sim_model_is_silent(model, region->number, year)));
            (void)json_object_set_new(kommuner, region->code, one);
        }
    }
    (void)json_object_set_new(object, "kommune", kommuner);
    (void)json_object_set_new(object, "utdannede", educated_of(model, year));
    return object;
}

/* Effects of today's kommuner on the log-odds or log scale; those that move with the years as they
 * stand in the last one. */
static json_t *effects_of(const SpSimModel *model)
{
    const SpSimEffects *effects = model->effects;
    json_t *kommuner = json_object();
    for (guint k = 0; k < model->geography->n_kommuner; k++) {
        gsize at = (gsize)(model->n_years - 1) * effects->n_kommuner + k;
        json_t *one = json_object();
        set_number(one, "bruk", effects->use[at]);
        set_number(one, "bruk_helning", effects->slope[k]);
        set_number(one, "institusjon_mot_bolig", effects->institution[k]);
        set_number(one, "aarsverk", effects->staffing[at]);
        set_number(one, "avgang", effects->leaving[at]);
        (void)json_object_set_new(one, "kopierte_2018_i_2019",
                                  json_boolean(effects->is_copied[k] != 0));
        (void)json_object_set_new(kommuner, model->geography->kommuner[k].code, one);
    }
    return kommuner;
}

static json_t *drifts_of(const SpSimModel *model)
{
    json_t *drifts = json_object();
    json_t *midpoint = json_object();
    json_t *intensity = json_object();
    for (guint year = model->options.from; year <= model->options.to; year++) {
        g_autofree char *key = g_strdup_printf("%u", year);
        set_number(midpoint, key, model->effects->midpoint[sp_sim_year(year)]);
        set_number(intensity, key, model->effects->intensity[sp_sim_year(year)]);
    }
    set_whole(drifts, "regimeskifte", model->effects->regime);
    (void)json_object_set_new(drifts, "midtpunkt_alder_mot_2022", midpoint);
    (void)json_object_set_new(drifts, "log_aarsverk_per_bruker_mot_2022", intensity);
    return drifts;
}

/* Of those employed in each kommune: shares who work outside it, in another fylke and in the centre
 * of its region, in expectation. */
static json_t *commuting_of(const SpSimModel *model)
{
    const SpSimGeography *geography = model->geography;
    guint n = geography->n_kommuner;
    g_autofree double *expected = sp_sim_commuting_expected(geography, &model->parameters);
    json_t *kommuner = json_object();
    for (guint from = 0; from < n; from++) {
        const SpSimKommune *home = &geography->kommuner[from];
        const char *centre = geography->basins[home->basin];
        double all = 0, out = 0, away = 0, central = 0;
        for (guint to = 0; to < n; to++) {
            double persons = expected[from * n + to];
            all += persons;
            out += to != from ? persons : 0;
            away += geography->kommuner[to].fylke != home->fylke ? persons : 0;
            central += strcmp(geography->kommuner[to].code, centre) == 0 ? persons : 0;
        }
        json_t *one = json_object();
        (void)json_object_set_new(one, "region", json_string(centre));
        set_number(one, "andel_ut", out / all);
        set_number(one, "andel_annet_fylke", away / all);
        set_number(one, "andel_til_senteret", central / all);
        (void)json_object_set_new(kommuner, home->code, one);
    }
    return kommuner;
}

gboolean sp_sim_truth_write(const SpSimModel *model, const char *folder, GError **error)
{
    g_autoptr(json_t) truth = json_object();
    json_t *years = json_object();
    (void)json_object_set_new(truth, "merknad",
                              json_string("SYNTETISKE DATA: fasit for simulerte uttrekk"));
    set_whole(truth, "seed", model->options.seed);
    set_number(truth, "scale", model->options.scale);
    set_whole(truth, "from", model->options.from);
    set_whole(truth, "to", model->options.to);
    (void)json_object_set_new(truth, "model", numbers_of(model));
    (void)json_object_set_new(truth, "drift", drifts_of(model));
    (void)json_object_set_new(truth, "kommunevirkning", effects_of(model));
    (void)json_object_set_new(truth, "pendling", commuting_of(model));
    for (guint year = model->options.from; year <= model->options.to; year++) {
        g_autofree char *key = g_strdup_printf("%u", year);
        (void)json_object_set_new(years, key, year_of(model, year));
    }
    (void)json_object_set_new(truth, "i_arbeid_fra_15", working_of(model));
    (void)json_object_set_new(truth, "aar", years);
    g_autofree char *text = sp_json_format(truth);
    return sp_sim_write_text(folder, "truth.json", text, error);
}
