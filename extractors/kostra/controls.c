/* The controls of one record. Several errors are gathered before the file is refused, so that its
 * sender can mend them in one go. */
#include "extractors/kostra/controls.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

enum { MAX_TOLD = 5, EXCERPT_SIZE = 20 };

typedef enum {
    SKJEMA,
    AARGANG,
    KVARTAL,
    REGION,
    ORGNR,
    FORETAKSNR,
    KONTOKLASSE,
    FUNKSJON,
    ART,
    BELOP,
    N_FIELDS
} Field;

/* Control 002. Sizes are of digits; a field of no size is looked at by a control of its own. */
static const struct {
    const char *name;
    gboolean is_required;
    gsize least;
    gsize most;
} rules[N_FIELDS] = {
    [SKJEMA] = {"skjema", TRUE, 0, 0},
    [AARGANG] = {"aargang", TRUE, 4, 4},
    [KVARTAL] = {"kvartal", FALSE, 1, 1},
    [REGION] = {"region", TRUE, 6, 6},
    [ORGNR] = {"orgnr", FALSE, 9, 9},
    [FORETAKSNR] = {"foretaksnr", FALSE, 9, 9},
    [KONTOKLASSE] = {"kontoklasse", TRUE, 1, 1},
    [FUNKSJON] = {"funksjon", TRUE, 3, 4},
    [ART] = {"art", TRUE, 3, 3},
    [BELOP] = {"belop", TRUE, 0, 0},
};

struct SpKostraControls {
    SpSink sink; /* first: a pointer to it is one to the controls */
    SpSink *to;
    char *origin;
    char **forms;
    char **classes;
    const char *year; /* NULL: any; borrowed from the settings */
    gboolean is_quarterly;
    gsize fields[N_FIELDS]; /* of a row */
    gsize n_fields;
    SpField *row; /* [n_fields + 1] as it is handed on */
    guint64 n_wrong;
    GString *told;
};

