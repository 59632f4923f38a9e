/* Vary's measures on a file that anybody brings: reading it, and printing the answer. */
#include "pipeline/on_file.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/number.h"
#include "transforms/vary/funnel/limits.h"
#include "transforms/vary/on_file.h"

#include <math.h>
#include <string.h>

enum { MAX_FILE_SIZE = 64 * 1024 * 1024, MAX_TOLD = 10 };

/* ---- reading ---- */

/* A file's columns that are asked for, each row handed on with the fields in their order. */
typedef struct {
    SpSink sink;
    const char *path;
    const char *const *names; /* [n_columns] columns of the file; NULL: not asked for */
    gsize n_columns;
    gsize *places;
    gboolean (*take)(gpointer data, guint64 number, char *const fields[], GError **error);
    gpointer data;
} Reader;

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Reader *reader = (Reader *)sink;
    for (gsize i = 0; i < reader->n_columns; i++) {
        gsize place = 0;
        while (reader->names[i] != NULL && place < n &&
               strcmp(names[place], reader->names[i]) != 0) {
            place++;
        }
        if (place == n) {
            g_autofree char **all = g_new0(char *, n + 1);
            memcpy(all, names, n * sizeof *names);
            g_autofree char *there = g_strjoinv(", ", all);
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: there is no column \"%s\"; it has %.400s", reader->path,
                                reader->names[i], there);
        }
        reader->places[i] = place;
    }
    return TRUE;
}

static gboolean take_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                         GError **error)
{
    Reader *reader = (Reader *)sink;
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    (void)n;
    for (gsize i = 0; i < reader->n_columns; i++) {
        const SpField *field = &fields[reader->places[i]];
        g_ptr_array_add(texts,
                        reader->names[i] != NULL ? g_strndup(field->text, field->size) : NULL);
    }
    return reader->take(reader->data, number, (char *const *)texts->pdata, error);
}

static gboolean read_rows(Reader *reader, GError **error)
{
    gsize size = 0;
    g_autofree gsize *places = g_new0(gsize, reader->n_columns);
    g_autofree char *bytes = sp_file_read(reader->path, MAX_FILE_SIZE, &size, error);
    const SpCsvForm form = {
        .origin = reader->path, .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    reader->sink = (SpSink){.begin = begin, .row = take_row};
    reader->places = places;
    return bytes != NULL && sp_csv_parse(bytes, size, &form, &reader->sink, error);
}

/* ---- the areas ---- */

enum { AREA, GROUP, OBSERVED, EXPECTED, POPULATION, N_COLUMNS };
enum { N_FIGURES = N_COLUMNS - OBSERVED };

typedef struct {
    const SpOnFileRequest *request;
    GHashTable *numbers;        /* name -> its number + 1 among those that take part; 0: left out */
    GHashTable *groups;         /* code -> number */
    GPtrArray *names;           /* of those that take part, owned by `numbers` */
    GArray *group;              /* guint */
    GArray *figures[N_FIGURES]; /* double: observed, expected, population */
    GString *left_out;
    guint n_left_out;
    GArray *links; /* SpLink */
} Areas;

/* Room for one, so that an array without elements is still there. */
static void areas_init(Areas *areas, const SpOnFileRequest *request)
{
    *areas = (Areas){.request = request,
                     .numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                     .groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                     .names = g_ptr_array_new(),
                     .group = g_array_sized_new(FALSE, FALSE, sizeof(guint), 1),
                     .left_out = g_string_new(NULL),
                     .links = g_array_sized_new(FALSE, FALSE, sizeof(SpLink), 1)};
    for (gsize i = 0; i < N_FIGURES; i++) {
        areas->figures[i] = g_array_sized_new(FALSE, FALSE, sizeof(double), 1);
    }
}

static void areas_clear(Areas *areas)
{
    for (gsize i = 0; i < N_FIGURES; i++) {
        g_array_unref(areas->figures[i]);
    }
    g_array_unref(areas->links);
    g_string_free(areas->left_out, TRUE);
    g_array_unref(areas->group);
    g_ptr_array_unref(areas->names);
    g_hash_table_unref(areas->groups);
    g_hash_table_unref(areas->numbers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Areas, areas_clear)

/* The figures of a row; *takes_part is FALSE when one is empty or leaves the area nothing to be held against. */
static gboolean parse_figures(const Areas *areas, guint64 number, char *const fields[],
                              double figures[N_FIGURES], gboolean *takes_part, GError **error)
{
    const SpOnFileRequest *request = areas->request;
    const char *const names[N_FIGURES] = {request->observed, request->expected,
                                          request->population};
    for (gsize i = 0; i < N_FIGURES; i++) {
        const char *text = fields[OBSERVED + i];
        figures[i] = 0.0;
        if (text == NULL) {
            continue;
        }
        if (*text != '\0' && (!sp_number_parse(text, strlen(text), sp_number_plain, &figures[i]) ||
                              figures[i] < 0.0)) {
            return sp_error_set(
                error, SP_ERROR_DATA,
                "%s: row %" G_GUINT64_FORMAT
                ": column \"%s\", want a number from 0 up or nothing, got \"%.40s\"",
                request->file, number, names[i], text);
        }
        if (*text == '\0' || (i > 0 && !(figures[i] > 0.0))) {
            *takes_part = FALSE;
        }
    }
    return TRUE;
}

static guint find_group(Areas *areas, const char *code)
{
    gpointer found = NULL;
    if (g_hash_table_lookup_extended(areas->groups, code, NULL, &found)) {
        return GPOINTER_TO_UINT(found);
    }
    const guint group = g_hash_table_size(areas->groups);
    g_hash_table_insert(areas->groups, g_strdup(code), GUINT_TO_POINTER(group));
    return group;
}

static void leave_out(Areas *areas, const char *name)
{
    areas->n_left_out++;
    if (areas->n_left_out <= MAX_TOLD) {
        g_string_append_printf(areas->left_out, "%s%s", areas->n_left_out > 1 ? ", " : "", name);
    } else if (areas->n_left_out == MAX_TOLD + 1) {
        g_string_append(areas->left_out, " ...");
    }
}

static gboolean take_area(gpointer data, guint64 number, char *const fields[], GError **error)
{
    Areas *areas = data;
    double figures[N_FIGURES];
    const char *name = fields[AREA];
    gboolean takes_part = fields[GROUP] == NULL || *fields[GROUP] != '\0';
    if (*name == '\0' || g_hash_table_contains(areas->numbers, name)) {
        return sp_error_set(
            error, SP_ERROR_DATA, "%s: row %" G_GUINT64_FORMAT ": column \"%s\", \"%.40s\" %s",
            areas->request->file, number, areas->request->area, name,
            *name == '\0' ? "names no area" : "has a row already; want one row an area");
    }
    if (!parse_figures(areas, number, fields, figures, &takes_part, error)) {
        return FALSE;
    }
    char *own = g_strdup(name);
    if (!takes_part) {
        g_hash_table_insert(areas->numbers, own, GUINT_TO_POINTER(0));
        leave_out(areas, name);
        return TRUE;
    }
    const guint group = fields[GROUP] != NULL ? find_group(areas, fields[GROUP]) : 0;
    g_ptr_array_add(areas->names, own);
    g_hash_table_insert(areas->numbers, own, GUINT_TO_POINTER(areas->names->len));
    g_array_append_val(areas->group, group);
    for (gsize i = 0; i < N_FIGURES; i++) {
        g_array_append_val(areas->figures[i], figures[i]);
    }
    return TRUE;
}

static gboolean take_link(gpointer data, guint64 number, char *const fields[], GError **error)
{
    Areas *areas = data;
    guint ends[2];
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        gpointer found = NULL;
        if (!g_hash_table_lookup_extended(areas->numbers, fields[i], NULL, &found)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: row %" G_GUINT64_FORMAT
                                ": \"%.40s\" is no area of %s; correct the name or drop the row",
                                areas->request->neighbours, number, fields[i],
                                areas->request->file);
        }
        ends[i] = GPOINTER_TO_UINT(found);
    }
    if (ends[0] > 0 && ends[1] > 0) {
        const SpLink link = {ends[0] - 1, ends[1] - 1};
        g_array_append_val(areas->links, link);
    }
    return TRUE;
}

