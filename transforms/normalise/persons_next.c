/* From one year to the next. */
#include "transforms/normalise/persons_next.h"

#include <string.h>

/* Kommuner of the target division by number, and which of them each region of the rows is in. */
typedef struct {
    const SpPersonsRead *read;
    SpCodes *targets;
    GArray **of_region; /* [regions] guint32 */
    guint32 n_regions;
    gboolean *delivered; /* [periods][targets]; SP_PERSONS_MAX_PERIODS of them */
    guint32 *seen;       /* [targets] number of the person and period that was last there */
    guint32 n_seen;
} Places;

static void places_clear(Places *places)
{
    for (guint32 i = 0; i < places->n_regions; i++) {
        g_array_unref(places->of_region[i]);
    }
    sp_codes_unref(places->targets);
    g_free(places->of_region);
    g_free(places->delivered);
    g_free(places->seen);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Places, places_clear)

static void add_target(Places *places, guint32 region, const char *code)
{
    guint32 target = sp_codes_add(places->targets, code);
    g_array_append_val(places->of_region[region], target);
}

static void find_targets(Places *places)
{
    const SpCodes *regions = places->read->codes[places->read->spec->region];
    places->targets = sp_codes_new();
    places->n_regions = sp_codes_size(regions);
    places->of_region = g_new0(GArray *, places->n_regions + 1);
    for (guint32 i = 0; i < places->n_regions; i++) {
        const char *code = sp_codes_text(regions, i);
        const char *const *several = sp_persons_regions_targets(places->read->regions, code);
        places->of_region[i] = g_array_new(FALSE, FALSE, sizeof(guint32));
        for (; several != NULL && *several != NULL; several++) {
            add_target(places, i, *several);
        }
        if (places->of_region[i]->len == 0) {
            add_target(places, i, code);
        }
    }
}

static guint32 region_of(const Places *places, const SpPersonsLeaf *leaf)
{
    return leaf->codes[places->read->spec->region];
}

static gboolean *delivered_at(const Places *places, guint32 period, guint32 target)
{
    return &places->delivered[period * sp_codes_size(places->targets) + target];
}

/* Any row of a kommune, also one that does not count, says that it delivered. */
static void find_delivered(Places *places)
{
    const SpPersonsRows *rows = places->read->rows;
    places->delivered =
        g_new0(gboolean, (gsize)SP_PERSONS_MAX_PERIODS * (sp_codes_size(places->targets) + 1));
    for (guint32 i = 0; i < sp_persons_rows_n_leaves(rows); i++) {
        SpPersonsLeaf leaf = sp_persons_rows_leaf(rows, i);
        guint32 region = region_of(places, &leaf);
        for (guint k = 0; region != SP_PERSONS_NO_CODE && k < places->of_region[region]->len; k++) {
            guint32 target = g_array_index(places->of_region[region], guint32, k);
            *delivered_at(places, leaf.period, target) = TRUE;
        }
    }
}

static void find_following(SpPersonsNext *next, const SpPersonsRead *read)
{
    for (guint i = 0; i < SP_PERSONS_MAX_PERIODS; i++) {
        next->following[i] = SP_PERSONS_NO_CODE;
    }
    for (guint i = 0; i < read->n_periods; i++) {
        for (guint k = 0; k < read->n_periods; k++) {
            if (read->periods[k].year == read->periods[i].year + 1) {
                next->following[i] = k;
            }
        }
    }
}

static void note_no_next(const Places *places, guint32 region, guint32 period)
{
    const SpPersonsRead *read = places->read;
    const char *code = sp_codes_text(read->codes[read->spec->region], region);
    g_autofree char *subject =
        g_strdup_printf("region %s, %d", code[0] == SP_PERSONS_DIVIDED ? code + 1 : code,
                        read->periods[period].year);
    sp_quality_note(read->input->quality, "no_next_year", subject, 0,
                    "it delivered nothing for the year after: its staff is in no figure of who "
                    "stayed and who left");
}

static void find_bases(SpPersonsNext *next, const Places *places)
{
    const SpPersonsRows *rows = places->read->rows;
    guint32 n_leaves = sp_persons_rows_n_leaves(rows);
    next->is_base = g_new0(gboolean, n_leaves + 1);
    for (guint32 i = 0; i < n_leaves; i++) {
        SpPersonsLeaf leaf = sp_persons_rows_leaf(rows, i);
        guint32 following = next->following[leaf.period];
        guint32 region = region_of(places, &leaf);
        if (leaf.purpose != SP_PERSONS_COUNTED || following == SP_PERSONS_NO_CODE) {
            continue;
        }
        next->is_base[i] = TRUE;
        for (guint k = 0; k < places->of_region[region]->len; k++) {
            guint32 target = g_array_index(places->of_region[region], guint32, k);
            next->is_base[i] = next->is_base[i] && *delivered_at(places, following, target);
        }
        if (!next->is_base[i]) {
            note_no_next(places, region, leaf.period);
        }
    }
}