static gboolean is_one_of(char **words, SpField field)
{
    for (char **word = words; *word != NULL; word++) {
        if (strlen(*word) == field.size && memcmp(*word, field.text, field.size) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_digits(SpField field)
{
    for (gsize i = 0; i < field.size; i++) {
        if (!g_ascii_isdigit(field.text[i])) {
            return FALSE;
        }
    }
    return TRUE;
}

/* One finding of a record; later ones of the same file are only counted. */
static gboolean set_wrong(SpKostraControls *controls, guint64 number, const char *control,
                          Field which, SpField field)
{
    if (controls->n_wrong++ < MAX_TOLD) {
        g_autofree char *excerpt =
            g_utf8_make_valid(field.text, (gssize)MIN(field.size, EXCERPT_SIZE));
        g_string_append_printf(controls->told,
                               "; line %" G_GUINT64_FORMAT ": control %s: %s is \"%s\"", number,
                               control, rules[which].name, excerpt);
    }
    return FALSE;
}

static gboolean check_fields(SpKostraControls *controls, guint64 number, const SpField fields[])
{
    for (int i = 0; i < N_FIELDS; i++) {
        SpField field = fields[controls->fields[i]];
        gboolean is_right = field.size == 0 ? !rules[i].is_required
                                            : rules[i].most == 0 || (is_digits(field) &&
                                                                     field.size >= rules[i].least &&
                                                                     field.size <= rules[i].most);
        if (!is_right) {
            return set_wrong(controls, number, "002", (Field)i, field);
        }
    }
    return TRUE;
}

static gboolean check_values(SpKostraControls *controls, guint64 number, const SpField fields[])
{
    SpField skjema = fields[controls->fields[SKJEMA]];
    SpField year = fields[controls->fields[AARGANG]];
    SpField quarter = fields[controls->fields[KVARTAL]];
    SpField class = fields[controls->fields[KONTOKLASSE]];
    SpField amount = fields[controls->fields[BELOP]];
    gint64 kroner = 0;
    if (!is_one_of(controls->forms, skjema)) {
        return set_wrong(controls, number, "003", SKJEMA, skjema);
    }
    if (controls->year != NULL && strncmp(controls->year, year.text, year.size) != 0) {
        return set_wrong(controls, number, "004", AARGANG, year);
    }
    if (controls->is_quarterly ? quarter.size == 0 || strchr("1234", quarter.text[0]) == NULL
                               : quarter.size > 0) {
        return set_wrong(controls, number, "005", KVARTAL, quarter);
    }
    if (!is_one_of(controls->classes, class)) {
        return set_wrong(controls, number, "009", KONTOKLASSE, class);
    }
    return sp_number_parse_int(amount.text, amount.size, &kroner) ||
           set_wrong(controls, number, "014", BELOP, amount);
}

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    SpKostraControls *controls = (SpKostraControls *)sink;
    g_autofree const char **handed = g_new(const char *, n + 1);
    for (int i = 0; i < N_FIELDS; i++) {
        controls->fields[i] = n;
        for (gsize k = 0; k < n; k++) {
            controls->fields[i] = strcmp(names[k], rules[i].name) == 0 ? k : controls->fields[i];
        }
        if (controls->fields[i] == n) {
            return sp_error_set(
                error, SP_ERROR_CONFIG,
                "%s: the layout gives no place to \"%s\"; an accounts record has it, "
                "see docs/profiles/kostra.md",
                controls->origin, rules[i].name);
        }
    }
    for (gsize k = 0; k < n; k++) {
        handed[k] = names[k];
    }
    handed[n] = "periode";
    controls->n_fields = n;
    controls->row = g_renew(SpField, controls->row, n + 1);
    return controls->to->begin(controls->to, handed, n + 1, error);
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    SpKostraControls *controls = (SpKostraControls *)sink;
    char period[SP_NUMBER_SIZE];
    g_assert(n == controls->n_fields);
    if (!check_fields(controls, number, fields) || !check_values(controls, number, fields)) {
        return TRUE;
    }
    SpField year = fields[controls->fields[AARGANG]];
    SpField quarter = fields[controls->fields[KVARTAL]];
    int size = g_snprintf(period, sizeof period, "%.*s%s%.*s", (int)year.size, year.text,
                          quarter.size > 0 ? "K" : "", (int)quarter.size, quarter.text);
    memcpy(controls->row, fields, n * sizeof *fields);
    controls->row[n] = (SpField){period, (gsize)size};
    return controls->to->row(controls->to, number, controls->row, n + 1, error);
}

static gboolean read_words(const SpSettings *settings, const char *key, const char *fallback,
                           char ***words, GError **error)
{
    const char *text = NULL;
    if (!sp_settings_text_or(settings, key, fallback, &text, error)) {
        return FALSE;
    }
    *words = g_strsplit_set(text, " ,", -1);
    return TRUE;
}

SpKostraControls *sp_kostra_controls_new(const SpSettings *settings, const char *origin, SpSink *to,
                                         GError **error)
{
    g_autoptr(SpKostraControls) controls = g_new0(SpKostraControls, 1);
    const char *period = NULL;
    controls->sink = (SpSink){.begin = begin, .row = row};
    controls->to = to;
    controls->origin = g_strdup(origin);
    controls->told = g_string_new(NULL);
    if (!read_words(settings, "skjema", "0A", &controls->forms, error) ||
        !read_words(settings, "kontoklasse", "0 1", &controls->classes, error) ||
        !sp_settings_text_or(settings, "aargang", NULL, &controls->year, error) ||
        !sp_settings_text_or(settings, "periode", "aar", &period, error)) {
        return NULL;
    }
    controls->is_quarterly = strcmp(period, "kvartal") == 0;
    if (!controls->is_quarterly && strcmp(period, "aar") != 0) {
        sp_error_set(error, SP_ERROR_CONFIG, "periode = %s: want aar or kvartal", period);
        return NULL;
    }
    return g_steal_pointer(&controls);
}

void sp_kostra_controls_free(SpKostraControls *controls)
{
    if (controls == NULL) {
        return;
    }
    g_free(controls->origin);
    g_strfreev(controls->forms);
    g_strfreev(controls->classes);
    g_free(controls->row);
    g_string_free(controls->told, TRUE);
    g_free(controls);
}

SpSink *sp_kostra_controls_sink(SpKostraControls *controls)
{
    return &controls->sink;
}

gboolean sp_kostra_controls_close(const SpKostraControls *controls, GError **error)
{
    return controls->n_wrong == 0 ||
           sp_error_set(
               error, SP_ERROR_DATA,
               "%s: %" G_GUINT64_FORMAT
               " records break SSB's controls%s%s; correct them at the kommune and deliver "
               "the file again",
               controls->origin, controls->n_wrong, controls->told->str,
               controls->n_wrong > MAX_TOLD ? "; and so on" : "");
}
