/*
 * Rows to a table. All names are looked up once, in `begin`; a row is then one dictionary look-up a
 * code and one parse a figure.
 */
#include "core/builder.h"

#include "core/error.h"
#include "core/figure.h"

#include <string.h>

/** A header is shown in messages up to this many names. */
enum { EXCERPT_NAMES = 30 };

typedef struct {
    gsize field;    /* of the row */
    gsize column;   /* of the table */
    SpCodes *codes; /* borrowed dictionary of the column */
} CodeFeed;

typedef struct {
    gsize field;
    gsize column;
    gboolean has_sign;
    gsize sign; /* field, if has_sign */
    const SpLayoutColumn *is;
} MeasureFeed;

typedef struct {
    gsize column;
    guint32 code;
} ConstantFeed;

typedef struct {
    gsize field;
    gboolean is_filled;
} TakeFeed;

struct SpBuilder {
    SpSink sink; /* first: a pointer to it is one to the builder */
    const SpLayout *layout;
    char *origin;
    SpTable *table; /* NULL before begin */
    gsize n_fields;
    GArray *codes;          /* CodeFeed */
    GArray *constants;      /* ConstantFeed */
    GArray *measures;       /* MeasureFeed */
    GArray *takes;          /* TakeFeed: the rows that count */
    gsize contents;         /* table column of role contents, SP_NO_COLUMN if none */
    GPtrArray *of_contents; /* code number of that column -> SpLayoutColumn* of its [measure], NULL
                               if it has none */
};

/** Names in quotes, the first EXCERPT_NAMES of them. */
static char *list_names(const char *const names[], gsize n)
{
    GString *list = g_string_new(NULL);
    for (gsize i = 0; i < n && i < EXCERPT_NAMES; i++) {
        g_string_append_printf(list, "%s\"%s\"", i > 0 ? ", " : "", names[i]);
    }
    if (n > EXCERPT_NAMES) {
        g_string_append_printf(list, " and %" G_GSIZE_FORMAT " more", n - EXCERPT_NAMES);
    }
    return g_string_free(list, FALSE);
}

/** The field of a source column; SP_ERROR_DATA when it is not there or stands twice. */
static gboolean find_field(const SpBuilder *builder, const char *name, const char *const names[],
                           gsize n, gsize *field, GError **error)
{
    gsize n_found = 0;
    for (gsize i = 0; i < n; i++) {
        if (strcmp(names[i], name) == 0) {
            *field = i;
            n_found++;
        }
    }
    if (n_found == 1) {
        return TRUE;
    }
    if (n_found > 1) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: %" G_GSIZE_FORMAT
                            " columns are named \"%s\"; the source must name each once",
                            builder->origin, n_found, name);
    }
    g_autofree char *list = list_names(names, n);
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: column \"%s\" is not there, only %s; check the source, then amend "
                        "layout %s in config/layouts",
                        builder->origin, name, n == 0 ? "none" : list, builder->layout->name);
}

/** Every column of the source must be one the layout knows. */
static gboolean check_others(const SpBuilder *builder, const char *const names[], gsize n,
                             GError **error)
{
    const SpLayout *layout = builder->layout;
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        g_hash_table_add(known, column->source);
        if (column->sign != NULL) {
            g_hash_table_add(known, column->sign);
        }
    }
    for (guint i = 0; i < layout->takes->len; i++) {
        g_hash_table_add(known, ((const SpLayoutTake *)layout->takes->pdata[i])->source);
    }
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    for (gsize i = 0; i < n; i++) {
        if (!g_hash_table_contains(known, names[i])) {
            g_ptr_array_add(others, (gpointer)names[i]);
        }
    }
    if (others->len == 0 || layout->ignores_other_columns) {
        return TRUE;
    }
    g_autofree char *list = list_names((const char *const *)others->pdata, others->len);
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: the source has columns that layout %s does not name: %s; add them to "
                        "it (role = ignore drops "
                        "one) or set other_columns = ignore in its [table]",
                        builder->origin, layout->name, list);
}

