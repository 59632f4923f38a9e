/* The table `forklaring`: signs, flags, units and codes with their meaning. */
#include "outputs/forklaring.h"

#include "core/table_rows.h"
#include "outputs/breaks.h"

#include <string.h>

static const char open_age[] = "105"; /* docs/tables.md: the highest, open age of a population */

/* In words, since the signs themselves make poor ids. SP_PRESENT has no sign to explain. */
static const struct {
    SpStatus status;
    const char *text;
} signs[] = {
    {SP_ZERO, "sign.zero"},
    {SP_BELOW_UNIT, "sign.below_unit"},
    {SP_NOT_APPLICABLE, "sign.not_applicable"},
    {SP_PENDING, "sign.pending"},
    {SP_MISSING, "sign.missing"},
    {SP_SUPPRESSED, "sign.suppressed"},
};
static const struct {
    SpFlags flag;
    SpLegend mark;
} flags[] = {
    {SP_FLAG_PROVISIONAL, {"p", "flag.provisional"}},
    {SP_FLAG_MODELLED, {"m", "flag.modelled"}},
    {SP_FLAG_CARRIED_OVER, {"c", "flag.carried_over"}},
    {SP_FLAG_BREAK_BEFORE, {"b", "flag.break_before"}},
    {SP_FLAG_STALE, {"s", "flag.stale"}},
    {SP_FLAG_SAMPLE, {"u", "flag.sample"}},
    {SP_FLAG_ROUNDED, {"r", "flag.rounded"}},
};

gboolean sp_forklaring_sign(gsize i, SpLegend *mark)
{
    if (i >= G_N_ELEMENTS(signs)) {
        return FALSE;
    }
    *mark = (SpLegend){sp_status_sign(signs[i].status), signs[i].text};
    return TRUE;
}

gboolean sp_forklaring_flag(gsize i, SpLegend *mark)
{
    if (i >= G_N_ELEMENTS(flags)) {
        return FALSE;
    }
    *mark = flags[i].mark;
    return TRUE;
}

/* Several tables share a code; the first one's words stand (they are the same: one catalogue). */
static void add(SpTable *table, GHashTable *seen, const char *kind, const char *code,
                const char *text)
{
    if (!g_hash_table_add(seen, g_strconcat(kind, "\n", code, NULL))) {
        return;
    }
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, kind);
    sp_table_set_code(table, row, 1, code);
    sp_table_set_code(table, row, 2, text);
}

static void add_code(SpTable *table, GHashTable *seen, const SpWords *words, const SpColumn *info,
                     const char *code)
{
    g_autofree char *text = sp_words_code(words, info, code);
    const char *note = sp_words_code_note(words, info, code);
    /* A code in plain words (the name of a source) explains itself, and so does a year of age; the
     * open one does not. */
    gboolean is_plain = text == NULL || strcmp(text, code) == 0 ||
                        (sp_words_is_one_year(info, code) && strcmp(code, open_age) < 0);
    if (!is_plain) {
        g_autofree char *both =
            g_strconcat(text, note != NULL ? ": " : "", note != NULL ? note : "", NULL);
        add(table, seen, info->name, code, both);
    }
}

/* Of a list of ids each by itself: there are as many lists as kommuner. */
static void add_codes(SpTable *table, GHashTable *seen, const SpWords *words, const SpTable *source,
                      gsize column)
{
    const SpColumn *info = sp_table_column(source, column);
    const SpCodes *codes = sp_table_codes(source, column);
    const gboolean is_list = sp_words_is_indicator_list(info);
    g_autofree gboolean *is_used = sp_table_used_codes(source, column);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *code = sp_codes_text(codes, i);
        if (is_used[i] && is_list) {
            g_auto(GStrv) ids = g_strsplit(code, " ", -1);
            for (gsize k = 0; ids[k] != NULL; k++) {
                add_code(table, seen, words, info, ids[k]);
            }
        } else if (is_used[i]) {
            add_code(table, seen, words, info, code);
        }
    }
}

