/* Figures counted against those of a table. */
#include "pipeline/formats_figures.h"

#include "core/number.h"

#include <string.h>

enum { MOST_DECIMALS = 9 /* that a page of ours prints */ };

/* Figures as they are written in one way, each as often as it stands there: the number that its
 * text reads back as. */
typedef struct {
    int decimals;        /* rounded to so many; -1: canonical */
    gboolean is_percent; /* as they are, or times 100 */
    GArray *told;        /* double, in order: in the table */
    GArray *used;        /* in the part so far */
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
    g_array_unref(form->told);
    g_array_unref(form->used);
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

static gint compare_numbers(gconstpointer a, gconstpointer b)
{
    const double one = *(const double *)a;
    const double other = *(const double *)b;
    return (one > other) - (one < other);
}

static void tell_rounded(const Form *form, double value)
{
    char text[SP_NUMBER_PRINT_SIZE];
    double number = value; /* which is canonical */
    if (form->decimals >= 0) {
        const gsize size = sp_number_print(value, (guint)form->decimals, text);
        const gboolean is_number = sp_number_parse(text, size, sp_number_norwegian, &number);
        g_assert(is_number);
    }
    g_array_append_val(form->told, number);
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
    const Form form = {decimals, is_percent, g_array_new(FALSE, FALSE, sizeof(double)),
                       g_array_new(FALSE, FALSE, sizeof(double))};
    tell_table(&form, known->table);
    g_array_sort(form.told, compare_numbers);
    g_array_append_val(known->forms, form);
    return &g_array_index(known->forms, Form, known->forms->len - 1);
}

/* ---- what the part tells ---- */

static void use(SpFormatFigures *figures, const Form *form, double value)
{
    g_array_append_val(form->used, value);
    figures->n++;
}

void sp_format_figures_add_number(SpFormatFigures *figures, double value, gboolean is_percent)
{
    use(figures, form_of(figures->part, -1, is_percent), sp_number_round(value));
}

static void tell_leak(const SpFormatFigures *figures, const char *text, guint n_used, guint n_told)
{
    g_ptr_array_add(figures->leaks,
                    g_strdup_printf("%s/%s: %s: %s stands there %u times and %u times in the table",
                                    figures->package, figures->file,
                                    sp_table_name(figures->part->table), text, n_used, n_told));
}

/* What reads as no number, as "1 2345", is not one of the table's. */
static void tell_unread(const SpFormatFigures *figures, const char *text, gsize size)
{
    g_autofree char *own = g_strndup(text, size);
    tell_leak(figures, own, 1, 0);
}

static void use_printed(SpFormatFigures *figures, const Form *form, const char *text, gsize size)
{
    double value = 0.0;
    if (sp_number_parse(text, size, sp_number_norwegian, &value)) {
        use(figures, form, value);
    } else {
        tell_unread(figures, text, size);
    }
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
        if (decimals > MOST_DECIMALS ||
            (comma != NULL && memchr(comma + 1, ',', (gsize)(at - comma) - 1) != NULL)) {
            tell_unread(figures, from, (gsize)(at - from));
            continue;
        }
        use_printed(figures, form_of(figures->part, decimals, has_at(at, end, percent)), from,
                    (gsize)(at - from));
    }
}

/* How often the number at a place stands there and behind it. */
static guint n_alike(const GArray *numbers, guint at)
{
    guint n = 1;
    while (at + n < numbers->len && compare_numbers(&g_array_index(numbers, double, at + n),
                                                    &g_array_index(numbers, double, at)) == 0) {
        n++;
    }
    return n;
}

static void compare_form(const SpFormatFigures *figures, const Form *form)
{
    char text[SP_NUMBER_PRINT_SIZE];
    guint told = 0;
    g_array_sort(form->used, compare_numbers);
    for (guint i = 0; i < form->used->len; i += n_alike(form->used, i)) {
        const double *value = &g_array_index(form->used, double, i);
        while (told < form->told->len &&
               compare_numbers(&g_array_index(form->told, double, told), value) < 0) {
            told++;
        }
        const gboolean is_told =
            told < form->told->len &&
            compare_numbers(&g_array_index(form->told, double, told), value) == 0;
        const guint n_told = is_told ? n_alike(form->told, told) : 0;
        if (n_alike(form->used, i) > n_told) {
            if (form->decimals < 0) {
                sp_number_format(*value, text);
            } else {
                sp_number_print(*value, (guint)form->decimals, text);
            }
            tell_leak(figures, text, n_alike(form->used, i), n_told);
        }
    }
    g_array_set_size(form->used, 0);
}

gsize sp_format_figures_end(SpFormatFigures *figures)
{
    for (guint i = 0; figures->part != NULL && i < figures->part->forms->len; i++) {
        compare_form(figures, &g_array_index(figures->part->forms, Form, i));
    }
    figures->part = NULL;
    return figures->n;
}
