/* Figures counted against those of a table. */
#include "pipeline/formats_figures.h"

#include "core/number.h"

#include <string.h>

/* Figures as they are written in one way: how often each stands in the table, and in the part so
 * far. */
typedef struct {
    int decimals;        /* rounded to so many; -1: canonical */
    gboolean is_percent; /* as they are, or times 100 */
    GHashTable *told;    /* char* -> guint* */
    GHashTable *used;    /* the same */
} Form;

/* A table and the ways in which its figures were met. */
typedef struct {
    const SpTable *table; /* NULL: it hides nothing */
    GArray *forms;        /* Form */
} Known;

struct SpFormatFigures {
    const char *package;
    const SpTables *tables;
    GPtrArray *leaks;
    GHashTable *known; /* name of a table -> Known */
    char *file;
    Known *part; /* NULL: not looked at */
    gsize n;     /* figures of the part */
};

static void clear_form(gpointer data)
{
    Form *form = data;
    g_hash_table_unref(form->told);
    g_hash_table_unref(form->used);
}

static void free_known(gpointer data)
{
    Known *known = data;
    g_array_unref(known->forms);
    g_free(known);
}

SpFormatFigures *sp_format_figures_new(const char *package, const SpTables *tables,
                                       GPtrArray *leaks)
{
    SpFormatFigures *figures = g_new0(SpFormatFigures, 1);
    figures->package = package;
    figures->tables = tables;
    figures->leaks = leaks;
    figures->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_known);
    return figures;
}

void sp_format_figures_free(SpFormatFigures *figures)
{
    if (figures != NULL) {
        g_hash_table_unref(figures->known);
        g_free(figures->file);
        g_free(figures);
    }
}

