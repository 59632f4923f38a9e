/* KPR: claims of GPs and emergency wards, CSV by docs/profiles/kpr.md. One file a year, written as
 * it is drawn: at scale 1 it has 60 million rows. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

enum { N_KINDS = 7, N_DIAGNOSES = 12, DAYS = 365, BASE_AGE = 40 };

/* A kind of contact: its share of 65536, practice, tariffs, refund and patient's share in øre.
 * Shares and amounts are made up; the tariffs are those that docs/profiles/kpr.md builds contact
 * types from. */
typedef struct {
    guint share;
    const char *practice;
    const char *tariffs;
    guint refund;
    guint own;
} Kind;

static const Kind kinds[N_KINDS] = {
    {23000, "FALE", "2ad", 17800, 16000},     {7500, "FALE", "2ad 2cd", 26500, 21300},
    {12500, "FALE", "2ae", 17800, 16000},     {15500, "FALE", "1bd", 4200, 5700},
    {3000, "FATU", "2ad 701a", 21000, 16000}, {2800, "LEVA", "2ak", 32000, 28700},
    {1236, "LEVA", "11ak", 48000, 0},
};
static const char *const diagnoses[N_DIAGNOSES] = {"A04", "R74", "L03", "K86", "P76", "T90",
                                                   "S03", "U71", "L15", "D01", "P03", "R05"};

typedef struct {
    const SpSimModel *model;
    SpSimOutput *output;
    guint year;
    SpRandom people;
    char days[DAYS][11]; /* "2025-01-01" */
} File;

static void fill_days(File *file)
{
    guint day = 0;
    for (guint month = 1; month <= 12; month++) {
        guint n = g_date_get_days_in_month((GDateMonth)month, (GDateYear)file->year);
        for (guint of_month = 1; of_month <= n && day < DAYS; of_month++) {
            g_snprintf(file->days[day++], sizeof file->days[0], "%04u-%02u-%02u",
                       file->year % 10000, month % 100, of_month % 100);
        }
    }
}

static const Kind *choose_kind(guint32 word)
{
    guint left = word & 0xffffU;
    for (guint i = 0; i < N_KINDS; i++) {
        if (left < kinds[i].share) {
            return &kinds[i];
        }
        left -= kinds[i].share;
    }
    return &kinds[0];
}

/* All claims of one person: what is the same in each is made once. */
static void put_person(const File *file, guint64 person, const char *middle, guint32 n)
{
    SpRandom claims = sp_random_numbered(file->people, person);
    char pseudonym[SP_SIM_PSEUDONYM_SIZE];
    sp_sim_model_pseudonym(file->model, person, pseudonym);
    for (guint32 i = 0; i < n; i++) {
        guint32 words[SP_RANDOM_WORDS];
        sp_random_block(claims, 1 + (guint64)i, words);
        const Kind *kind = choose_kind(words[0]);
        sp_sim_put(file->output, file->days[(guint64)words[1] * DAYS >> 32]);
        sp_sim_put_char(file->output, ';');
        sp_sim_put(file->output, pseudonym);
        sp_sim_put(file->output, middle);
        sp_sim_put(file->output, kind->practice);
        sp_sim_put_char(file->output, ';');
        sp_sim_put(file->output, kind->tariffs);
        sp_sim_put_char(file->output, ';');
        sp_sim_put(file->output, diagnoses[(guint64)words[2] * N_DIAGNOSES >> 32]);
        sp_sim_put_char(file->output, ';');
        sp_sim_put_fixed(file->output, kind->refund, 2, ',');
        sp_sim_put_char(file->output, ';');
        sp_sim_put_fixed(file->output, (words[3] & 3) == 0 ? 0 : kind->own, 2, ',');
        sp_sim_put_char(file->output, '\n');
    }
}

/* Persons of a cell: the mean is the cell's, the number of claims of each is drawn from a mixture,
 * so that few have many. */
static void put_cell(const File *file, guint piece, guint cell, guint32 n_persons)
{
    const SpSimModel *model = file->model;
    guint age = cell % SP_SIM_N_AGES;
    guint sex = cell / SP_SIM_N_AGES;
    guint code = model->geography->pieces[piece].code[sp_sim_year(file->year)];
    double mean = MAX(2, model->parameters.kpr_regninger +
                             model->parameters.kpr_regninger_vekst * ((double)age - BASE_AGE)) *
                  (sex == 1 ? 1.12 : 0.88);
    g_autofree char *middle = g_strdup_printf(";%s;%u;%u;", model->geography->codes[code].code,
                                              file->year - age, sex + 1);
    guint64 cohort = ((guint64)piece * 2 + sex) * 4096 + (file->year - age);
    for (guint32 i = 0; i < n_persons; i++) {
        guint64 person = sp_random_bits(file->people, cohort << 24 | i);
        if (!sp_sim_model_is_drawn(model, person)) {
            continue;
        }
        SpRandom own = sp_random_numbered(file->people, person);
        guint32 words[SP_RANDOM_WORDS];
        sp_random_block(own, 0, words);
        double lean = (words[0] & 7) == 0 ? 3.2 : (words[0] & 7) < 4 ? 1.0 : 0.45;
        put_person(file, person, middle, sp_sim_poisson(own, G_MAXUINT32, mean * lean));
    }
}

static gboolean write_year(const SpSimModel *model, const char *folder, guint year, GError **error)
{
    g_autofree char *name = g_strdup_printf("inbox/kpr/kpr-%u.csv", year);
    SpSimOutput *output = sp_sim_output_open(folder, name, FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    g_autofree File *file = g_new0(File, 1);
    file->model = model;
    file->output = output;
    file->year = year;
    file->people = sp_random_numbered(sp_random_named(model->random, "kpr"), year);
    fill_days(file);
    sp_sim_put(output, "dato;pasient;kommune;foedselsaar;kjonn;praksistype;takster;diagnose;"
                       "refusjon;egenandel\n");
    for (guint piece = 0; piece < model->geography->n_pieces; piece++) {
        const guint32 *cells = sp_sim_people_at(model->people, sp_sim_year(year), piece);
        for (guint cell = 0; cell < SP_SIM_N_CELLS; cell++) {
            put_cell(file, piece, cell, cells[cell]);
        }
    }
    return sp_sim_output_close(output, error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    for (guint year = sp_sim_model_first_kept(model, model->parameters.aar_kpr);
         year <= model->options.to; year++) {
        if (!write_year(model, folder, year, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

const SpSimSource sp_sim_source_kpr = {
    .name = "kpr",
    .summary = "KPR: claims, CSV (at scale 1 about 60 million rows, 4 GB)",
    .is_personal = TRUE,
    .write = write_extracts,
};
