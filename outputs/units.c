/* Units of figures, from config/units.csv, config/tables.csv and config/indicators.csv. */
#include "outputs/units.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

typedef struct {
    SpFigureForm form;
    gboolean is_in_heading;
} Unit;

struct SpUnits {
    GHashTable *units;      /* unit, borrowed -> Unit */
    GHashTable *measures;   /* "table\nmeasure" -> unit, both owned */
    GHashTable *indicators; /* id -> unit, both borrowed */
};

gboolean sp_units_is_of_indicator(const char *unit)
{
    return g_strcmp0(unit, SP_UNIT_OF_INDICATOR) == 0 ||
           g_strcmp0(unit, SP_UNIT_OF_INDICATOR_AS_PUBLISHED) == 0 ||
           g_strcmp0(unit, SP_UNIT_OF_INDICATOR_CHANGE) == 0;
}

SpFigureForm sp_units_form_of_indicator(const char *unit, SpFigureForm form)
{
    form.is_in_percent = g_strcmp0(unit, SP_UNIT_OF_INDICATOR_AS_PUBLISHED) == 0;
    if (g_strcmp0(unit, SP_UNIT_OF_INDICATOR_CHANGE) == 0) {
        form.is_points = form.is_percent;
        form.decimals++;
    }
    return form;
}

/* A cell that is one of two words. */
static gboolean read_choice(const char *unit, const char *column, const char *text,
                            const char *const words[2], gboolean *is_first, GError **error)
{
    *is_first = strcmp(text, words[0]) == 0;
    if (!*is_first && strcmp(text, words[1]) != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "units: unit \"%s\" has %s \"%s\", want %s or %s", unit, column, text,
                            words[0], words[1]);
    }
    return TRUE;
}

static gboolean add_units(SpUnits *units, const SpTable *table, GError **error)
{
    static const char *const forms[2] = {"percent", "number"};
    static const char *const answers[2] = {"yes", "no"};
    static const char *const names[] = {"unit", "decimals", "form", "heading"};
    gsize at[G_N_ELEMENTS(names)];
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (!sp_table_need(table, names[i], SP_COLUMN_CODE, &at[i], error)) {
            return FALSE;
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *name = sp_table_code(table, row, at[0]);
        const char *decimals = sp_table_code(table, row, at[1]);
        gint64 value = 0;
        Unit unit = {.is_in_heading = FALSE};
        if (!sp_number_parse_int(decimals, strlen(decimals), &value) || value < 0 || value > 9) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "units: unit \"%s\" has decimals \"%s\", want 0 to 9", name,
                                decimals);
        }
        if (!read_choice(name, names[2], sp_table_code(table, row, at[2]), forms,
                         &unit.form.is_percent, error) ||
            !read_choice(name, names[3], sp_table_code(table, row, at[3]), answers,
                         &unit.is_in_heading, error)) {
            return FALSE;
        }
        unit.form.decimals = (guint)value;
        g_hash_table_insert(units->units, (gpointer)name, g_memdup2(&unit, sizeof unit));
    }
    return TRUE;
}

/* "verdi=indikator|nedre_95=indikator": the unit behind each measure. */
static void add_measures(SpUnits *units, const SpTable *catalogue)
{
    gsize name = sp_table_find(catalogue, "name");
    gsize shown = sp_table_find(catalogue, "shown");
    if (name == SP_NO_COLUMN || shown == SP_NO_COLUMN) {
        return;
    }
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        g_auto(GStrv) parts = g_strsplit(sp_table_code(catalogue, row, shown), "|", -1);
        for (char **part = parts; *part != NULL; part++) {
            char *unit = strchr(*part, '=');
            if (unit != NULL && unit[1] != '\0') {
                *unit = '\0';
                g_hash_table_insert(
                    units->measures,
                    g_strconcat(sp_table_code(catalogue, row, name), "\n", *part, NULL),
                    g_strdup(unit + 1));
            }
        }
    }
}

static gboolean add_indicators(SpUnits *units, const SpTable *table, GError **error)
{
    gsize id = sp_table_find(table, "id");
    gsize unit = sp_table_find(table, "unit");
    gsize per = sp_table_find(table, "per");
    if (id == SP_NO_COLUMN || unit == SP_NO_COLUMN) {
        return TRUE;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *name = sp_table_code(table, row, unit);
        const char *times = per != SP_NO_COLUMN ? sp_table_code(table, row, per) : "";
        double most = 0.0;
        /* Below 1 what is published in percent becomes a share. */
        if (*times != '\0' && sp_units_form(units, name).is_percent &&
            (!sp_number_parse(times, strlen(times), sp_number_plain, &most) || most > 1.0)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "indicators: %s has the unit \"%s\", which is printed times 100, "
                                "and per \"%s\", want 1 or less",
                                sp_table_code(table, row, id), name, times);
        }
        g_hash_table_insert(units->indicators, (gpointer)sp_table_code(table, row, id),
                            (gpointer)name);
    }
    return TRUE;
}

SpUnits *sp_units_new(const SpPackage *package, GError **error)
{
    g_autoptr(SpUnits) units = g_new0(SpUnits, 1);
    units->units = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    units->measures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    units->indicators = g_hash_table_new(g_str_hash, g_str_equal);
    if (!add_units(units, package->units, error)) {
        return NULL;
    }
    add_measures(units, package->catalogue);
    if (package->indicators != NULL && !add_indicators(units, package->indicators, error)) {
        return NULL;
    }
    return g_steal_pointer(&units);
}

void sp_units_free(SpUnits *units)
{
    if (units == NULL) {
        return;
    }
    g_hash_table_unref(units->units);
    g_hash_table_unref(units->measures);
    g_hash_table_unref(units->indicators);
    g_free(units);
}

const char *sp_units_of(const SpUnits *units, const SpTable *table, gsize column)
{
    const SpColumn *info = sp_table_column(table, column);
    g_autofree char *key = g_strconcat(sp_table_name(table), "\n", info->name, NULL);
    const char *unit = g_hash_table_lookup(units->measures, key);
    if (unit != NULL) {
        return unit;
    }
    return info->unit != NULL && info->unit[0] != '\0' ? info->unit : NULL;
}

const char *sp_units_of_indicator(const SpUnits *units, const char *id)
{
    return g_hash_table_lookup(units->indicators, id);
}

SpFigureForm sp_units_form(const SpUnits *units, const char *unit)
{
    const Unit *found = unit != NULL ? g_hash_table_lookup(units->units, unit) : NULL;
    return found != NULL ? found->form : (SpFigureForm){.is_free = TRUE};
}

gboolean sp_units_is_in_heading(const SpUnits *units, const char *unit)
{
    const Unit *found = g_hash_table_lookup(units->units, unit);
    return found == NULL || found->is_in_heading;
}
