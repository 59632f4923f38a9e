/* IPLOS: persons with services, XML by docs/profiles/iplos.md. One file a year. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

/* Indexes of a recipient's further draws; services and death have those below. */
enum { DRAW_HOUSEHOLD = 32, DRAW_DAYS = 33, DRAW_NEEDS = 34, DRAW_SERVICE = 64 };
enum { N_NEEDS = SP_SIM_N_NEEDS, NOT_RELEVANT = 9, DAYS = 365 };

typedef struct {
    const SpSimModel *model;
    SpSimOutput *output;
    guint year; /* calendar */
} File;

static guint32 part(guint32 word, guint32 n)
{
    return (guint32)((guint64)word * n >> 32);
}

/* Needs lean on a level of the person: more of it with institution, housing and age. */
static void put_needs(const File *file, const SpSimRecipient *recipient)
{
    const SpSimServices *services = &file->model->services;
    guint level = recipient->age >= 80 ? 2 : 1;
    for (guint i = 0; i < services->n; i++) {
        SpSimGroup group = services->services[i].group;
        if ((recipient->has >> i & 1) != 0 &&
            (group == SP_SIM_GROUP_INSTITUTION || group == SP_SIM_GROUP_HOUSING)) {
            level = 3;
        }
    }
    guint32 words[SP_RANDOM_WORDS];
    for (guint need = 0; need < N_NEEDS; need++) {
        if (need % SP_RANDOM_WORDS == 0) {
            sp_random_block(recipient->random, DRAW_NEEDS + need / SP_RANDOM_WORDS, words);
        }
        guint32 word = words[need % SP_RANDOM_WORDS];
        guint value = (word & 63) == 0 ? NOT_RELEVANT : MIN(5U, level + part(word, 4) * 3 / 4);
        sp_sim_put(file->output, "<behov kode=\"");
        sp_sim_put_uint(file->output, need + 1, 2);
        sp_sim_put(file->output, "\" verdi=\"");
        sp_sim_put_uint(file->output, value, 0);
        sp_sim_put(file->output, "\"/>");
    }
}

/* A service's days: it began before the year for those who had the seat, and ends in it unless it
 * lasts. */
static void put_service(const File *file, const SpSimRecipient *recipient, guint i, guint last_day)
{
    const SpSimService *service = &file->model->services.services[i];
    guint32 words[SP_RANDOM_WORDS];
    sp_random_block(recipient->random, DRAW_SERVICE + i, words);
    gboolean lasts = (recipient->has_at_end >> i & 1) != 0;
    guint since = SP_SIM_FIRST_YEAR + recipient->since;
    guint first = since + part(words[0], file->year - since + 1);
    guint first_day =
        first == file->year ? part(words[1], lasts ? DAYS : last_day + 1) : part(words[1], DAYS);
    guint end = lasts ? DAYS
                      : (first == file->year
                             ? first_day + part(words[2], MAX(last_day, first_day) - first_day + 1)
                             : part(words[2], last_day + 1));
    sp_sim_put(file->output, "<tjeneste kode=\"");
    sp_sim_put(file->output, service->code);
    sp_sim_put(file->output, "\" fra=\"");
    sp_sim_put_day(file->output, first, first_day);
    sp_sim_put(file->output, "\" til=\"");
    if (!lasts) {
        sp_sim_put_day(file->output, file->year, end);
    }
    if (service->hours > 0) {
        /* Between a quarter of the mean and twice it, in quarters of an hour. */
        guint32 quarters = (guint32)(service->hours * 4);
        guint32 hours = MIN(MAX(1, quarters / 4 + part(words[3], 2 * quarters)), 168 * 4);
        sp_sim_put(file->output, "\" timer=\"");
        sp_sim_put_fixed(file->output, (gint64)hours * 25, 2, '.');
    } else if (service->group == SP_SIM_GROUP_INSTITUTION) {
        guint from_day = first == file->year ? first_day : 0;
        sp_sim_put(file->output, "\" doegn=\"");
        sp_sim_put_uint(file->output, MIN(end, (guint)DAYS) - MIN(from_day, MIN(end, (guint)DAYS)),
                        0);
    }
    sp_sim_put(file->output, "\"/>");
}

