/* What is in KLASS, as far as it is played: ids and names as seen (sources.md, 6.3). */
#include "tests/upstream/klass_data.h"

#include <string.h>

static const FakeClassification classifications[] = {
    {"104", "Standard for fylkesinndeling"},
    {"112", "Kodeliste for KOSTRA - kommunegruppering"},
    {"128", "Standard for sentralitet"},
    {"131", "Standard for kommuneinndeling"},
};

static const FakeCorrespondence correspondences[] = {
    {"1358", "KOSTRA - kommunegruppering 2024 - Kommuneinndeling 2024", "2024-01-01", "2026-01-01"},
    {"2840", "KOSTRA - kommunegruppering 2026 - Kommuneinndeling 2026", "2026-01-01", ""},
};

static const FakeKlassVersion versions[] = {
    {"683", "Yrkeskatalogen, basert på STYRK 98 2016-12", "2016-12-01",
     "2026-05-15T06:02:57.000+0000", "426"},
    {"1450", "KOSTRA - kommunegruppering 2020", "2020-01-01", "2020-12-01T08:00:00.000+0000",
     "978"},
};

static const FakeVersion groups[] = {
    {"EKG01", "KOSTRA-gruppe 1", "2020-01-01", "", ""},
    {"EKG02", "KOSTRA-gruppe 2", "2020-01-01", "", ""},
    {"EKG03", "KOSTRA-gruppe 3", "2020-01-01", "", ""},
    {"EKG04", "KOSTRA-gruppe 4", "2020-01-01", "", ""},
    {"EKG05", "KOSTRA-gruppe 5", "2020-01-01", "", ""},
    {"EKG06", "KOSTRA-gruppe 6", "2020-01-01", "", ""},
    {"EKG07", "KOSTRA-gruppe 7", "2020-01-01", "", ""},
    {"EKG08", "KOSTRA-gruppe 8", "2020-01-01", "", ""},
    {"EKG09", "KOSTRA-gruppe 9", "2020-01-01", "", ""},
    {"EKG10", "KOSTRA-gruppe 10", "2020-01-01", "", ""},
    {"EKG11", "KOSTRA-gruppe 11", "2020-01-01", "", ""},
    {"EKG12", "KOSTRA-gruppe 12", "2020-01-01", "", ""},
    {"EKG13", "KOSTRA-gruppe 13", "2020-01-01", "", ""},
    {"EKG14", "KOSTRA-gruppe 14", "2020-01-01", "", ""},
    {"EKG15", "KOSTRA-gruppe 15", "2020-01-01", "", ""},
    {"EKG16", "KOSTRA-gruppe 16", "2020-01-01", "", ""},
    {"EKG17", "KOSTRA-gruppe 17", "2020-01-01", "", ""},
};

/* Six classes, 1 the most central; codes and names from memory (sources.md, 6.3). */
static const FakeVersion classes[] = {
    {"1", "Sentralitet 1 (mest sentrale)", "2020-01-01", "", ""},
    {"2", "Sentralitet 2", "2020-01-01", "", ""},
    {"3", "Sentralitet 3", "2020-01-01", "", ""},
    {"4", "Sentralitet 4", "2020-01-01", "", ""},
    {"5", "Sentralitet 5", "2020-01-01", "", ""},
    {"6", "Sentralitet 6 (minst sentrale)", "2020-01-01", "", ""},
};

const FakeVersion *fake_klass_class(const FakeVersion *kommune)
{
    guint64 hash = fake_mix(fake_seed(kommune->code), 128);
    gboolean is_oslo = strcmp(kommune->code, "0301") == 0;
    return &classes[is_oslo ? 0 : 1 + hash % (G_N_ELEMENTS(classes) - 1)];
}

const FakeClassification *fake_klass_at(gsize i)
{
    return i < G_N_ELEMENTS(classifications) ? &classifications[i] : NULL;
}

const FakeClassification *fake_klass_find(const char *id)
{
    for (gsize i = 0; i < G_N_ELEMENTS(classifications); i++) {
        if (strcmp(classifications[i].id, id) == 0) {
            return &classifications[i];
        }
    }
    return NULL;
}

GPtrArray *fake_klass_versions(const FakeCountry *country, const char *id)
{
    if (strcmp(id, "131") == 0) {
        return g_ptr_array_ref(country->versions);
    }
    if (strcmp(id, "104") == 0) {
        return g_ptr_array_ref(country->fylke_versions);
    }
    gboolean is_classes = strcmp(id, "128") == 0;
    const FakeVersion *from = is_classes ? classes : groups;
    gsize n = is_classes ? G_N_ELEMENTS(classes) : G_N_ELEMENTS(groups);
    GPtrArray *all = g_ptr_array_new();
    for (gsize i = 0; i < n; i++) {
        g_ptr_array_add(all, (gpointer)&from[i]);
    }
    return all;
}

const FakeCorrespondence *fake_klass_correspondence_at(gsize i)
{
    return i < G_N_ELEMENTS(correspondences) ? &correspondences[i] : NULL;
}

const FakeKlassVersion *fake_klass_version_find(const char *id)
{
    for (gsize i = 0; i < G_N_ELEMENTS(versions); i++) {
        if (strcmp(versions[i].id, id) == 0) {
            return &versions[i];
        }
    }
    return NULL;
}