static gsize add_column(SpTable *table, const SpLayoutColumn *is, SpColumnKind kind)
{
    SpColumn column = {.name = is->name,
                       .kind = kind,
                       .is_key = is->is_key,
                       .classification = is->classification,
                       .unit = is->unit,
                       .is_additive = is->is_additive};
    return sp_table_add_column(table, &column);
}

static gboolean is_figure(const SpLayoutColumn *column)
{
    return column->role == SP_ROLE_MEASURE || column->role == SP_ROLE_VALUE;
}

static gboolean begin_code(SpBuilder *builder, const SpLayoutColumn *is, const char *const names[],
                           gsize n, GError **error)
{
    CodeFeed feed = {0};
    if (!find_field(builder, is->source, names, n, &feed.field, error)) {
        return FALSE;
    }
    feed.column = add_column(builder->table, is, SP_COLUMN_CODE);
    feed.codes = sp_table_codes(builder->table, feed.column);
    if (is->role == SP_ROLE_CONTENTS) {
        builder->contents = feed.column;
    }
    g_array_append_val(builder->codes, feed);
    return TRUE;
}

static gboolean begin_measure(SpBuilder *builder, const SpLayoutColumn *is,
                              const char *const names[], gsize n, GError **error)
{
    MeasureFeed feed = {.is = is, .has_sign = is->sign != NULL};
    if (!find_field(builder, is->source, names, n, &feed.field, error) ||
        (feed.has_sign && !find_field(builder, is->sign, names, n, &feed.sign, error))) {
        return FALSE;
    }
    feed.column = add_column(builder->table, is, SP_COLUMN_MEASURE);
    g_array_append_val(builder->measures, feed);
    return TRUE;
}

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    SpBuilder *builder = (SpBuilder *)sink;
    const SpLayout *layout = builder->layout;
    if (builder->table != NULL) {
        return sp_error_set(error, SP_ERROR_BUG, "%s: the parser gave a second header",
                            builder->origin);
    }
    builder->table = sp_table_new(layout->table, NULL, 0);
    builder->n_fields = n;
    g_array_set_size(builder->codes, 0);
    g_array_set_size(builder->constants, 0);
    g_array_set_size(builder->measures, 0);
    g_array_set_size(builder->takes, 0);
    g_ptr_array_set_size(builder->of_contents, 0);
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *is = layout->columns->pdata[i];
        if (is->role != SP_ROLE_IGNORE && !is_figure(is) &&
            !begin_code(builder, is, names, n, error)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < layout->constants->len; i++) {
        const SpLayoutColumn *is = layout->constants->pdata[i];
        ConstantFeed feed = {.column = add_column(builder->table, is, SP_COLUMN_CODE)};
        feed.code = sp_codes_add(sp_table_codes(builder->table, feed.column), is->source);
        g_array_append_val(builder->constants, feed);
    }
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *is = layout->columns->pdata[i];
        if (is_figure(is) && !begin_measure(builder, is, names, n, error)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < layout->takes->len; i++) {
        const SpLayoutTake *take = layout->takes->pdata[i];
        TakeFeed feed = {.is_filled = take->is_filled};
        if (!find_field(builder, take->source, names, n, &feed.field, error)) {
            return FALSE;
        }
        g_array_append_val(builder->takes, feed);
    }
    return check_others(builder, names, n, error);
}

/** The [measure CODE] of the row, or the measure's own column: where the minimum stands. */
static const SpLayoutColumn *find_measure(SpBuilder *builder, const MeasureFeed *feed, gsize row)
{
    if (feed->is->role != SP_ROLE_VALUE) {
        return feed->is;
    }
    guint32 code = sp_table_code_numbers(builder->table, builder->contents)[row];
    while (builder->of_contents->len <= code) {
        const char *text = sp_codes_text(sp_table_codes(builder->table, builder->contents),
                                         builder->of_contents->len);
        gpointer found = NULL;
        for (guint i = 0; i < builder->layout->measures->len; i++) {
            SpLayoutColumn *measure = builder->layout->measures->pdata[i];
            if (strcmp(measure->source, text) == 0) {
                found = measure;
            }
        }
        g_ptr_array_add(builder->of_contents, found);
    }
    return builder->of_contents->pdata[code];
}