static void put_person(const File *file, const SpSimRecipient *recipient, guint last_day)
{
    const SpSimGeography *geography = file->model->geography;
    guint code = geography->pieces[recipient->piece].code[sp_sim_year(file->year)];
    guint32 words[SP_RANDOM_WORDS];
    char pseudonym[SP_SIM_PSEUDONYM_SIZE];
    sp_sim_model_pseudonym(file->model, recipient->person, pseudonym);
    sp_random_block(recipient->random, DRAW_HOUSEHOLD, words);
    guint household = recipient->age < 18 ? 3 : (words[0] & 63) == 0 ? 9 : 1 + (words[0] >> 31);
    sp_sim_put(file->output, "<person id=\"");
    sp_sim_put(file->output, pseudonym);
    sp_sim_put(file->output, "\" kommune=\"");
    sp_sim_put(file->output, geography->codes[code].code);
    sp_sim_put(file->output, "\" bydel=\"\" foedselsaar=\"");
    sp_sim_put_uint(file->output, file->year - recipient->age, 4);
    sp_sim_put(file->output,
               recipient->sex == 1 ? "\" kjonn=\"2\" husstand=\"" : "\" kjonn=\"1\" husstand=\"");
    sp_sim_put_uint(file->output, household, 0);
    sp_sim_put(file->output, "\" doed=\"");
    if (recipient->dies) {
        sp_sim_put_day(file->output, file->year, last_day);
    }
    sp_sim_put(file->output, "\">");
    put_needs(file, recipient);
    if (part(words[1], 3) == 0) {
        sp_sim_put(file->output, "<uformell timer=\"");
        sp_sim_put_fixed(file->output, 5 * part(words[2], 400) / 5, 1, '.');
        sp_sim_put(file->output, "\"/>");
    }
    for (guint i = 0; i < file->model->services.n; i++) {
        if ((recipient->has >> i & 1) != 0) {
            put_service(file, recipient, i, last_day);
        }
    }
    sp_sim_put(file->output, "</person>\n");
}

static void each(const SpSimRecipient *recipient, gpointer data)
{
    const File *file = data;
    guint32 words[SP_RANDOM_WORDS];
    if (!sp_sim_model_is_drawn(file->model, recipient->person)) {
        return;
    }
    sp_random_block(recipient->random, DRAW_DAYS, words);
    put_person(file, recipient, part(words[0], DAYS - 1));
}

static gboolean write_year(const SpSimModel *model, const char *folder, guint year, GError **error)
{
    g_autofree char *name = g_strdup_printf("inbox/iplos/iplos-%u.xml", year);
    File file = {model, sp_sim_output_open(folder, name, FALSE, error), year};
    if (file.output == NULL) {
        return FALSE;
    }
    sp_sim_put(file.output,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- SYNTETISKE DATA -->\n");
    sp_sim_put_format(file.output, "<iplos profil=\"1\" aar=\"%u\">\n", year);
    for (guint piece = 0; piece < model->geography->n_pieces; piece++) {
        sp_sim_care_walk(&model->care, piece, sp_sim_year(year), each, &file);
    }
    sp_sim_put(file.output, "</iplos>\n");
    return sp_sim_output_close(file.output, error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    for (guint year = sp_sim_model_first_kept(model, model->parameters.aar_iplos);
         year <= model->options.to; year++) {
        if (!write_year(model, folder, year, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

const SpSimSource sp_sim_source_iplos = {
    .name = "iplos",
    .summary = "IPLOS: persons with services, XML",
    .is_personal = TRUE,
    .write = write_extracts,
};
