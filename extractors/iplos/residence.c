/* The last kommune of each person. Keys are kept whole, so that two persons are never one. */
#include "extractors/iplos/residence.h"

#include "core/codes.h"

#include <string.h>

struct IplosResidence {
    SpCodes *keys;
    GArray *residents; /* IplosResident, by number of the key */
};

IplosResidence *iplos_residence_new(void)
{
    IplosResidence *residence = g_new0(IplosResidence, 1);
    residence->keys = sp_codes_new();
    residence->residents = g_array_new(FALSE, TRUE, sizeof(IplosResident));
    return residence;
}

void iplos_residence_free(IplosResidence *residence)
{
    if (residence != NULL) {
        sp_codes_unref(residence->keys);
        g_array_unref(residence->residents);
        g_free(residence);
    }
}

static void keep(char *to, gsize room, const IplosText *text)
{
    if (text->size < room) {
        memcpy(to, text->text, text->size);
        to[text->size] = '\0';
    }
}

static gboolean is_valid(const IplosResident *resident)
{
    return strlen(resident->kommune) == 4 && strspn(resident->kommune, "0123456789") == 4;
}

static gboolean is_later(const IplosResident *one, const IplosResident *other)
{
    if (is_valid(one) != is_valid(other)) {
        return is_valid(one);
    }
    if (one->to != other->to) {
        return one->to > other->to;
    }
    return one->from >= other->from;
}

void iplos_residence_add(IplosResidence *residence, const IplosPerson *person)
{
    const IplosText *key = &person->fields[IPLOS_ID];
    if (key->size == 0) {
        return; /* the sink tells of it with the person's other rows */
    }
    IplosResident now = {.need = iplos_person_need(person), .number = person->number};
    keep(now.kommune, sizeof now.kommune, &person->fields[IPLOS_KOMMUNE]);
    keep(now.bydel, sizeof now.bydel, &person->fields[IPLOS_BYDEL]);
    keep(now.born, sizeof now.born, &person->fields[IPLOS_BORN]);
    keep(now.sex, sizeof now.sex, &person->fields[IPLOS_SEX]);
    keep(now.household, sizeof now.household, &person->fields[IPLOS_HOUSEHOLD]);
    for (guint i = 0; i < person->n_services; i++) {
        const IplosService *service = &person->services[i];
        SpDay to = MIN(service->to, person->year->last);
        now.is_running |= iplos_service_is_running(service, person->year);
        if (to > now.to || (to == now.to && service->from > now.from)) {
            now.to = to;
            now.from = service->from;
        }
    }
    guint32 number = sp_codes_add_sized(residence->keys, key->text, key->size);
    if (number == residence->residents->len) {
        g_array_append_val(residence->residents, now);
        return;
    }
    IplosResident *before = &g_array_index(residence->residents, IplosResident, number);
    gboolean is_running = now.is_running || before->is_running;
    if (is_later(&now, before)) {
        *before = now;
    }
    before->is_running = is_running;
}

gsize iplos_residence_size(const IplosResidence *residence)
{
    return residence->residents->len;
}

const IplosResident *iplos_residence_at(const IplosResidence *residence, gsize i, const char **key)
{
    *key = sp_codes_text(residence->keys, (guint32)i);
    return &g_array_index(residence->residents, IplosResident, i);
}
