/*
 * Rows to a table. All names are looked up once, in `begin`; a row is then one dictionary look-up a
 * code and one parse a figure.
 */
#include "core/builder.h"

#include "core/error.h"
#include "core/figure.h"

#include <math.h>
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

/** A column of role spread: the field of its figures and the number of its code. */
typedef struct {
    gsize field;
    guint32 code;
    const SpLayoutColumn *is;
} SpreadFeed;

struct SpBuilder {
    SpSink sink; /* first: a pointer to it is one to the builder */
    const SpLayout *layout;
    char *origin;
    SpTable *table;     /* NULL before begin */
    gboolean has_begun; /* the present file */
    gsize n_fields;
    GArray *codes;        /* CodeFeed */
    GArray *constants;    /* ConstantFeed */
    GArray *measures;     /* MeasureFeed */
    GArray *filters;      /* gsize: field of each filter of the layout */
    gsize *n_outside;     /* [filters] rows that it did not let through */
    guint64 *outside;     /* [filters] number of the first of them */
    GArray *spread;       /* SpreadFeed; empty: one row a row */
    gsize spread_key;     /* table column of their codes */
    gsize spread_measure; /* and of their figures */
    const SpLayoutColumn *spread_is;
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
    for (guint i = 0; i < layout->filters->len; i++) {
        g_hash_table_add(known, ((const SpLayoutFilter *)layout->filters->pdata[i])->source);
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

/* The column of the table, which a further file finds made. */
static gsize column_of(SpTable *table, const SpLayoutColumn *is, SpColumnKind kind)
{
    gsize made = sp_table_find(table, is->name);
    if (made != SP_NO_COLUMN) {
        return made;
    }
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

/** The key and the figures that columns of role spread become. */
static gboolean begin_spread(SpBuilder *builder, const char *const names[], gsize n, GError **error)
{
    const SpLayout *layout = builder->layout;
    for (guint i = 0; i < layout->columns->len; i++) {
        SpreadFeed feed = {.is = layout->columns->pdata[i]};
        if (feed.is->role != SP_ROLE_SPREAD) {
            continue;
        }
        if (!find_field(builder, feed.is->source, names, n, &feed.field, error)) {
            return FALSE;
        }
        feed.code =
            sp_codes_add(sp_table_codes(builder->table, builder->spread_key), feed.is->code);
        g_array_append_val(builder->spread, feed);
    }
    return TRUE;
}

static gboolean begin_code(SpBuilder *builder, const SpLayoutColumn *is, const char *const names[],
                           gsize n, GError **error)
{
    CodeFeed feed = {0};
    if (is->is_spread) {
        builder->spread_key = column_of(builder->table, is, SP_COLUMN_CODE);
        return TRUE;
    }
    if (!find_field(builder, is->source, names, n, &feed.field, error)) {
        return FALSE;
    }
    feed.column = column_of(builder->table, is, SP_COLUMN_CODE);
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
    if (is->is_spread) {
        builder->spread_is = is;
        builder->spread_measure = column_of(builder->table, is, SP_COLUMN_MEASURE);
        return begin_spread(builder, names, n, error);
    }
    if (!find_field(builder, is->source, names, n, &feed.field, error) ||
        (feed.has_sign && !find_field(builder, is->sign, names, n, &feed.sign, error))) {
        return FALSE;
    }
    feed.column = column_of(builder->table, is, SP_COLUMN_MEASURE);
    g_array_append_val(builder->measures, feed);
    return TRUE;
}

/** The fields that filters look at. */
static gboolean begin_filters(SpBuilder *builder, const char *const names[], gsize n,
                              GError **error)
{
    const GPtrArray *filters = builder->layout->filters;
    g_array_set_size(builder->filters, 0);
    for (guint i = 0; i < filters->len; i++) {
        const SpLayoutFilter *filter = filters->pdata[i];
        gsize field = 0;
        if (!find_field(builder, filter->source, names, n, &field, error)) {
            return FALSE;
        }
        g_array_append_val(builder->filters, field);
    }
    return TRUE;
}

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    SpBuilder *builder = (SpBuilder *)sink;
    const SpLayout *layout = builder->layout;
    if (builder->has_begun) {
        return sp_error_set(error, SP_ERROR_BUG, "%s: the parser gave a second header",
                            builder->origin);
    }
    builder->has_begun = TRUE;
    if (builder->table == NULL) {
        builder->table = sp_table_new(layout->table, NULL, 0);
    }
    builder->n_fields = n;
    g_array_set_size(builder->codes, 0);
    g_array_set_size(builder->constants, 0);
    g_array_set_size(builder->measures, 0);
    g_array_set_size(builder->spread, 0);
    g_ptr_array_set_size(builder->of_contents, 0);
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *is = layout->columns->pdata[i];
        if (is->role != SP_ROLE_IGNORE && is->role != SP_ROLE_SPREAD && !is_figure(is) &&
            !begin_code(builder, is, names, n, error)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < layout->constants->len; i++) {
        const SpLayoutColumn *is = layout->constants->pdata[i];
        ConstantFeed feed = {.column = column_of(builder->table, is, SP_COLUMN_CODE)};
        feed.code = sp_codes_add(sp_table_codes(builder->table, feed.column), is->source);
        g_array_append_val(builder->constants, feed);
    }
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *is = layout->columns->pdata[i];
        if (is_figure(is) && !begin_measure(builder, is, names, n, error)) {
            return FALSE;
        }
    }
    return begin_filters(builder, names, n, error) && check_others(builder, names, n, error);
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

/** The figure in our unit. */
static gboolean put_figure(const SpFigure *figure, SpReal *real, GError **error)
{
    if (!sp_figure_parse(figure, real, error)) {
        return FALSE;
    }
    if (figure->counts == NULL || figure->counts->factor <= 0 || real->status != SP_PRESENT) {
        return TRUE;
    }
    real->value *= figure->counts->factor;
    return isfinite(real->value) ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: row %" G_GUINT64_FORMAT ": column \"%s\", want a figure that is one "
                        "times %g too; correct the file",
                        figure->origin, figure->number, figure->is->source, figure->counts->factor);
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
    return put_figure(&figure, &sp_table_reals(builder->table, feed->column)[row], error);
}

/** A row of the table: all that stands in columns of its own. */
static gboolean fill_row(SpBuilder *builder, guint64 number, const SpField fields[], GError **error)
{
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

/** The same with the code and the figure of one column of role spread. */
static gboolean fill_spread_row(SpBuilder *builder, guint64 number, const SpreadFeed *feed,
                                const SpField fields[], GError **error)
{
    const SpFigure figure = {.layout = builder->layout,
                             .origin = builder->origin,
                             .number = number,
                             .is = feed->is,
                             .counts = builder->spread_is,
                             .field = &fields[feed->field]};
    if (!fill_row(builder, number, fields, error)) {
        return FALSE;
    }
    gsize row = sp_table_n_rows(builder->table) - 1;
    sp_table_code_numbers(builder->table, builder->spread_key)[row] = feed->code;
    return put_figure(&figure, &sp_table_reals(builder->table, builder->spread_measure)[row],
                      error);
}

/** Whether all filters let the row through; counts it for the first that does not. */
static gboolean passes(SpBuilder *builder, guint64 number, const SpField fields[])
{
    for (guint i = 0; i < builder->filters->len; i++) {
        const SpField *field = &fields[g_array_index(builder->filters, gsize, i)];
        if (!sp_layout_lets_through(builder->layout->filters->pdata[i], field->text, field->size)) {
            builder->outside[i] = builder->n_outside[i] == 0 ? number : builder->outside[i];
            builder->n_outside[i]++;
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean add_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                        GError **error)
{
    SpBuilder *builder = (SpBuilder *)sink;
    if (!builder->has_begun) {
        return sp_error_set(error, SP_ERROR_BUG, "%s: the parser gave a row before the header",
                            builder->origin);
    }
    if (n != builder->n_fields) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: row %" G_GUINT64_FORMAT ": %" G_GSIZE_FORMAT
                            " fields, the header has %" G_GSIZE_FORMAT "; correct the file",
                            builder->origin, number, n, builder->n_fields);
    }
    if (!passes(builder, number, fields)) {
        return TRUE;
    }
    if (builder->spread->len == 0) {
        return fill_row(builder, number, fields, error);
    }
    for (guint i = 0; i < builder->spread->len; i++) {
        if (!fill_spread_row(builder, number, &g_array_index(builder->spread, SpreadFeed, i),
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
    builder->filters = g_array_new(FALSE, FALSE, sizeof(gsize));
    builder->n_outside = g_new0(gsize, layout->filters->len + 1);
    builder->outside = g_new0(guint64, layout->filters->len + 1);
    builder->spread = g_array_new(FALSE, FALSE, sizeof(SpreadFeed));
    builder->contents = SP_NO_COLUMN;
    builder->of_contents = g_ptr_array_new();
    return builder;
}

SpSink *sp_builder_sink(SpBuilder *builder)
{
    return &builder->sink;
}

void sp_builder_next_file(SpBuilder *builder, const char *origin)
{
    g_free(builder->origin);
    builder->origin = g_strdup(origin);
    builder->has_begun = FALSE;
}

gsize sp_builder_n_rows(const SpBuilder *builder)
{
    return builder->table == NULL ? 0 : sp_table_n_rows(builder->table);
}

SpTable *sp_builder_steal(SpBuilder *builder, GError **error)
{
    if (builder->table == NULL) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: no header and no rows; the source is empty, fetch it again",
                     builder->origin);
        return NULL;
    }
    builder->has_begun = FALSE;
    return g_steal_pointer(&builder->table);
}

void sp_builder_note(const SpBuilder *builder, SpQuality *quality)
{
    for (guint i = 0; i < builder->layout->filters->len; i++) {
        const SpLayoutFilter *filter = builder->layout->filters->pdata[i];
        if (builder->n_outside[i] > 0) {
            sp_quality_note(quality, "outside_filter", filter->source, builder->outside[i],
                            "%" G_GSIZE_FORMAT
                            " rows that the table is not about, by the layout's filter",
                            builder->n_outside[i]);
        }
    }
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
    g_array_unref(builder->filters);
    g_free(builder->n_outside);
    g_free(builder->outside);
    g_array_unref(builder->spread);
    g_ptr_array_unref(builder->of_contents);
    g_free(builder->origin);
    g_free(builder);
}
