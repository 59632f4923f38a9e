/* Weights of the parts of a kommune. */
#include "transforms/normalise/split.h"

#include <string.h>

struct SpSplit {
    gsize n;
    const SpPersons **persons; /* [n] */
    double *flat; /* [n] persons in all less those of joined kommuner; NULL if none joined */
};

void sp_split_free(SpSplit *split)
{
    if (split == NULL) {
        return;
    }
    g_free(split->persons);
    g_free(split->flat);
    g_free(split);
}

gsize sp_split_size(const SpSplit *split)
{
    return split->n;
}

typedef struct {
    const char *code;
    gsize part;
} Joined;

static gsize find_part(const SpRoute *route, const char *code)
{
    gsize part = 0;
    while (part < route->at_split->len &&
           strcmp(code, g_ptr_array_index(route->at_split, part)) != 0) {
        part++;
    }
    return part;
}

/* The other kommuner of the eve that went whole into one of the parts (Joined). NULL if one of them
 * was divided too: then nobody can tell what came from where. */
static GArray *find_joined(const SpRegions *regions, const SpRoute *route)
{
    g_autofree const char **codes = sp_regions_at(regions, route->eve);
    g_autoptr(GArray) joined = g_array_new(FALSE, FALSE, sizeof(Joined));
    for (gsize i = 0; codes[i] != NULL; i++) {
        g_autoptr(GArray) later =
            sp_regions_successors(regions, codes[i], route->eve, route->split_day, NULL);
        for (guint k = 0; later != NULL && k < later->len; k++) {
            Joined one = {codes[i], find_part(route, g_array_index(later, SpSuccessor, k).code)};
            if (one.part == route->at_split->len || strcmp(one.code, route->before_split) == 0) {
                continue;
            }
            if (later->len > 1) {
                return NULL;
            }
            g_array_append_val(joined, one);
        }
    }
    return g_steal_pointer(&joined);
}

static gboolean subtract_joined(SpSplit *split, const GArray *joined, SpWeights *weights,
                                SpDay before)
{
    double total = 0.0;
    split->flat = g_new0(double, split->n);
    for (gsize i = 0; i < split->n; i++) {
        split->flat[i] = sp_persons_count(split->persons[i], NULL, NULL);
    }
    for (guint i = 0; i < joined->len; i++) {
        const Joined *one = &g_array_index(joined, Joined, i);
        const SpPersons *persons = before != 0 ? sp_weights_find(weights, one->code, before) : NULL;
        if (persons == NULL) {
            return FALSE;
        }
        split->flat[one->part] -= sp_persons_count(persons, NULL, NULL);
    }
    for (gsize i = 0; i < split->n; i++) {
        split->flat[i] = MAX(split->flat[i], 0.0);
        total += split->flat[i];
    }
    return total > 0.0;
}

static gboolean find_persons(SpSplit *split, const SpRegions *regions, const SpRoute *route,
                             SpWeights *weights)
{
    SpDay after = sp_weights_day_from(weights, route->split_day);
    double total = 0.0;
    for (guint i = 0; after != 0 && i < split->n; i++) {
        const char *part = g_ptr_array_index(route->at_split, i);
        if (sp_regions_is_valid(regions, part, after)) {
            split->persons[i] = sp_weights_find(weights, part, after);
        }
        if (split->persons[i] == NULL) {
            return FALSE;
        }
        total += sp_persons_count(split->persons[i], NULL, NULL);
    }
    return total > 0.0;
}

SpSplit *sp_split_new(const SpRegions *regions, const SpRoute *route, SpWeights *weights)
{
    g_autoptr(SpSplit) split = g_new0(SpSplit, 1);
    g_autoptr(GArray) joined = NULL;
    split->n = route->at_split->len;
    if (weights == NULL || route->before_split == NULL) {
        return NULL;
    }
    split->persons = g_new0(const SpPersons *, split->n);
    if (!find_persons(split, regions, route, weights)) {
        return NULL;
    }
    joined = find_joined(regions, route);
    if (joined == NULL ||
        (joined->len > 0 && !subtract_joined(split, joined, weights,
                                             sp_weights_day_before(weights, route->split_day)))) {
        return NULL;
    }
    return g_steal_pointer(&split);
}

static double read_weights(const SpSplit *split, const char *kjonn, const char *alder,
                           double weights[])
{
    double total = 0.0;
    for (gsize i = 0; i < split->n; i++) {
        weights[i] = split->flat != NULL ? split->flat[i]
                                         : sp_persons_count(split->persons[i], kjonn, alder);
        total += weights[i];
    }
    return total;
}

void sp_split_weights(const SpSplit *split, const char *kjonn, const char *alder, double weights[])
{
    if (read_weights(split, kjonn, alder, weights) <= 0.0 &&
        read_weights(split, kjonn, NULL, weights) <= 0.0) {
        read_weights(split, NULL, NULL, weights);
    }
}