static void add_columns(SpTable *table, GHashTable *seen, const SpWords *words,
                        const SpTable *source)
{
    for (gsize i = 0; i < sp_table_n_columns(source); i++) {
        const SpColumn *column = sp_table_column(source, i);
        const char *unit = column->kind == SP_COLUMN_MEASURE
                               ? sp_units_of(sp_words_units(words), source, i)
                               : NULL;
        if (column->kind == SP_COLUMN_CODE && !sp_words_is_period(column) &&
            !sp_words_is_day(column) && !sp_words_is_row(column)) {
            add_codes(table, seen, words, source, i);
        } else if (unit != NULL && !sp_units_is_of_indicator(unit)) {
            const char *text = sp_words_find(words, "unit.", unit, "");
            add(table, seen, "enhet", unit, text != NULL ? text : unit);
        }
    }
}

/* Why figures are flagged, table by table: "brudd", "brukere bolig_heldoegn 2019-12-31". */
static void add_breaks(SpTable *table, GHashTable *seen, const SpWords *words,
                       const SpTable *source)
{
    g_autoptr(GPtrArray) breaks = sp_breaks_of(words, source);
    for (guint i = 0; i < breaks->len; i++) {
        const SpBreak *is = breaks->pdata[i];
        g_autofree char *code = g_strdup_printf("%s %s%s%s", sp_table_name(source), is->measure,
                                                is->measure[0] != '\0' ? " " : "", is->period);
        g_autofree char *text = g_strdup_printf("%s: %s", is->where, is->why);
        add(table, seen, "brudd", code, text);
    }
}

SpTable *sp_forklaring_new(const SpWords *words)
{
    static const SpColumn columns[] = {
        {.name = "slag", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "kode", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "tekst", .kind = SP_COLUMN_CODE},
    };
    const SpTables *tables = sp_words_package(words)->tables;
    SpTable *table = sp_table_new(SP_FORKLARING, columns, G_N_ELEMENTS(columns));
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
        add(table, seen, "tegn", sp_status_sign(signs[i].status),
            sp_words_text(words, signs[i].text));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++) {
        add(table, seen, "merke", flags[i].mark.mark, sp_words_text(words, flags[i].mark.text));
    }
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        const SpTable *source = sp_tables_at(tables, i);
        if (strcmp(sp_table_name(source), SP_FORKLARING) != 0) {
            add_columns(table, seen, words, source);
            add_breaks(table, seen, words, source);
        }
    }
    sp_table_sort(table);
    return table;
}

static void tell(GString *legend, const SpWords *words, const char *sign, const char *text)
{
    g_string_append_printf(legend, "%s%s = %s", legend->len > 0 ? " · " : "", sign,
                           sp_words_text(words, text));
}

typedef struct {
    guint flags;
    guint signs; /* 1 << status, or-ed */
} Used;

static void use(Used *used, const SpReal reals[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        used->flags |= reals[i].flags;
        used->signs |= 1U << reals[i].status;
    }
}

static char *legend_of(const SpWords *words, const Used *used)
{
    g_autoptr(GString) legend = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++) {
        if ((used->flags & flags[i].flag) != 0) {
            tell(legend, words, flags[i].mark.mark, flags[i].mark.text);
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
        if ((used->signs & (1U << signs[i].status)) != 0) {
            tell(legend, words, sp_status_sign(signs[i].status), signs[i].text);
        }
    }
    return g_string_free(g_steal_pointer(&legend), FALSE);
}

char *sp_forklaring_legend(const SpWords *words, const SpTable *table)
{
    Used used = {0};
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        if (sp_table_column(table, column)->kind == SP_COLUMN_MEASURE) {
            use(&used, sp_table_reals_const(table, column), sp_table_n_rows(table));
        }
    }
    g_autofree char *legend = legend_of(words, &used);
    g_autofree char *breaks = sp_breaks_text(words, table);
    return g_strconcat(legend, breaks[0] != '\0' ? " · " : "", breaks, NULL);
}

char *sp_forklaring_legend_of(const SpWords *words, const SpReal reals[], gsize n)
{
    Used used = {0};
    use(&used, reals, n);
    return legend_of(words, &used);
}

char *sp_forklaring_legend_all(const SpWords *words)
{
    const Used used = {G_MAXUINT, G_MAXUINT};
    return legend_of(words, &used);
}
