/* Findings by kind and subject: noting one again only counts up, so a night with a million bad rows
 * costs a look-up each. */
#include "core/quality.h"

#include "core/table_rows.h"

typedef struct {
    char *text;
    guint64 row;
    guint64 n;
} Finding;

typedef struct {
    guint64 n;            /* over all subjects */
    GHashTable *findings; /* subject (char*) -> Finding* */
} Kind;

struct SpQuality {
    GHashTable *kinds; /* name (char*) -> Kind* */
};

static void finding_free(gpointer data)
{
    Finding *finding = data;
    g_free(finding->text);
    g_free(finding);
}

static void kind_free(gpointer data)
{
    Kind *kind = data;
    g_hash_table_unref(kind->findings);
    g_free(kind);
}

static Kind *find_or_add_kind(SpQuality *quality, const char *name)
{
    Kind *kind = g_hash_table_lookup(quality->kinds, name);
    if (kind == NULL) {
        kind = g_new0(Kind, 1);
        kind->findings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, finding_free);
        g_hash_table_insert(quality->kinds, g_strdup(name), kind);
    }
    return kind;
}

static void add_row(const char *kind, const char *subject, const Finding *finding, gpointer data)
{
    SpTable *table = data;
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, kind);
    sp_table_set_code(table, row, 1, subject);
    sp_table_set_code(table, row, 2, finding->text);
    if (finding->row > 0) {
        g_autofree char *number = g_strdup_printf("%" G_GUINT64_FORMAT, finding->row);
        sp_table_set_code(table, row, 3, number);
    }
    sp_table_set_real(table, row, 4, sp_real((double)finding->n));
}

SpQuality *sp_quality_new(void)
{
    SpQuality *quality = g_new0(SpQuality, 1);
    quality->kinds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, kind_free);
    return quality;
}

void sp_quality_free(SpQuality *quality)
{
    if (quality == NULL) {
        return;
    }
    g_hash_table_unref(quality->kinds);
    g_free(quality);
}

void sp_quality_note(SpQuality *quality, const char *kind, const char *subject, guint64 row,
                     const char *format, ...)
{
    Kind *of_kind = find_or_add_kind(quality, kind);
    of_kind->n++;
    Finding *finding = g_hash_table_lookup(of_kind->findings, subject);
    if (finding == NULL) {
        finding = g_new0(Finding, 1);
        va_list arguments;
        va_start(arguments, format);
        finding->text = g_strdup_vprintf(format, arguments);
        va_end(arguments);
        finding->row = row;
        g_hash_table_insert(of_kind->findings, g_strdup(subject), finding);
    }
    finding->n++;
}

/* `n` of a finding that both reports have, from its own and the other's. */
typedef guint64 (*Combine)(guint64 own, guint64 other);

static guint64 sum(guint64 own, guint64 other)
{
    return own + other;
}

static guint64 larger(guint64 own, guint64 other)
{
    return MAX(own, other);
}

static void add_finding(SpQuality *quality, const char *kind, char *subject, const Finding *other,
                        Combine combine)
{
    Kind *of_kind = find_or_add_kind(quality, kind);
    Finding *finding = g_hash_table_lookup(of_kind->findings, subject);
    if (finding != NULL) {
        guint64 n = combine(finding->n, other->n);
        of_kind->n += n - finding->n;
        finding->n = n;
        g_free(subject);
        return;
    }
    of_kind->n += other->n;
    finding = g_new0(Finding, 1);
    *finding = (Finding){.text = g_strdup(other->text), .row = other->row, .n = other->n};
    g_hash_table_insert(of_kind->findings, subject, finding);
}

/* Every finding, with its kind and subject. */
typedef void (*EachFinding)(const char *kind, const char *subject, const Finding *finding,
                            gpointer data);

static void each_finding(const SpQuality *quality, EachFinding each, gpointer data)
{
    GHashTableIter kinds;
    gpointer kind;
    gpointer of_kind;
    g_hash_table_iter_init(&kinds, quality->kinds);
    while (g_hash_table_iter_next(&kinds, &kind, &of_kind)) {
        GHashTableIter findings;
        gpointer subject;
        gpointer finding;
        g_hash_table_iter_init(&findings, ((const Kind *)of_kind)->findings);
        while (g_hash_table_iter_next(&findings, &subject, &finding)) {
            each(kind, subject, finding, data);
        }
    }
}

typedef struct {
    SpQuality *quality;
    const char *prefix; /* of subjects; NULL: none */
    Combine combine;
} Adding;

static void add_one(const char *kind, const char *subject, const Finding *finding, gpointer data)
{
    const Adding *adding = data;
    add_finding(adding->quality, kind,
                adding->prefix != NULL ? g_strdup_printf("%s: %s", adding->prefix, subject)
                                       : g_strdup(subject),
                finding, adding->combine);
}

void sp_quality_add(SpQuality *quality, const SpQuality *other, const char *prefix)
{
    each_finding(other, add_one, &(Adding){.quality = quality, .prefix = prefix, .combine = sum});
}

void sp_quality_join(SpQuality *quality, const SpQuality *other)
{
    each_finding(other, add_one, &(Adding){.quality = quality, .combine = larger});
}

guint64 sp_quality_count(const SpQuality *quality, const char *kind)
{
    const Kind *of_kind = g_hash_table_lookup(quality->kinds, kind);
    return of_kind == NULL ? 0 : of_kind->n;
}

SpTable *sp_quality_table(const SpQuality *quality)
{
    static const SpColumn columns[] = {
        {.name = "kind", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "subject", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "text", .kind = SP_COLUMN_CODE},
        {.name = "row", .kind = SP_COLUMN_CODE},
        {.name = "n", .kind = SP_COLUMN_MEASURE, .unit = "findings", .is_additive = TRUE},
    };
    SpTable *table = sp_table_new("kvalitet", columns, G_N_ELEMENTS(columns));
    each_finding(quality, add_row, table);
    sp_table_sort(table);
    return table;
}
