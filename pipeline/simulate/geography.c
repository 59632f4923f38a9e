/* Kommuner of the simulated country. */
#include "pipeline/simulate/geography.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "pipeline/simulate/rows.h"

#include <string.h>

enum { MAX_SIZE = 64 * 1024 * 1024, KLASS_DAY = 20260101 };
/* A kommune that lives on by name is taken to hold this part of what it merged into or was split
 * from; its partners share the rest. */
static const double NAMESAKE_SHARE = 0.7;

static char *read_text(const char *folder, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    gsize size = 0;
    return sp_file_read(path, MAX_SIZE, &size, error);
}

/* An array of objects as a table of texts: fields[i] of each becomes columns[i]. */
static SpTable *read_objects(const char *text, const char *origin, const char *array,
                             const char *const fields[], const char *const columns[],
                             GError **error)
{
    g_autoptr(json_t) document = sp_json_parse(text, strlen(text), origin, error);
    if (document == NULL) {
        return NULL;
    }
    g_autoptr(SpTable) table = sp_table_new(array, NULL, 0);
    for (gsize i = 0; columns[i] != NULL; i++) {
        const SpColumn column = {.name = columns[i], .kind = SP_COLUMN_CODE, .is_key = i == 0};
        sp_table_add_column(table, &column);
    }
    size_t at = 0;
    json_t *object = NULL;
    json_array_foreach(json_object_get(document, array), at, object)
    {
        gsize row = sp_table_add_row(table);
        for (gsize i = 0; columns[i] != NULL; i++) {
            const char *value = json_string_value(json_object_get(object, fields[i]));
            sp_table_set_code(table, row, i, value != NULL ? value : "");
        }
    }
    if (sp_table_n_rows(table) == 0) {
        sp_error_set(error, SP_ERROR_DATA, "%s: has no \"%s\"; is it KLASS's answer?", origin,
                     array);
        return NULL;
    }
    return g_steal_pointer(&table);
}

static SpRegions *read_regions(SpSimGeography *geography, GError **error)
{
    static const char *const code_fields[] = {"code", "name", NULL};
    static const char *const change_fields[] = {"changeOccurred", "oldCode", "oldName",
                                                "newCode",        "newName", NULL};
    static const char *const change_columns[] = {"date",     "old_code", "old_name",
                                                 "new_code", "new_name", NULL};
    g_autoptr(SpTable) codes = read_objects(geography->klass_codes, "demo/klass-131-kommuner.json",
                                            "codes", code_fields, code_fields, error);
    g_autoptr(SpTable) changes =
        codes != NULL ? read_objects(geography->klass_changes, "demo/klass-131-endringer.json",
                                     "codeChanges", change_fields, change_columns, error)
                      : NULL;
    return changes != NULL ? sp_regions_new(codes, KLASS_DAY, changes, error) : NULL;
}

static guint place_of(GPtrArray *texts, const char *text, gsize size)
{
    for (guint i = 0; i < texts->len; i++) {
        const char *known = texts->pdata[i];
        if (strlen(known) == size && strncmp(known, text, size) == 0) {
            return i;
        }
    }
    g_ptr_array_add(texts, g_strndup(text, size));
    return texts->len - 1;
}

static SpSimKommune *find_kommune(SpSimGeography *geography, const char *code)
{
    for (guint i = 0; i < geography->n_kommuner; i++) {
        if (strcmp(geography->kommuner[i].code, code) == 0) {
            return &geography->kommuner[i];
        }
    }
    return NULL;
}

static gboolean read_groups(SpSimGeography *geography, const char *path, GError **error)
{
    static const char *const columns[] = {"kommunenummer", "kostragruppe", "sentralitet"};
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    if (rows == NULL) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_sim_rows_size(rows); row++) {
        SpSimKommune *kommune = find_kommune(geography, sp_sim_rows_text(rows, row, 0));
        double class = 0;
        if (kommune == NULL) {
            return sp_sim_rows_wrong(rows, row, 0, "a kommune of simulate/kommuner.csv", error);
        }
        if (!sp_sim_rows_number(rows, row, 2, (SpSimRange){1, 6}, &class, error)) {
            return FALSE;
        }
        kommune->group = g_strdup(sp_sim_rows_text(rows, row, 1));
        kommune->class = (guint) class;
    }
    for (guint i = 0; i < geography->n_kommuner; i++) {
        if (geography->kommuner[i].class == 0) {
            return sp_error_set(error, SP_ERROR_CONFIG, "%s: kommune %s is not in it; add it", path,
                                geography->kommuner[i].code);
        }
    }
    return TRUE;
}

