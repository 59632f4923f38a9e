/* The wording of key sentences. */
#include "outputs/sentences.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

/* Columns of the table of figures, found once. */
typedef struct {
    const SpWords *words;
    const SpTable *figures;
    gsize place, name, column, code, unit, value;
} Figures;

char **sp_sentences_fields(const char *template)
{
    g_autoptr(GPtrArray) fields = g_ptr_array_new();
    for (const char *at = strchr(template, '{'); at != NULL; at = strchr(at + 1, '{')) {
        const char *end = strchr(at, '}');
        g_ptr_array_add(fields,
                        g_strndup(at + 1, end != NULL ? (gsize)(end - at - 1) : strlen(at + 1)));
    }
    g_ptr_array_add(fields, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&fields), FALSE);
}

static gboolean figures_init(Figures *in, const SpWords *words, const SpTable *figures,
                             GError **error)
{
    static const char *const codes[] = {"plass", "felt", "kolonne", "kode", "enhet"};
    gsize found[G_N_ELEMENTS(codes)];
    if (!sp_table_need_all(figures, codes, G_N_ELEMENTS(codes), SP_COLUMN_CODE, found, error) ||
        !sp_table_need(figures, "verdi", SP_COLUMN_MEASURE, &in->value, error)) {
        return FALSE;
    }
    in->words = words;
    in->figures = figures;
    in->place = found[0];
    in->name = found[1];
    in->column = found[2];
    in->code = found[3];
    in->unit = found[4];
    return TRUE;
}

/* "Sykepleiere" inside a sentence; "KOSTRA" stays. */
static char *in_small_letters(const char *text)
{
    const char *second = g_utf8_next_char(text);
    if (*text == '\0' || g_unichar_isupper(g_utf8_get_char(second))) {
        return g_strdup(text);
    }
    g_autofree char *first = g_utf8_strdown(text, second - text);
    return g_strconcat(first, second, NULL);
}

static char *word_code(const SpWords *words, const char *name, const char *code)
{
    const SpColumn column = {.name = name, .kind = SP_COLUMN_CODE};
    const SpPackage *package = sp_words_package(words);
    if (strcmp(name, "region") == 0 && strcmp(code, package->region) == 0) {
        return g_strdup(package->title);
    }
    if (strcmp(name, "tabell") == 0) {
        const char *title = sp_words_find(words, "table.", code, "");
        return in_small_letters(title != NULL ? title : code);
    }
    g_autofree char *own = strcmp(name, "yrke") == 0
                               ? g_strdup(sp_words_find(words, "headline.yrke.", code, ""))
                               : NULL;
    return own != NULL ? g_steal_pointer(&own) : sp_words_code(words, &column, code);
}

/* "A", "A og B", "A, B og C". */
static char *word_codes(const SpWords *words, const char *name, const char *codes)
{
    g_auto(GStrv) each = g_strsplit(codes, " ", -1);
    const guint n = g_strv_length(each);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        g_autofree char *word = word_code(words, name, each[i]);
        if (i > 0 && i + 1 < n) {
            g_string_append(text, ", ");
        } else if (i > 0) {
            g_string_append_printf(text, " %s ", sp_words_text(words, "headline.og"));
        }
        g_string_append(text, word);
    }
    return g_strdup(text->str);
}

/* Percent stands in words in running text. */
static char *word_figure(const SpWords *words, SpReal real, const char *unit)
{
    char buffer[SP_FIGURE_SIZE];
    SpFigureForm form = sp_units_form(sp_words_units(words), unit);
    const gboolean is_percent = form.is_percent;
    if (sp_real_is_number(real) && real.status != SP_PRESENT) {
        real.status = SP_PRESENT;
        form.decimals = 0;
        form.is_free = FALSE;
    }
    if (is_percent && !form.is_in_percent && sp_real_is_number(real)) {
        real.value = sp_number_round(real.value * 100.0);
    }
    form.is_percent = FALSE;
    sp_words_figure(real, form, buffer);
    return is_percent
               ? g_strdup_printf("%s\u00a0%s", buffer, sp_words_text(words, "headline.prosent"))
               : g_strdup(buffer);
}

/* A field of a sentence in words; NULL where the sentence does not have it. */
static char *word_field(const Figures *in, const char *place, const char *name)
{
    for (gsize row = 0; row < sp_table_n_rows(in->figures); row++) {
        if (strcmp(sp_table_code(in->figures, row, in->place), place) != 0 ||
            strcmp(sp_table_code(in->figures, row, in->name), name) != 0) {
            continue;
        }
        const char *column = sp_table_code(in->figures, row, in->column);
        return *column != '\0'
                   ? word_codes(in->words, column, sp_table_code(in->figures, row, in->code))
                   : word_figure(in->words, sp_table_real(in->figures, row, in->value),
                                 sp_table_code(in->figures, row, in->unit));
    }
    return NULL;
}

static gboolean add_template(GString *sentence, const Figures *in, const char *place,
                             const char *id, GError **error)
{
    const char *at = sp_words_text(in->words, id);
    if (!sp_texts_has(sp_words_package(in->words)->texts, id)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "config/texts.csv lacks %s, which config/noekkelsetninger.csv names",
                            id);
    }
    g_string_append(sentence, sentence->len > 0 ? " " : "");
    for (const char *open = strchr(at, '{'); open != NULL; open = strchr(at, '{')) {
        const char *end = strchr(open, '}');
        g_autofree char *name =
            end != NULL ? g_strndup(open + 1, (gsize)(end - open - 1)) : g_strdup(open + 1);
        g_autofree char *word = end != NULL ? word_field(in, place, name) : NULL;
        if (word == NULL) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/texts.csv: %s: the rule gives no field {%s}", id, name);
        }
        g_string_append_len(sentence, at, open - at);
        g_string_append(sentence, word);
        at = end + 1;
    }
    g_string_append(sentence, at);
    return TRUE;
}

gboolean sp_sentences_write(const SpWords *words, SpTable *sentences, const SpTable *figures,
                            GError **error)
{
    static const char *const codes[] = {"plass", "regel", "variant", "tekst"};
    gsize column[G_N_ELEMENTS(codes)];
    Figures in;
    if (!figures_init(&in, words, figures, error) ||
        !sp_table_need_all(sentences, codes, G_N_ELEMENTS(codes), SP_COLUMN_CODE, column, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(sentences); row++) {
        g_autoptr(GString) sentence = g_string_new(NULL);
        g_auto(GStrv) variants = g_strsplit(sp_table_code(sentences, row, column[2]), " ", -1);
        for (gsize i = 0; variants[i] != NULL; i++) {
            g_autofree char *id = g_strdup_printf(
                "headline.%s.%s", sp_table_code(sentences, row, column[1]), variants[i]);
            if (!add_template(sentence, &in, sp_table_code(sentences, row, column[0]), id, error)) {
                return FALSE;
            }
        }
        sp_table_set_code(sentences, row, column[3], sentence->str);
    }
    return TRUE;
}
