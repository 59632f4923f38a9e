/*
 * Rows to a table. All names are looked up once, in `begin` (core/builder_feeds.c); a row is then
 * one dictionary look-up a code and one parse a figure.
 */
#include "core/builder.h"

#include "core/builder_feeds.h"
#include "core/error.h"
#include "core/figure.h"

#include <math.h>
#include <string.h>

struct SpBuilder {
    SpSink sink; /* first: a pointer to it is one to the builder */
    const SpLayout *layout;
    char *origin;
    SpTable *table;     /* NULL before begin */
    gboolean has_begun; /* the present file */
    gsize n_fields;
    SpFeeds feeds;
    gsize *n_outside;       /* [filters] rows that it did not let through */
    guint64 *outside;       /* [filters] number of the first of them */
    GPtrArray *of_contents; /* code number of that column -> SpLayoutColumn* of its [measure], NULL
                               if it has none */
};

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    SpBuilder *builder = (SpBuilder *)sink;
    const SpHeader header = {.origin = builder->origin, .names = names, .n = n};
    if (builder->has_begun) {
        return sp_error_set(error, SP_ERROR_BUG, "%s: the parser gave a second header",
                            builder->origin);
    }
    builder->has_begun = TRUE;
    if (builder->table == NULL) {
        builder->table = sp_table_new(builder->layout->table, NULL, 0);
    }
    builder->n_fields = n;
    g_ptr_array_set_size(builder->of_contents, 0);
    return sp_feeds_begin(&builder->feeds, builder->layout, &header, builder->table, error);
}

/** The [measure CODE] of the row, or the measure's own column: where the minimum stands. */
static const SpLayoutColumn *find_measure(SpBuilder *builder, const SpMeasureFeed *feed, gsize row)
{
    if (feed->is->role != SP_ROLE_VALUE) {
        return feed->is;
    }
    guint32 code = sp_table_code_numbers(builder->table, builder->feeds.contents)[row];
    while (builder->of_contents->len <= code) {
        const char *text = sp_codes_text(sp_table_codes(builder->table, builder->feeds.contents),
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

static gboolean add_figure(SpBuilder *builder, guint64 number, gsize row, const SpMeasureFeed *feed,
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
    for (guint i = 0; i < builder->feeds.codes->len; i++) {
        const SpCodeFeed *feed = &g_array_index(builder->feeds.codes, SpCodeFeed, i);
        const SpField *field = &fields[feed->field];
        sp_table_code_numbers(builder->table, feed->column)[row] =
            sp_codes_add_sized(feed->codes, field->text, field->size);
    }
    for (guint i = 0; i < builder->feeds.constants->len; i++) {
        const SpConstantFeed *feed = &g_array_index(builder->feeds.constants, SpConstantFeed, i);
        sp_table_code_numbers(builder->table, feed->column)[row] = feed->code;
    }
    for (guint i = 0; i < builder->feeds.measures->len; i++) {
        if (!add_figure(builder, number, row,
                        &g_array_index(builder->feeds.measures, SpMeasureFeed, i), fields, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/** The same with the code and the figure of one column of role spread. */
static gboolean fill_spread_row(SpBuilder *builder, guint64 number, const SpSpreadFeed *feed,
                                const SpField fields[], GError **error)
{
    const SpFigure figure = {.layout = builder->layout,
                             .origin = builder->origin,
                             .number = number,
                             .is = feed->is,
                             .counts = builder->feeds.spread_is,
                             .field = &fields[feed->field]};
    if (!fill_row(builder, number, fields, error)) {
        return FALSE;
    }
    gsize row = sp_table_n_rows(builder->table) - 1;
    sp_table_code_numbers(builder->table, builder->feeds.spread_key)[row] = feed->code;
    return put_figure(&figure, &sp_table_reals(builder->table, builder->feeds.spread_measure)[row],
                      error);
}

/** Whether all filters let the row through; counts it for the first that does not. */
static gboolean passes(SpBuilder *builder, guint64 number, const SpField fields[])
{
    for (guint i = 0; i < builder->feeds.filters->len; i++) {
        const SpField *field = &fields[g_array_index(builder->feeds.filters, gsize, i)];
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
    if (builder->feeds.spread->len == 0) {
        return fill_row(builder, number, fields, error);
    }
    for (guint i = 0; i < builder->feeds.spread->len; i++) {
        if (!fill_spread_row(builder, number,
                             &g_array_index(builder->feeds.spread, SpSpreadFeed, i), fields,
                             error)) {
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
    sp_feeds_init(&builder->feeds);
    builder->n_outside = g_new0(gsize, layout->filters->len + 1);
    builder->outside = g_new0(guint64, layout->filters->len + 1);
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
    sp_feeds_clear(&builder->feeds);
    g_free(builder->n_outside);
    g_free(builder->outside);
    g_ptr_array_unref(builder->of_contents);
    g_free(builder->origin);
    g_free(builder);
}
