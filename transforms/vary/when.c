/* Periods of a table beside a period of an indicator. */
#include "transforms/vary/when.h"

#include "core/error.h"
#include "core/period.h"

#include <string.h>

/* How many periods of a kind make a year; 0: it is no part of one. */
static guint parts_of_year(SpPeriodKind kind)
{
    switch (kind) {
    case SP_PERIOD_HALF_YEAR:
        return 2;
    case SP_PERIOD_QUARTER:
        return 4;
    case SP_PERIOD_MONTH:
        return 12;
    case SP_PERIOD_DATE:
    case SP_PERIOD_YEAR:
    case SP_PERIOD_SCHOOL_YEAR:
    case SP_PERIOD_INTERVAL:
    case SP_PERIOD_MOVING_MEAN:
        break;
    }
    return 0;
}

/* Used periods of one kind that end in a year. */
static GArray *find_of_kind(const SpCodes *periods, const gboolean is_used[], SpPeriodKind kind,
                            int year)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 code = 0; code < sp_codes_size(periods); code++) {
        SpPeriod parsed;
        if (is_used[code] && sp_period_parse(sp_codes_text(periods, code), &parsed) &&
            parsed.kind == kind && sp_day_year(parsed.last) == year) {
            g_array_append_val(found, code);
        }
    }
    return found;
}

static void keep_latest(GArray *found, const SpCodes *periods)
{
    guint32 latest = g_array_index(found, guint32, 0);
    for (guint i = 1; i < found->len; i++) {
        const guint32 code = g_array_index(found, guint32, i);
        if (strcmp(sp_codes_text(periods, code), sp_codes_text(periods, latest)) > 0) {
            latest = code;
        }
    }
    g_array_set_size(found, 0);
    g_array_append_val(found, latest);
}

static GArray *find_in_year(const SpCodes *periods, const gboolean is_used[], int year)
{
    static const SpPeriodKind kinds[] = {SP_PERIOD_YEAR, SP_PERIOD_DATE, SP_PERIOD_QUARTER,
                                         SP_PERIOD_HALF_YEAR, SP_PERIOD_MONTH};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        GArray *found = find_of_kind(periods, is_used, kinds[i], year);
        const guint parts = parts_of_year(kinds[i]);
        if (parts == 0 && found->len > 0) {
            keep_latest(found, periods);
            return found;
        }
        if (parts > 0 && found->len == parts) {
            return found;
        }
        g_array_unref(found);
    }
    return g_array_new(FALSE, FALSE, sizeof(guint32));
}

static GArray *find_before(const SpCodes *periods, const gboolean is_used[], SpDay day)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 code = 0; code < sp_codes_size(periods); code++) {
        SpDay own = 0;
        if (is_used[code] && sp_day_parse(sp_codes_text(periods, code), &own) && own <= day) {
            g_array_append_val(found, code);
        }
    }
    if (found->len > 0) {
        keep_latest(found, periods);
    }
    return found;
}

static GArray *find_code(const SpCodes *periods, const gboolean is_used[], const char *text)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(guint32));
    guint32 code = 0;
    if (sp_codes_find(periods, text, &code) && is_used[code]) {
        g_array_append_val(found, code);
    }
    return found;
}

GArray *sp_when_find(const SpFormulaTerm *term, const SpCodes *periods, const gboolean is_used[],
                     const char *period, GError **error)
{
    SpPeriod parsed;
    if (term->when == SP_WHEN_SAME) {
        return find_code(periods, is_used, period);
    }
    if (!sp_period_parse(period, &parsed)) {
        sp_error_set(error, SP_ERROR_DATA,
                     "period \"%s\" is none, and %s.%s is wanted beside it by its time; correct "
                     "the layout of the source",
                     period, term->table, term->measure);
        return NULL;
    }
    if (term->when == SP_WHEN_YEAR) {
        return find_in_year(periods, is_used, sp_day_year(parsed.last));
    }
    if (term->when == SP_WHEN_BEFORE) {
        return find_before(periods, is_used, parsed.last);
    }
    g_autofree char *january =
        g_strdup_printf("%04d-01-01", sp_day_year(parsed.last) + term->years_on);
    return find_code(periods, is_used, january);
}

static gboolean has_text(const GPtrArray *texts, const char *text)
{
    for (guint i = 0; i < texts->len; i++) {
        if (strcmp(g_ptr_array_index(texts, i), text) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

GPtrArray *sp_when_list(const SpFormulaTerm *term, const SpCodes *periods, const gboolean is_used[])
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    for (guint32 code = 0; code < sp_codes_size(periods); code++) {
        const char *text = sp_codes_text(periods, code);
        SpPeriod parsed;
        if (!is_used[code]) {
            continue;
        }
        if (term->when != SP_WHEN_YEAR) {
            g_ptr_array_add(list, g_strdup(text));
        } else if (sp_period_parse(text, &parsed)) {
            const int year = sp_day_year(parsed.last);
            g_autofree char *name = g_strdup_printf("%04d", year);
            g_autoptr(GArray) found = find_in_year(periods, is_used, year);
            if (found->len > 0 && !has_text(list, name)) {
                g_ptr_array_add(list, g_steal_pointer(&name));
            }
        }
    }
    g_ptr_array_sort(list, sp_codes_compare);
    return list;
}