/* Marks the kommuner in whose service a person is, by her records [first, end) of a period. */
static void see(Places *places, const guint32 order[], guint32 first, guint32 end)
{
    const SpPersonsRows *rows = places->read->rows;
    places->n_seen++;
    for (guint32 i = first; i < end; i++) {
        SpPersonsLeaf leaf =
            sp_persons_rows_leaf(rows, sp_persons_rows_record_leaf(rows, order[i]));
        if (leaf.purpose == SP_PERSONS_IN_SECTOR) {
            continue;
        }
        const GArray *targets = places->of_region[region_of(places, &leaf)];
        for (guint k = 0; k < targets->len; k++) {
            places->seen[g_array_index(targets, guint32, k)] = places->n_seen;
        }
    }
}

static gboolean is_seen(const Places *places, const SpPersonsLeaf *leaf)
{
    const GArray *targets = places->of_region[region_of(places, leaf)];
    for (guint k = 0; k < targets->len; k++) {
        if (places->seen[g_array_index(targets, guint32, k)] == places->n_seen) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Records [first, end) of one period of a person; [then, then_end) those of the period that
 * follows, none if she is in none. */
static void tell_fates(SpPersonsNext *next, Places *places, const guint32 order[],
                       const guint32 range[4])
{
    const SpPersonsRows *rows = places->read->rows;
    see(places, order, range[2], range[3]);
    for (guint32 i = range[0]; i < range[1]; i++) {
        guint32 number = sp_persons_rows_record_leaf(rows, order[i]);
        SpPersonsLeaf leaf = sp_persons_rows_leaf(rows, number);
        if (next->is_base[number]) {
            next->fates[order[i]] =
                (guint8)(SP_FATE_BASE | (is_seen(places, &leaf) ? SP_FATE_IN_KOMMUNE : 0) |
                         (range[2] < range[3] ? SP_FATE_IN_SECTOR : 0));
        }
    }
}

/* One person: her records [first, end), by period. */
static void tell_person(SpPersonsNext *next, Places *places, const guint32 order[], guint32 first,
                        guint32 end)
{
    const SpPersonsRows *rows = places->read->rows;
    guint32 starts[SP_PERSONS_MAX_PERIODS] = {0};
    guint32 ends[SP_PERSONS_MAX_PERIODS] = {0};
    for (guint32 i = first; i < end; i++) {
        guint32 leaf = sp_persons_rows_record_leaf(rows, order[i]);
        guint32 period = sp_persons_rows_leaf(rows, leaf).period;
        starts[period] = ends[period] == 0 ? i : starts[period];
        ends[period] = i + 1;
    }
    for (guint period = 0; period < places->read->n_periods; period++) {
        guint32 then = next->following[period];
        if (ends[period] > 0 && then != SP_PERSONS_NO_CODE) {
            const guint32 range[4] = {starts[period], ends[period], starts[then], ends[then]};
            tell_fates(next, places, order, range);
        }
    }
}

void sp_persons_next(SpPersonsNext *next, const SpPersonsRead *read, const guint32 order[])
{
    g_auto(Places) places = {.read = read};
    const SpPersonsRows *rows = read->rows;
    guint32 n_records = sp_persons_rows_n_records(rows);
    find_targets(&places);
    find_delivered(&places);
    find_following(next, read);
    find_bases(next, &places);
    places.seen = g_new0(guint32, sp_codes_size(places.targets) + 1);
    next->fates = g_new0(guint8, n_records + 1);
    for (guint32 first = 0; first < n_records;) {
        guint32 end = first + 1;
        guint32 person = sp_persons_rows_person(rows, order[first]);
        while (end < n_records && sp_persons_rows_person(rows, order[end]) == person) {
            end++;
        }
        tell_person(next, &places, order, first, end);
        first = end;
    }
}

void sp_persons_next_clear(SpPersonsNext *next)
{
    g_clear_pointer(&next->is_base, g_free);
    g_clear_pointer(&next->fates, g_free);
}