static gboolean read_middles(SpSimGeography *geography, const char *path, GError **error)
{
    static const char *const columns[] = {"kommune", "breddegrad", "lengdegrad"};
    static const SpSimRange latitude = {57, 82}, longitude = {-10, 35};
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    for (gsize row = 0; rows != NULL && row < sp_sim_rows_size(rows); row++) {
        SpSimKommune *kommune = find_kommune(geography, sp_sim_rows_text(rows, row, 0));
        if (kommune != NULL &&
            (!sp_sim_rows_number(rows, row, 1, latitude, &kommune->latitude, error) ||
             !sp_sim_rows_number(rows, row, 2, longitude, &kommune->longitude, error))) {
            return FALSE;
        }
    }
    for (guint i = 0; rows != NULL && i < geography->n_kommuner; i++) {
        if (geography->kommuner[i].latitude <= 0.0) {
            return sp_error_set(error, SP_ERROR_CONFIG, "%s: kommune %s is not in it; add it", path,
                                geography->kommuner[i].code);
        }
    }
    return rows != NULL;
}

static gboolean read_kommuner(SpSimGeography *geography, const SpRegions *regions, const char *path,
                              GError **error)
{
    static const char *const columns[] = {"kommune",  "folketall",       "arbeidsmarked",
                                          "maalform", "pendlingsregion", "oest_km",
                                          "nord_km"};
    static const SpSimRange east = {-200, 1300}, north = {6300, 8000};
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    if (rows == NULL) {
        return FALSE;
    }
    g_autoptr(GPtrArray) fylker = g_ptr_array_new();
    g_autoptr(GPtrArray) markets = g_ptr_array_new();
    g_autoptr(GPtrArray) basins = g_ptr_array_new();
    gboolean is_good = TRUE;
    geography->kommuner = g_new0(SpSimKommune, sp_sim_rows_size(rows));
    for (gsize row = 0; is_good && row < sp_sim_rows_size(rows); row++) {
        SpSimKommune *kommune = &geography->kommuner[geography->n_kommuner++];
        const char *code = sp_sim_rows_text(rows, row, 0);
        const char *market = sp_sim_rows_text(rows, row, 2);
        const char *basin = sp_sim_rows_text(rows, row, 4);
        const char *name = sp_regions_name(regions, code, KLASS_DAY);
        kommune->code = g_strdup(code);
        kommune->name = g_strdup(name);
        kommune->language = g_strdup(sp_sim_rows_text(rows, row, 3));
        kommune->fylke = place_of(fylker, code, 2);
        kommune->market = place_of(markets, market, strlen(market));
        kommune->basin = place_of(basins, basin, strlen(basin));
        is_good =
            name != NULL
                ? sp_sim_rows_number(rows, row, 1, (SpSimRange){1, 1e7}, &kommune->size, error) &&
                      sp_sim_rows_number(rows, row, 5, east, &kommune->east, error) &&
                      sp_sim_rows_number(rows, row, 6, north, &kommune->north, error)
                : sp_sim_rows_wrong(rows, row, 0, "a kommune of KLASS on 2026-01-01", error);
    }
    geography->n_fylker = fylker->len;
    geography->n_markets = markets->len;
    geography->n_basins = basins->len;
    g_ptr_array_add(fylker, NULL);
    g_ptr_array_add(markets, NULL);
    g_ptr_array_add(basins, NULL);
    geography->fylker = (char **)g_ptr_array_free(g_steal_pointer(&fylker), FALSE);
    geography->markets = (char **)g_ptr_array_free(g_steal_pointer(&markets), FALSE);
    geography->basins = (char **)g_ptr_array_free(g_steal_pointer(&basins), FALSE);
    return is_good;
}

static SpDay first_of(guint year)
{
    return (SpDay)(year * 10000 + 101);
}

