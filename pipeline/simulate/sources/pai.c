/* PAI: positions on 1 December, CSV by docs/profiles/pai.md: semicolons, ISO-8859-1, decimal comma.
 * One file a year. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/rows.h"
#include "pipeline/simulate/source.h"

#include "core/number.h"

#include <string.h>

enum { DAYS_ABSENT_OWN = 6, CARE_BEFORE_2024 = 254, NEW_CARE_FUNCTIONS = 2024 };
enum { DRAW_CODE = 0, DRAW_ABSENCE = 1 };

/* A position code of the main agreement: config/codes/pai_stilling.csv. */
typedef struct {
    char *code;
    char *title;
    gint64 first; /* years it holds */
    gint64 last;
} Code;

typedef struct {
    const SpSimModel *model;
    SpSimOutput *output;
    guint year;
    GPtrArray *codes[SP_SIM_MAX_PROFESSIONS]; /* Code* */
    SpRandom random;
} File;

static void code_free(gpointer data)
{
    Code *code = data;
    g_free(code->code);
    g_free(code->title);
    g_free(code);
}

static gint64 year_or(const char *text, gint64 otherwise)
{
    gint64 year = otherwise;
    (void)sp_number_parse_int(text, strlen(text), &year);
    return year;
}

static gboolean read_codes(File *file, GError **error)
{
    static const char *const columns[] = {"from", "to", "navn", "fra", "til"};
    g_autofree char *path =
        g_build_filename(file->model->options.data_folder, "codes", "pai_stilling.csv", NULL);
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    if (rows == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < file->model->professions.n; i++) {
        file->codes[i] = g_ptr_array_new_with_free_func(code_free);
        for (gsize row = 0; row < sp_sim_rows_size(rows); row++) {
            if (strcmp(sp_sim_rows_text(rows, row, 1),
                       file->model->professions.professions[i].id) == 0) {
                Code *code = g_new0(Code, 1);
                code->code = g_strdup(sp_sim_rows_text(rows, row, 0));
                code->title = g_strdup(sp_sim_rows_text(rows, row, 2));
                code->first = year_or(sp_sim_rows_text(rows, row, 3), 0);
                code->last = year_or(sp_sim_rows_text(rows, row, 4), G_MAXINT64);
                g_ptr_array_add(file->codes[i], code);
            }
        }
    }
    return TRUE;
}

/* One of the profession's codes that hold in the year, the first ones most often; NULL if there is
 * none. */
static const Code *choose_code(const File *file, guint profession, guint32 word)
{
    const Code *chosen = NULL;
    for (guint i = 0; i < file->codes[profession]->len; i++) {
        const Code *code = file->codes[profession]->pdata[i];
        if (code->first <= file->year && file->year <= code->last) {
            if (chosen == NULL || (word & 3) == 0) {
                chosen = code;
            }
            word >>= 2;
        }
    }
    return chosen;
}

/* KOSTRA function of the position; 254 gave way to 257 and 258 in 2024. */
static guint function_of(const File *file, const SpSimPosition *position, guint32 word)
{
    static const guint health[4] = {232, 241, 241, 233};
    static const guint other[4] = {202, 201, 215, 120};
    if (position->sector == SP_SIM_SECTOR_HEALTH) {
        return health[word & 3];
    }
    if (position->sector == SP_SIM_SECTOR_OTHER) {
        return other[word & 3];
    }
    guint32 tenth = (guint32)((guint64)word * 10 >> 32);
    if (tenth < 4) {
        return 253;
    }
    if (tenth == 9) {
        return 234;
    }
    return file->year < NEW_CARE_FUNCTIONS ? CARE_BEFORE_2024 : 257 + (tenth & 1);
}