static gboolean add_figure(SpBuilder *builder, guint64 number, gsize row, const MeasureFeed *feed,
                           const SpField fields[], GError **error)
{
    const SpFigure figure = {.layout = builder->layout,
                             .origin = builder->origin,
                             .number = number,
                             .is = feed->is,
                             .counts = find_measure(builder, feed, row),
                             .field = &fields[feed->field],
                             .sign = feed->has_sign ? &fields[feed->sign] : NULL};
    return sp_figure_parse(&figure, &sp_table_reals(builder->table, feed->column)[row], error);
}

static gboolean is_taken(const SpBuilder *builder, const SpField fields[])
{
    for (guint i = 0; i < builder->takes->len; i++) {
        const TakeFeed *feed = &g_array_index(builder->takes, TakeFeed, i);
        const SpField *field = &fields[feed->field];
        gboolean is_filled = FALSE;
        for (gsize k = 0; k < field->size && !is_filled; k++) {
            is_filled = !g_ascii_isspace(field->text[k]);
        }
        if (is_filled != feed->is_filled) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean add_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                        GError **error)
{
    SpBuilder *builder = (SpBuilder *)sink;
    if (builder->table == NULL) {
        return sp_error_set(error, SP_ERROR_BUG, "%s: the parser gave a row before the header",
                            builder->origin);
    }
    if (n != builder->n_fields) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: row %" G_GUINT64_FORMAT ": %" G_GSIZE_FORMAT
                            " fields, the header has %" G_GSIZE_FORMAT "; correct the file",
                            builder->origin, number, n, builder->n_fields);
    }
    if (!is_taken(builder, fields)) {
        return TRUE;
    }
    gsize row = sp_table_add_row(builder->table);
    for (guint i = 0; i < builder->codes->len; i++) {
        const CodeFeed *feed = &g_array_index(builder->codes, CodeFeed, i);
        const SpField *field = &fields[feed->field];
        sp_table_code_numbers(builder->table, feed->column)[row] =
            sp_codes_add_sized(feed->codes, field->text, field->size);
    }
    for (guint i = 0; i < builder->constants->len; i++) {
        const ConstantFeed *feed = &g_array_index(builder->constants, ConstantFeed, i);
        sp_table_code_numbers(builder->table, feed->column)[row] = feed->code;
    }
    for (guint i = 0; i < builder->measures->len; i++) {
        if (!add_figure(builder, number, row, &g_array_index(builder->measures, MeasureFeed, i),
                        fields, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

SpBuilder *sp_builder_new(const SpLayout *layout, const char *origin)
{
    SpBuilder *builder = g_new0(SpBuilder, 1);
    builder->sink = (SpSink){.begin = begin, .row = add_row};
    builder->layout = layout;
    builder->origin = g_strdup(origin);
    builder->codes = g_array_new(FALSE, FALSE, sizeof(CodeFeed));
    builder->constants = g_array_new(FALSE, FALSE, sizeof(ConstantFeed));
    builder->measures = g_array_new(FALSE, FALSE, sizeof(MeasureFeed));
    builder->takes = g_array_new(FALSE, FALSE, sizeof(TakeFeed));
    builder->contents = SP_NO_COLUMN;
    builder->of_contents = g_ptr_array_new();
    return builder;
}

SpSink *sp_builder_sink(SpBuilder *builder)
{
    return &builder->sink;
}

SpTable *sp_builder_steal(SpBuilder *builder, GError **error)
{
    if (builder->table == NULL) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: no header and no rows; the source is empty, fetch it again",
                     builder->origin);
        return NULL;
    }
    return g_steal_pointer(&builder->table);
}

void sp_builder_free(SpBuilder *builder)
{
    if (builder == NULL) {
        return;
    }
    sp_table_free(builder->table);
    g_array_unref(builder->codes);
    g_array_unref(builder->constants);
    g_array_unref(builder->measures);
    g_array_unref(builder->takes);
    g_ptr_array_unref(builder->of_contents);
    g_free(builder->origin);
    g_free(builder);
}
