/* The names of a header, looked up once. */
#include "core/builder_feeds.h"

#include "core/error.h"

#include <string.h>

/** A header is shown in messages up to this many names. */
enum { EXCERPT_NAMES = 30 };

typedef struct {
    const SpLayout *layout;
    const SpHeader *header;
    SpTable *table;
    SpFeeds *feeds;
} Match;

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
static gboolean find_field(const Match *match, const char *name, gsize *field, GError **error)
{
    gsize n_found = 0;
    for (gsize i = 0; i < match->header->n; i++) {
        if (strcmp(match->header->names[i], name) == 0) {
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
                            match->header->origin, n_found, name);
    }
    g_autofree char *list = list_names(match->header->names, match->header->n);
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: column \"%s\" is not there, only %s; check the source, then amend "
                        "layout %s in config/layouts",
                        match->header->origin, name, match->header->n == 0 ? "none" : list,
                        match->layout->name);
}

/** Every column of the source must be one the layout knows. */
static gboolean check_others(const Match *match, GError **error)
{
    const SpLayout *layout = match->layout;
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
    for (gsize i = 0; i < match->header->n; i++) {
        if (!g_hash_table_contains(known, match->header->names[i])) {
            g_ptr_array_add(others, (gpointer)match->header->names[i]);
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
                        match->header->origin, layout->name, list);
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
static gboolean match_spread(const Match *match, GError **error)
{
    const SpLayout *layout = match->layout;
    for (guint i = 0; i < layout->columns->len; i++) {
        SpSpreadFeed feed = {.is = layout->columns->pdata[i]};
        if (feed.is->role != SP_ROLE_SPREAD) {
            continue;
        }
        if (!find_field(match, feed.is->source, &feed.field, error)) {
            return FALSE;
        }
        feed.code =
            sp_codes_add(sp_table_codes(match->table, match->feeds->spread_key), feed.is->code);
        g_array_append_val(match->feeds->spread, feed);
    }
    return TRUE;
}

static gboolean match_code(const Match *match, const SpLayoutColumn *is, GError **error)
{
    SpCodeFeed feed = {0};
    if (is->is_spread) {
        match->feeds->spread_key = column_of(match->table, is, SP_COLUMN_CODE);
        return TRUE;
    }
    if (!find_field(match, is->source, &feed.field, error)) {
        return FALSE;
    }
    feed.column = column_of(match->table, is, SP_COLUMN_CODE);
    feed.codes = sp_table_codes(match->table, feed.column);
    if (is->role == SP_ROLE_CONTENTS) {
        match->feeds->contents = feed.column;
    }
    g_array_append_val(match->feeds->codes, feed);
    return TRUE;
}

static gboolean match_measure(const Match *match, const SpLayoutColumn *is, GError **error)
{
    SpMeasureFeed feed = {.is = is, .has_sign = is->sign != NULL};
    if (is->is_spread) {
        match->feeds->spread_is = is;
        match->feeds->spread_measure = column_of(match->table, is, SP_COLUMN_MEASURE);
        return match_spread(match, error);
    }
    if (!find_field(match, is->source, &feed.field, error) ||
        (feed.has_sign && !find_field(match, is->sign, &feed.sign, error))) {
        return FALSE;
    }
    feed.column = column_of(match->table, is, SP_COLUMN_MEASURE);
    g_array_append_val(match->feeds->measures, feed);
    return TRUE;
}

/** The fields that filters look at. */
static gboolean match_filters(const Match *match, GError **error)
{
    const GPtrArray *filters = match->layout->filters;
    g_array_set_size(match->feeds->filters, 0);
    for (guint i = 0; i < filters->len; i++) {
        const SpLayoutFilter *filter = filters->pdata[i];
        gsize field = 0;
        if (!find_field(match, filter->source, &field, error)) {
            return FALSE;
        }
        g_array_append_val(match->feeds->filters, field);
    }
    return TRUE;
}

void sp_feeds_init(SpFeeds *feeds)
{
    *feeds = (SpFeeds){.codes = g_array_new(FALSE, FALSE, sizeof(SpCodeFeed)),
                       .constants = g_array_new(FALSE, FALSE, sizeof(SpConstantFeed)),
                       .measures = g_array_new(FALSE, FALSE, sizeof(SpMeasureFeed)),
                       .filters = g_array_new(FALSE, FALSE, sizeof(gsize)),
                       .spread = g_array_new(FALSE, FALSE, sizeof(SpSpreadFeed)),
                       .contents = SP_NO_COLUMN};
}

void sp_feeds_clear(SpFeeds *feeds)
{
    g_clear_pointer(&feeds->codes, g_array_unref);
    g_clear_pointer(&feeds->constants, g_array_unref);
    g_clear_pointer(&feeds->measures, g_array_unref);
    g_clear_pointer(&feeds->filters, g_array_unref);
    g_clear_pointer(&feeds->spread, g_array_unref);
}

gboolean sp_feeds_begin(SpFeeds *feeds, const SpLayout *layout, const SpHeader *header,
                        SpTable *table, GError **error)
{
    const Match match = {.layout = layout, .header = header, .table = table, .feeds = feeds};
    g_array_set_size(feeds->codes, 0);
    g_array_set_size(feeds->constants, 0);
    g_array_set_size(feeds->measures, 0);
    g_array_set_size(feeds->spread, 0);
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *is = layout->columns->pdata[i];
        if (is->role != SP_ROLE_IGNORE && is->role != SP_ROLE_SPREAD && !is_figure(is) &&
            !match_code(&match, is, error)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < layout->constants->len; i++) {
        const SpLayoutColumn *is = layout->constants->pdata[i];
        SpConstantFeed feed = {.column = column_of(table, is, SP_COLUMN_CODE)};
        feed.code = sp_codes_add(sp_table_codes(table, feed.column), is->source);
        g_array_append_val(feeds->constants, feed);
    }
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *is = layout->columns->pdata[i];
        if (is_figure(is) && !match_measure(&match, is, error)) {
            return FALSE;
        }
    }
    return match_filters(&match, error) && check_others(&match, error);
}