static void put_absence(const File *file, const SpSimPosition *position, SpRandom random)
{
    guint32 words[SP_RANDOM_WORDS];
    sp_random_block(random, DRAW_ABSENCE, words);
    guint own = (guint)((guint64)words[0] * DAYS_ABSENT_OWN >> 32);
    /* Three in ten are away by a doctor's note, most a few days, some long: about nine per cent of
     * all days. */
    guint doctor = (words[1] & 15) < 5 ? (guint)((guint64)words[2] * 20 >> 32) : 0;
    if ((words[1] >> 4 & 15) < 2) {
        doctor += 20 + (guint)((guint64)words[3] * 250 >> 32);
    }
    sp_sim_put_char(file->output, ';');
    if (position->relation != 'V') {
        sp_sim_put_uint(file->output, own, 0);
    }
    sp_sim_put_char(file->output, ';');
    if (position->relation != 'V') {
        sp_sim_put_uint(file->output, doctor, 0);
    }
}

static void put_position(const File *file, const SpSimPosition *position)
{
    const SpSimGeography *geography = file->model->geography;
    guint number = geography->pieces[position->piece].code[sp_sim_year(file->year)];
    /* Keyed by the position, so that code and function last as long as it does. */
    guint64 key = (((guint64)position->piece * SP_SIM_MAX_PROFESSIONS + position->profession) *
                       SP_SIM_N_SECTORS +
                   position->sector)
                      << 24 |
                  position->number;
    SpRandom random = sp_random_numbered(file->random, key);
    guint32 words[SP_RANDOM_WORDS];
    char pseudonym[SP_SIM_PSEUDONYM_SIZE];
    sp_random_block(random, DRAW_CODE, words);
    const Code *code = choose_code(file, position->profession, words[0]);
    if (code == NULL) {
        return;
    }
    sp_sim_model_pseudonym(file->model, position->person, pseudonym);
    sp_sim_put_uint(file->output, file->year, 4);
    sp_sim_put_format(file->output, ";9%08u;%s;", 10000000U + number * 97,
                      geography->codes[number].code);
    sp_sim_put(file->output, pseudonym);
    sp_sim_put_format(file->output, ";%u;%u;%s;", position->born, position->sex + 1U, code->code);
    sp_sim_put_csv(file->output, code->title, ';');
    sp_sim_put_format(file->output, ";%c;", position->relation);
    if (position->percent % 100 == 0) {
        sp_sim_put_uint(file->output, position->percent / 100U, 0);
    } else {
        sp_sim_put_fixed(file->output, position->percent, 2, ',');
    }
    sp_sim_put_format(file->output, ";%u;;%u", function_of(file, position, words[1]),
                      420000 + 100 * (words[2] % 2500) + 12000 * (file->year - 2018));
    put_absence(file, position, sp_random_numbered(random, file->year));
    sp_sim_put(file->output, "\r\n");
}

static gboolean write_year(File *file, const char *folder, GError **error)
{
    const GArray *positions = file->model->staff->kept[sp_sim_year(file->year)];
    g_autofree char *name = g_strdup_printf("inbox/pai/pai-%u.csv", file->year);
    file->output = sp_sim_output_open(folder, name, TRUE, error);
    if (file->output == NULL) {
        return FALSE;
    }
    sp_sim_put(file->output,
               "aar;orgnr;kommune;person;foedselsaar;kjonn;stillingskode;lokal_tittel;ansettelse;"
               "stillingsprosent;funksjon;utdanning;grunnloenn;fravaer_egen;fravaer_lege\r\n");
    for (guint i = 0; i < positions->len; i++) {
        const SpSimPosition *position = &g_array_index(positions, SpSimPosition, i);
        if (sp_sim_model_is_drawn(file->model, position->person)) {
            put_position(file, position);
        }
    }
    return sp_sim_output_close(file->output, error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    File file = {.model = model, .random = sp_random_named(model->random, "pai")};
    gboolean is_good = read_codes(&file, error);
    for (file.year = sp_sim_model_first_kept(model, model->parameters.aar_pai);
         is_good && file.year <= model->options.to; file.year++) {
        is_good = write_year(&file, folder, error);
    }
    for (guint i = 0; i < G_N_ELEMENTS(file.codes); i++) {
        g_clear_pointer(&file.codes[i], g_ptr_array_unref);
    }
    return is_good;
}

const SpSimSource sp_sim_source_pai = {
    .name = "pai",
    .summary = "PAI: positions on 1 December, CSV",
    .is_personal = TRUE,
    .write = write_extracts,
};
