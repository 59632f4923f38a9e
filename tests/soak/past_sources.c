/* Files that pasts are made from. */
#include "past.h"

#include "tests/transforms/project/fixture.h"

/* Least persons of the classes of centrality but the last: size stands in for distance. */
static const double class_from[] = {200000, 50000, 20000, 9000, 4000};

static void read_kommune(char *const cells[], PastKommune *kommune)
{
    gsize class = 0;
    g_strlcpy(kommune->code, cells[0], sizeof kommune->code);
    g_strlcpy(kommune->fylke, cells[0], 3);
    g_strlcpy(kommune->market_code, cells[2], sizeof kommune->market_code);
    kommune->size = fixture_number(cells[1]);
    while (class < G_N_ELEMENTS(class_from) && kommune->size < class_from[class]) {
        class ++;
    }
    g_snprintf(kommune->centrality, sizeof kommune->centrality, "S%u", (guint) class + 1);
}

static void read_use(double use[PAST_SERVICES][SP_N_AGES])
{
    g_autoptr(GPtrArray) rows = fixture_rows(SP_SOURCE_FOLDER, "config/bruk.csv");
    for (guint i = 0; i < rows->len; i++) {
        char *const *row = rows->pdata[i];
        for (gsize k = 0; k < PAST_SERVICES; k++) {
            gsize last = MIN((gsize)fixture_number(row[3]), (gsize)SP_N_AGES - 1);
            for (gsize age = (gsize)fixture_number(row[2]);
                 strcmp(row[0], past_services[k]) == 0 && age <= last; age++) {
                use[k][age] = fixture_number(row[4]);
            }
        }
    }
}

void past_sources_read(PastSources *sources)
{
    g_autoptr(GPtrArray) kommuner = fixture_rows(SP_SOURCE_FOLDER, "config/simulate/kommuner.csv");
    g_autoptr(GPtrArray) pyramid = fixture_rows(SP_SOURCE_FOLDER, "config/simulate/pyramide.csv");
    *sources = (PastSources){.n_kommuner = kommuner->len};
    sources->kommuner = g_new0(PastKommune, kommuner->len);
    for (guint i = 0; i < kommuner->len; i++) {
        read_kommune(kommuner->pdata[i], &sources->kommuner[i]);
    }
    for (guint age = 0; age < SP_N_AGES && age < pyramid->len; age++) {
        char *const *row = pyramid->pdata[age];
        sources->pyramid[SP_MEN][age] = fixture_number(row[1]);
        sources->pyramid[SP_WOMEN][age] = fixture_number(row[2]);
    }
    read_use(sources->use);
}

void past_sources_clear(PastSources *sources)
{
    g_clear_pointer(&sources->kommuner, g_free);
}