static gboolean read_areas(Areas *areas, GError **error)
{
    const SpOnFileRequest *request = areas->request;
    const char *const columns[N_COLUMNS] = {[AREA] = request->area,
                                            [GROUP] = request->group,
                                            [OBSERVED] = request->observed,
                                            [EXPECTED] = request->expected,
                                            [POPULATION] = request->population};
    static const char *const ends[] = {"from", "to"};
    Reader reader = {.path = request->file,
                     .names = columns,
                     .n_columns = N_COLUMNS,
                     .take = take_area,
                     .data = areas};
    Reader borders = {.path = request->neighbours,
                      .names = ends,
                      .n_columns = G_N_ELEMENTS(ends),
                      .take = take_link,
                      .data = areas};
    if (!read_rows(&reader, error) ||
        (request->neighbours != NULL && !read_rows(&borders, error))) {
        return FALSE;
    }
    g_array_set_size(areas->links,
                     (guint)sp_links_tidy(areas->links->len, (SpLink *)areas->links->data));
    return TRUE;
}

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

static SpListing *answer(const SpOnFileRequest *request, const Areas *areas, SpScale scale)
{
    const SpOnFile file = {
        .n = areas->names->len,
        .area = (const char *const *)areas->names->pdata,
        .observed = (const double *)(gpointer)areas->figures[0]->data,
        .expected = (const double *)(gpointer)areas->figures[EXPECTED - OBSERVED]->data,
        .population = request->population != NULL
                          ? (const double *)(gpointer)areas->figures[POPULATION - OBSERVED]->data
                          : NULL,
        .group = request->group != NULL ? (const guint *)(gpointer)areas->group->data : NULL,
        .n_groups = g_hash_table_size(areas->groups),
        .links = request->neighbours != NULL ? (const SpLink *)(gpointer)areas->links->data : NULL,
        .n_links = areas->links->len,
    };
    if (request->funnel != NULL) {
        return sp_on_file_funnel(&file, scale);
    }
    return request->is_per_area ? sp_on_file_areas(&file) : sp_on_file_measures(&file);
}

char *sp_on_file_answer(const SpOnFileRequest *request, const SpLog *log, GError **error)
{
    SpScale scale = SP_SCALE_RATIO_LOG;
    g_auto(Areas) areas;
    areas_init(&areas, request);
    if (!check_request(request, &scale, error) || !read_areas(&areas, error)) {
        return NULL;
    }
    if (areas.n_left_out > 0) {
        sp_log(log, SP_LOG_WARNING,
               "%s: %u areas are left out, where a column that is asked for is empty, or nobody is "
               "expected or lives there: %s",
               request->file, areas.n_left_out, areas.left_out->str);
    }
    g_autoptr(SpListing) listing = answer(request, &areas, scale);
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