static gboolean hides_some(const SpTable *table)
{
    for (gsize column = 0; table != NULL && column < sp_table_n_columns(table); column++) {
        const gboolean is_measure = sp_table_column(table, column)->kind == SP_COLUMN_MEASURE;
        const SpReal *reals = is_measure ? sp_table_reals_const(table, column) : NULL;
        for (gsize row = 0; is_measure && row < sp_table_n_rows(table); row++) {
            if (reals[row].status == SP_SUPPRESSED) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

static Known *known_new(const SpTable *table)
{
    Known *known = g_new0(Known, 1);
    known->table = hides_some(table) ? table : NULL;
    known->forms = g_array_new(FALSE, FALSE, sizeof(Form));
    g_array_set_clear_func(known->forms, clear_form);
    return known;
}

const SpTable *sp_format_figures_begin(SpFormatFigures *figures, const char *file,
                                       const char *table)
{
    Known *known = g_hash_table_lookup(figures->known, table);
    if (known == NULL) {
        known = known_new(sp_tables_find(figures->tables, table));
        g_hash_table_insert(figures->known, g_strdup(table), known);
    }
    if (g_strcmp0(figures->file, file) != 0) {
        g_free(figures->file);
        figures->file = g_strdup(file);
    }
    figures->part = known->table != NULL ? known : NULL;
    figures->n = 0;
    return known->table;
}

/* ---- what the table tells ---- */

static void count(GHashTable *counts, const char *text)
{
    guint *n = g_hash_table_lookup(counts, text);
    if (n == NULL) {
        n = g_new0(guint, 1);
        g_hash_table_insert(counts, g_strdup(text), n);
    }
    (*n)++;
}

static void tell_rounded(const Form *form, double value)
{
    char text[SP_NUMBER_PRINT_SIZE];
    if (form->decimals < 0) {
        sp_number_format(value, text);
    } else {
        sp_number_print(value, (guint)form->decimals, text);
    }
    count(form->told, text);
}

/* One figure of the table, which a format may write so. */
static void tell_number(const Form *form, double value)
{
    tell_rounded(form, sp_number_round(value));
    if (form->is_percent) {
        tell_rounded(form, sp_number_round(sp_number_round(value) * 100.0));
    }
}

static void tell_table(const Form *form, const SpTable *table)
{
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        const gboolean is_measure = sp_table_column(table, column)->kind == SP_COLUMN_MEASURE;
        const SpReal *reals = is_measure ? sp_table_reals_const(table, column) : NULL;
        for (gsize row = 0; is_measure && row < sp_table_n_rows(table); row++) {
            if (sp_real_is_number(reals[row])) {
                tell_number(form, reals[row].value);
            }
        }
    }
}

static const Form *form_of(const Known *known, int decimals, gboolean is_percent)
{
    for (guint i = 0; i < known->forms->len; i++) {
        const Form *form = &g_array_index(known->forms, Form, i);
        if (form->decimals == decimals && form->is_percent == is_percent) {
            return form;
        }
    }
    const Form form = {decimals, is_percent,
                       g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                       g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    tell_table(&form, known->table);
    g_array_append_val(known->forms, form);
    return &g_array_index(known->forms, Form, known->forms->len - 1);
}

/* ---- what the part tells ---- */

static void use(SpFormatFigures *figures, const Form *form, const char *text, gsize size)
{
    g_autofree char *own = g_strndup(text, size);
    count(form->used, own);
    figures->n++;
}

void sp_format_figures_add(SpFormatFigures *figures, const char *text, gsize size)
{
    use(figures, form_of(figures->part, -1, FALSE), text, size);
}

void sp_format_figures_add_number(SpFormatFigures *figures, double value, gboolean is_percent)
{
    char text[SP_NUMBER_SIZE];
    const gsize size = sp_number_format(value, text);
    use(figures, form_of(figures->part, -1, is_percent), text, size);
}

static gboolean has_at(const char *at, const char *end, const char *what)
{
    gsize size = strlen(what);
    return (gsize)(end - at) >= size && memcmp(at, what, size) == 0;
}

/* What a printed number goes on with at a place: a digit, or a space between thousands, a comma or
 * a sign that a digit follows. Bytes it takes, 0 where the number has ended. */
static gsize step(const char *at, const char *end, gboolean is_first)
{
    static const char *const inner[] = {"\u00a0", "\u202f", ","};
    static const char minus[] = "\u2212";
    if (at < end && g_ascii_isdigit(*at)) {
        return 1;
    }
    if (is_first) {
        gsize size = has_at(at, end, minus) ? sizeof minus - 1 : 0;
        return size > 0 && at + size < end && g_ascii_isdigit(at[size]) ? size : 0;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(inner); i++) {
        gsize size = strlen(inner[i]);
        if (has_at(at, end, inner[i]) && at + size < end && g_ascii_isdigit(at[size])) {
            return size;
        }
    }
    return 0;
}

void sp_format_figures_add_printed(SpFormatFigures *figures, const char *text, gsize size)
{
    static const char percent[] = "\u00a0%";
    const char *end = text + size;
    for (const char *at = text; at < end;) {
        const char *from = at;
        gsize bytes = step(at, end, TRUE);
        if (bytes == 0) {
            at++;
            continue;
        }
        for (; bytes > 0; bytes = step(at, end, FALSE)) {
            at += bytes;
        }
        const char *comma = memchr(from, ',', (gsize)(at - from));
        const int decimals = comma != NULL ? (int)(at - comma) - 1 : 0;
        use(figures, form_of(figures->part, decimals, has_at(at, end, percent)), from,
            (gsize)(at - from));
    }
}

static gint compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void compare_form(const SpFormatFigures *figures, const Form *form)
{
    guint n = 0;
    g_autofree char **texts = (char **)g_hash_table_get_keys_as_array(form->used, &n);
    qsort(texts, n, sizeof(char *), compare_texts);
    for (guint i = 0; i < n; i++) {
        const guint *used = g_hash_table_lookup(form->used, texts[i]);
        const guint *told = g_hash_table_lookup(form->told, texts[i]);
        const guint n_told = told != NULL ? *told : 0;
        if (*used > n_told) {
            g_ptr_array_add(figures->leaks,
                            g_strdup_printf("%s/%s: %s: %s stands there %u times and %u times in "
                                            "the table",
                                            figures->package, figures->file,
                                            sp_table_name(figures->part->table), texts[i], *used,
                                            n_told));
        }
    }
    g_hash_table_remove_all(form->used);
}

gsize sp_format_figures_end(SpFormatFigures *figures)
{
    for (guint i = 0; figures->part != NULL && i < figures->part->forms->len; i++) {
        compare_form(figures, &g_array_index(figures->part->forms, Form, i));
    }
    figures->part = NULL;
    return figures->n;
}
