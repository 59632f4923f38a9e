/* Pairs of kommuner. */
#include "transforms/normalise/arrangements.h"

#include "core/error.h"
#include "core/table_rows.h"

#include <string.h>

/* Some thousand arrangements are many, and a provider's provider's provider is rare. */
enum { MAX_LINKS = 20000, MAX_CHAIN = 64 };

static const SpDay no_end = G_MAXINT32;

const SpLayoutColumn *sp_arrangements_second(const SpLayout *layout)
{
    guint n = 0;
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        if (column->role == SP_ROLE_REGION && n++ == 1) {
            return column;
        }
    }
    return NULL;
}

/* The table with the names of two code columns exchanged. */
static SpTable *swap_names(const SpTable *table, const char *a, const char *b)
{
    gsize n_rows = sp_table_n_rows(table);
    SpTable *swapped = sp_table_new(sp_table_name(table), NULL, 0);
    sp_table_set_edition(swapped, sp_table_edition(table));
    sp_table_set_marks(swapped, sp_table_marks(table));
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        SpColumn column = *sp_table_column(table, i);
        column.name = strcmp(column.name, a) == 0   ? b
                      : strcmp(column.name, b) == 0 ? a
                                                    : column.name;
        sp_table_add_column(swapped, &column);
    }
    sp_table_add_rows(swapped, n_rows);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind == SP_COLUMN_CODE) {
            sp_table_set_codes(swapped, i, sp_table_codes(table, i),
                               sp_table_code_numbers_const(table, i));
        } else if (n_rows > 0) {
            memcpy(sp_table_reals(swapped, i), sp_table_reals_const(table, i),
                   n_rows * sizeof(SpReal));
        }
    }
    return swapped;
}

typedef struct {
    gsize from;
    gsize to;
} Ends;

static gboolean is_between_two(const SpTable *table, gsize row, gpointer data)
{
    const Ends *ends = data;
    return strcmp(sp_table_code(table, row, ends->from), sp_table_code(table, row, ends->to)) != 0;
}

static SpTable *leave_out_inside(SpTable *table, const char *second, SpQuality *quality)
{
    g_autoptr(SpTable) whole = table;
    Ends ends = {sp_table_find(whole, "region"), sp_table_find(whole, second)};
    SpTable *kept = sp_table_filter(whole, is_between_two, &ends);
    gsize n = sp_table_n_rows(whole) - sp_table_n_rows(kept);
    if (n > 0) {
        sp_quality_note(quality, "link_inside", second, 0,
                        "%" G_GSIZE_FORMAT " rows left out: their two kommuner are one now", n);
    }
    return kept;
}

SpTable *sp_arrangements_restate(const SpTable *facts, const SpLayout *layout,
                                 const SpTarget *target, SpQuality *quality, GError **error)
{
    const char *second = sp_arrangements_second(layout)->name;
    g_autoptr(SpTable) first =
        sp_normalise_restate(facts, target, layout->division, quality, error);
    if (first == NULL) {
        return NULL;
    }
    g_autoptr(SpTable) swapped = swap_names(first, "region", second);
    g_autoptr(SpTable) both =
        sp_normalise_restate(swapped, target, layout->division, quality, error);
    if (both == NULL) {
        return NULL;
    }
    SpTable *whole = swap_names(both, "region", second);
    if (layout->links_until != NULL) {
        whole = leave_out_inside(whole, second, quality);
    }
    if (!sp_table_check_unique(whole, error)) {
        sp_table_free(whole);
        return NULL;
    }
    return whole;
}

/** An arrangement, its codes as numbers of one dictionary. */
typedef struct {
    guint32 from;
    guint32 to;
    const char *service; /* the other keys, joined; borrowed from `services` */
    SpDay first;
    SpDay last;
} Link;

typedef struct {
    GArray *links;        /* Link, by `from` */
    guint *firsts;        /* [codes + 1] the first link of a code */
    SpCodes *codes;       /* of both ends */
    GHashTable *services; /* char*, owned */
} Links;

static void links_clear(Links *links)
{
    g_clear_pointer(&links->links, g_array_unref);
    g_clear_pointer(&links->firsts, g_free);
    g_clear_pointer(&links->codes, sp_codes_unref);
    g_clear_pointer(&links->services, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Links, links_clear)

/* The keys of a row but the two ends and the period, interned. */
static const char *service_of(Links *links, const SpTable *facts, gsize row, const gsize ends[3])
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < sp_table_n_columns(facts); i++) {
        gboolean is_other = i != ends[0] && i != ends[1] && i != ends[2];
        if (is_other && sp_table_column(facts, i)->is_key) {
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "",
                                   sp_table_code(facts, row, i));
        }
    }
    const char *known = g_hash_table_lookup(links->services, text->str);
    if (known == NULL) {
        char *own = g_strdup(text->str);
        g_hash_table_add(links->services, own);
        known = own;
    }
    return known;
}