static gboolean leads_to(const GArray *successors, const char *code)
{
    for (guint i = 0; i < successors->len; i++) {
        if (strcmp(g_array_index(successors, SpSuccessor, i).code, code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The code of a year that a piece from `old` on its way to `new` has: the first successor that
 * leads there. */
static const char *code_on_way(const SpRegions *regions, const char *old, const char *new,
                               guint year, GError **error)
{
    g_autoptr(GArray) now =
        sp_regions_successors(regions, old, first_of(SP_SIM_FIRST_YEAR), first_of(year), error);
    for (guint i = 0; now != NULL && i < now->len; i++) {
        const char *code = g_array_index(now, SpSuccessor, i).code;
        g_autoptr(GArray) later =
            sp_regions_successors(regions, code, first_of(year), KLASS_DAY, error);
        if (later == NULL) {
            return NULL;
        }
        if (leads_to(later, new)) {
            return code;
        }
    }
    return NULL;
}

static int compare_pieces(gconstpointer a, gconstpointer b)
{
    const SpSimPiece *one = a;
    const SpSimPiece *other = b;
    if (one->kommune != other->kommune) {
        return one->kommune < other->kommune ? -1 : 1;
    }
    return one->code[0] < other->code[0] ? -1 : one->code[0] > other->code[0];
}

static gboolean note_code(GHashTable *spans, const SpRegions *regions, const char *text, guint year,
                          guint kommune)
{
    SpSimCode *code = g_hash_table_lookup(spans, text);
    if (code == NULL) {
        code = g_new0(SpSimCode, 1);
        code->code = g_strdup(text);
        code->first = year;
        code->kommune = kommune;
        g_hash_table_insert(spans, code->code, code);
    }
    code->first = MIN(code->first, year);
    code->last = MAX(code->last, year);
    const char *name = sp_regions_name(regions, text, first_of(year));
    if (code->last == year && name != NULL) {
        g_free(code->name);
        code->name = g_strdup(name);
    }
    return name != NULL;
}

/* A piece's first and last code, and the kommune of the last. */
typedef struct {
    const char *old;
    const char *new;
    guint kommune;
} Ends;

/* The codes of one piece over the years; FALSE with an error when a year has none. */
static gboolean follow(const SpRegions *regions, const Ends *ends,
                       const char *way[SP_SIM_MAX_YEARS], GHashTable *spans, GError **error)
{
    const char *old = ends->old;
    const char *new = ends->new;
    guint kommune = ends->kommune;
    for (guint i = 0; i < SP_SIM_MAX_YEARS; i++) {
        guint year = SP_SIM_FIRST_YEAR + i;
        way[i] = first_of(year) >= KLASS_DAY ? new : code_on_way(regions, old, new, year, error);
        if (way[i] == NULL || !note_code(spans, regions, way[i], year, kommune)) {
            return error != NULL && *error != NULL
                       ? FALSE
                       : sp_error_set(error, SP_ERROR_DATA,
                                      "demo/klass-131-endringer.json: no code of %u lies between "
                                      "%s and %s; fetch the changes again",
                                      year, old, new);
        }
    }
    return TRUE;
}

static int compare_codes(gconstpointer a, gconstpointer b)
{
    return strcmp(((const SpSimCode *)a)->code, ((const SpSimCode *)b)->code);
}

/* The code's place among `codes`. SP_SIM_NO_CODE when there is none. */
static guint find_code(const SpSimGeography *geography, const char *code)
{
    const SpSimCode wanted = {.code = (char *)code};
    const SpSimCode *found = bsearch(&wanted, geography->codes, geography->n_codes,
                                     sizeof *geography->codes, compare_codes);
    return found != NULL ? (guint)(found - geography->codes) : SP_SIM_NO_CODE;
}

static void keep_codes(SpSimGeography *geography, GHashTable *spans)
{
    GHashTableIter iter;
    gpointer span = NULL;
    geography->codes = g_new0(SpSimCode, g_hash_table_size(spans));
    g_hash_table_iter_init(&iter, spans);
    while (g_hash_table_iter_next(&iter, NULL, &span)) {
        geography->codes[geography->n_codes++] = *(SpSimCode *)span;
    }
    qsort(geography->codes, geography->n_codes, sizeof *geography->codes, compare_codes);
}

/* Pieces whose code of the first day bears today's name are taken for the core of the kommune. */
static void divide(SpSimGeography *geography)
{
    for (guint first = 0; first < geography->n_pieces;) {
        guint kommune = geography->pieces[first].kommune;
        guint end = first;
        while (end < geography->n_pieces && geography->pieces[end].kommune == kommune) {
            end++;
        }
        guint core = end;
        for (guint i = first; i < end && core == end; i++) {
            const SpSimCode *code = &geography->codes[geography->pieces[i].code[0]];
            core = g_strcmp0(code->name, geography->kommuner[kommune].name) == 0 ? i : end;
        }
        for (guint i = first; i < end; i++) {
            guint n = end - first;
            geography->pieces[i].share = n == 1        ? 1
                                         : core == end ? 1.0 / n
                                         : i == core   ? NAMESAKE_SHARE
                                                       : (1 - NAMESAKE_SHARE) / (n - 1);
        }
        first = end;
    }
}

static gboolean make_pieces(SpSimGeography *geography, const SpRegions *regions, GError **error)
{
    g_autofree const char **old = sp_regions_at(regions, first_of(SP_SIM_FIRST_YEAR));
    g_autoptr(GHashTable) spans = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    g_autoptr(GPtrArray) ways = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) pieces = g_array_new(FALSE, TRUE, sizeof(SpSimPiece));
    for (const char **code = old; *code != NULL; code++) {
        g_autoptr(GArray) today =
            sp_regions_successors(regions, *code, first_of(SP_SIM_FIRST_YEAR), KLASS_DAY, error);
        for (guint i = 0; today != NULL && i < today->len; i++) {
            const char *new = g_array_index(today, SpSuccessor, i).code;
            const SpSimKommune *kommune = find_kommune(geography, new);
            const char **way = g_new0(const char *, SP_SIM_MAX_YEARS);
            g_ptr_array_add(ways, way);
            SpSimPiece piece = {.kommune =
                                    kommune != NULL ? (guint)(kommune - geography->kommuner) : 0};
            g_array_append_val(pieces, piece);
            const Ends ends = {*code, new, piece.kommune};
            if (!follow(regions, &ends, way, spans, error)) {
                return FALSE;
            }
        }
        if (today == NULL) {
            return FALSE;
        }
    }
    keep_codes(geography, spans);
    for (guint i = 0; i < pieces->len; i++) {
        for (guint year = 0; year < SP_SIM_MAX_YEARS; year++) {
            const char *text = ((const char **)ways->pdata[i])[year];
            g_array_index(pieces, SpSimPiece, i).code[year] = find_code(geography, text);
        }
    }
    g_array_sort(pieces, compare_pieces);
    geography->n_pieces = pieces->len;
    geography->pieces = (SpSimPiece *)(gpointer)g_array_free(g_steal_pointer(&pieces), FALSE);
    divide(geography);
    return TRUE;
}

SpSimGeography *sp_sim_geography_read(const char *data_folder, GError **error)
{
    g_autoptr(SpSimGeography) geography = g_new0(SpSimGeography, 1);
    g_autofree char *kommuner = g_build_filename(data_folder, "simulate", "kommuner.csv", NULL);
    g_autofree char *groups = g_build_filename(data_folder, "demo", "kostragrupper.csv", NULL);
    g_autofree char *middles = g_build_filename(data_folder, "midtpunkter.csv", NULL);
    geography->klass_codes = read_text(data_folder, "demo/klass-131-kommuner.json", error);
    if (geography->klass_codes == NULL) {
        return NULL;
    }
    geography->klass_changes = read_text(data_folder, "demo/klass-131-endringer.json", error);
    if (geography->klass_changes == NULL) {
        return NULL;
    }
    g_autoptr(SpRegions) regions = read_regions(geography, error);
    if (regions == NULL || !read_kommuner(geography, regions, kommuner, error) ||
        !read_groups(geography, groups, error) || !read_middles(geography, middles, error) ||
        !make_pieces(geography, regions, error)) {
        return NULL;
    }
    return g_steal_pointer(&geography);
}

void sp_sim_geography_free(SpSimGeography *geography)
{
    if (geography == NULL) {
        return;
    }
    for (guint i = 0; i < geography->n_kommuner; i++) {
        g_free(geography->kommuner[i].code);
        g_free(geography->kommuner[i].name);
        g_free(geography->kommuner[i].group);
        g_free(geography->kommuner[i].language);
    }
    for (guint i = 0; i < geography->n_codes; i++) {
        g_free(geography->codes[i].code);
        g_free(geography->codes[i].name);
    }
    g_free(geography->kommuner);
    g_free(geography->codes);
    g_free(geography->pieces);
    g_strfreev(geography->fylker);
    g_strfreev(geography->markets);
    g_strfreev(geography->basins);
    g_free(geography->klass_codes);
    g_free(geography->klass_changes);
    g_free(geography);
}

gboolean sp_sim_code_holds(const SpSimCode *code, guint year)
{
    return code->first <= year && year <= code->last;
}