static gboolean read_links(Links *links, const SpTable *facts, const SpLayout *layout,
                           GError **error)
{
    const gsize ends[3] = {sp_table_find(facts, "region"),
                           sp_table_find(facts, sp_arrangements_second(layout)->name),
                           sp_table_find(facts, sp_layout_find_role(layout, SP_ROLE_PERIOD)->name)};
    gsize until = sp_table_find(facts, layout->links_until);
    links->links = g_array_new(FALSE, FALSE, sizeof(Link));
    links->codes = sp_codes_new();
    links->services = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < sp_table_n_rows(facts); row++) {
        SpPeriod period = {0};
        const char *last = sp_table_code(facts, row, until);
        Link link = {.from = sp_codes_add(links->codes, sp_table_code(facts, row, ends[0])),
                     .to = sp_codes_add(links->codes, sp_table_code(facts, row, ends[1])),
                     .last = no_end};
        sp_period_parse(sp_table_code(facts, row, ends[2]), &period); /* the codes are ours */
        link.first = period.first;
        if ((*last != '\0' && !sp_day_parse(last, &link.last)) || link.last < link.first) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "table %s: region %s: %s is \"%s\", want a day from %s on, or "
                                "nothing; correct the row",
                                sp_table_name(facts), sp_table_code(facts, row, ends[0]),
                                layout->links_until, last, sp_table_code(facts, row, ends[2]));
        }
        link.service = service_of(links, facts, row, ends);
        g_array_append_val(links->links, link);
    }
    return TRUE;
}

static int compare_links(gconstpointer a, gconstpointer b)
{
    const Link *first = a;
    const Link *second = b;
    return (first->from > second->from) - (first->from < second->from);
}

static gboolean order_links(Links *links, GError **error)
{
    guint32 n = sp_codes_size(links->codes);
    if (links->links->len > MAX_LINKS) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%u arrangements, at most %d are taken; is this the right file?",
                            links->links->len, (int)MAX_LINKS);
    }
    g_array_sort(links->links, compare_links);
    links->firsts = g_new0(guint, (gsize)n + 1);
    for (guint i = 0; i < links->links->len; i++) {
        links->firsts[g_array_index(links->links, Link, i).from + 1] = i + 1;
    }
    for (guint32 i = 1; i <= n; i++) {
        links->firsts[i] = MAX(links->firsts[i], links->firsts[i - 1]);
    }
    return TRUE;
}

/** The walk on one day and one service. */
typedef struct {
    const Links *links;
    const char *service;
    SpDay day;
    guint8 *state; /* [codes] 0 not met, 1 on the way, 2 done */
    GArray *way;   /* guint32, codes on the way */
} Walk;

static gboolean set_circle(const Walk *walk, guint32 back, GError **error)
{
    char day[SP_DAY_SIZE];
    gboolean is_in = FALSE;
    g_autoptr(GString) circle = g_string_new(NULL);
    for (guint i = 0; i < walk->way->len; i++) {
        guint32 code = g_array_index(walk->way, guint32, i);
        is_in = is_in || code == back;
        if (is_in) {
            g_string_append_printf(circle, "%s -> ", sp_codes_text(walk->links->codes, code));
        }
    }
    g_string_append(circle, sp_codes_text(walk->links->codes, back));
    return sp_error_set(error, SP_ERROR_DATA,
                        "arrangements of \"%s\" on %s come back to where they began: %s; correct "
                        "one of the rows",
                        walk->service, sp_day_format(walk->day, day), circle->str);
}

/* Depth first, MAX_CHAIN deep at most. */
static gboolean visit(Walk *walk, guint32 code, GError **error) /* NOLINT(misc-no-recursion) */
{
    const GArray *links = walk->links->links;
    g_assert(walk->links->firsts != NULL);
    if (walk->way->len == MAX_CHAIN) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "arrangements of \"%s\" form a chain of more than %d kommuner; correct "
                            "the rows",
                            walk->service, (int)MAX_CHAIN);
    }
    walk->state[code] = 1;
    g_array_append_val(walk->way, code);
    for (guint i = walk->links->firsts[code]; i < walk->links->firsts[code + 1]; i++) {
        const Link *link = &g_array_index(links, Link, i);
        if (link->service != walk->service || link->first > walk->day || link->last < walk->day) {
            continue;
        }
        if (walk->state[link->to] == 1) {
            return set_circle(walk, link->to, error);
        }
        if (walk->state[link->to] == 0 && !visit(walk, link->to, error)) {
            return FALSE;
        }
    }
    g_array_set_size(walk->way, walk->way->len - 1);
    walk->state[code] = 2;
    return TRUE;
}

gboolean sp_arrangements_check(const SpTable *facts, const SpLayout *layout, GError **error)
{
    g_auto(Links) links = {0};
    if (!read_links(&links, facts, layout, error) || !order_links(&links, error)) {
        return FALSE;
    }
    guint32 n = sp_codes_size(links.codes);
    g_autofree guint8 *state = g_new(guint8, n + 1);
    g_autoptr(GArray) way = g_array_new(FALSE, FALSE, sizeof(guint32));
    /* A circle that ever is, is on the day when the last of its arrangements began. */
    for (guint i = 0; i < links.links->len; i++) {
        const Link *link = &g_array_index(links.links, Link, i);
        Walk walk = {.links = &links,
                     .service = link->service,
                     .day = link->first,
                     .state = state,
                     .way = way};
        memset(state, 0, n);
        g_array_set_size(way, 0);
        if (!visit(&walk, link->from, error)) {
            g_prefix_error(error, "table %s: ", sp_table_name(facts));
            return FALSE;
        }
    }
    return TRUE;
}
