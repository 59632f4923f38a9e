/* Tariffs as numbers of eight bytes in a table of open addressing. */
#include "extractors/kpr/tariffs.h"

#include "core/error.h"
#include "core/number.h"
#include "core/code_list.h"

#include <string.h>

#define TARIFFS "kpr_takst"
#define TYPES "kpr_kontakttype"
#define EXTRA "tillegg"

/* The table is at most half full, so a search ends soon. */
enum { MAX_TARIFFS = 4096, N_SLOTS = 2 * MAX_TARIFFS, MAX_CODE = 8, MAX_TYPES = 64 };
/* Place in the order of a tariff that gives no type. */
enum { NO_TYPE = MAX_TYPES };

typedef struct {
    guint64 code; /* 0: free */
    SpDay first;
    SpDay last;
    guint8 place;
} Slot;

struct KprTariffs {
    const char *types[MAX_TYPES]; /* by place in the order; NULL: none there */
    guint n_tariffs;
    Slot slots[N_SLOTS];
};

/* Small letters in the bytes of a number; 0 if it is no code. */
static guint64 pack(const char *text, gsize size)
{
    guint64 code = 0;
    if (size > MAX_CODE) {
        return 0;
    }
    for (gsize i = 0; i < size; i++) {
        if (!g_ascii_isalnum(text[i])) {
            return 0;
        }
        code = code << 8 | (guint8)g_ascii_tolower(text[i]);
    }
    return code;
}

/* Knuth's multiplicative hash; the high bits are the well mixed ones. */
static gsize slot_of(guint64 code)
{
    return (gsize)((code * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) >> 40) % N_SLOTS;
}

/* A year or a day, its first or last day; 0 when the column is empty. */
static gboolean read_day(const SpTable *table, gsize row, const char *column, gboolean is_last,
                         SpDay *day, GError **error)
{
    gsize at = sp_table_find(table, column);
    const char *text = at == SP_NO_COLUMN ? "" : sp_table_code(table, row, at);
    SpPeriod period;
    *day = is_last ? G_MAXINT32 : 0;
    if (text[0] == '\0') {
        return TRUE;
    }
    if (!sp_period_parse(text, &period)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "config/codes/" TARIFFS ".csv: \"%s\" in column %s: want a year, a day "
                            "or nothing",
                            text, column);
    }
    *day = is_last ? period.last : period.first;
    return TRUE;
}

static gboolean read_types(KprTariffs *tariffs, const SpTable *table, gsize from, gsize to,
                           GError **error)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *text = sp_table_code(table, row, to);
        gint64 place = 0;
        if (!sp_number_parse_int(text, strlen(text), &place) || place < 1 || place >= MAX_TYPES ||
            tariffs->types[place] != NULL) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/codes/" TYPES ".csv: %s has the place \"%s\"; want a "
                                "number from 1 to %d that no other type has",
                                sp_table_code(table, row, from), text, MAX_TYPES - 1);
        }
        tariffs->types[place] = sp_table_code(table, row, from);
    }
    return TRUE;
}

static gboolean find_place(const KprTariffs *tariffs, const char *type, guint8 *place)
{
    for (guint i = 1; i < MAX_TYPES; i++) {
        if (tariffs->types[i] != NULL && strcmp(tariffs->types[i], type) == 0) {
            *place = (guint8)i;
            return TRUE;
        }
    }
    *place = NO_TYPE;
    return strcmp(type, EXTRA) == 0;
}

/* Rows of one code follow each other in the table; their days must not overlap. */
static gboolean add(KprTariffs *tariffs, const Slot *slot, const char *code, GError **error)
{
    gsize i = slot_of(slot->code);
    if (++tariffs->n_tariffs > MAX_TARIFFS) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "config/codes/" TARIFFS ".csv has more than %d rows", MAX_TARIFFS);
    }
    for (; tariffs->slots[i].code != 0; i = (i + 1) % N_SLOTS) {
        const Slot *other = &tariffs->slots[i];
        if (other->code == slot->code && slot->first <= other->last && other->first <= slot->last) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/codes/" TARIFFS ".csv: \"%s\" stands twice for one day; "
                                "remove one row or part their days (fra, til)",
                                code);
        }
    }
    tariffs->slots[i] = *slot;
    return TRUE;
}

static gboolean read_tariffs(KprTariffs *tariffs, const SpTable *table, gsize from, gsize to,
                             GError **error)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *code = sp_table_code(table, row, from);
        const char *type = sp_table_code(table, row, to);
        Slot slot = {.code = pack(code, strlen(code))};
        if (slot.code == 0 || !find_place(tariffs, type, &slot.place)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/codes/" TARIFFS ".csv: \"%s\" is \"%s\"; want a tariff of "
                                "at most %d letters and digits, and a type of " TYPES
                                ".csv or " EXTRA,
                                code, type, MAX_CODE);
        }
        if (!read_day(table, row, "fra", FALSE, &slot.first, error) ||
            !read_day(table, row, "til", TRUE, &slot.last, error) ||
            !add(tariffs, &slot, code, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

KprTariffs *kpr_tariffs_new(const SpTables *lists, GError **error)
{
    typedef gboolean (*Read)(KprTariffs *, const SpTable *, gsize, gsize, GError **);
    static const struct {
        const char *list;
        Read read;
    } parts[] = {{TYPES, read_types}, {TARIFFS, read_tariffs}};
    g_autoptr(KprTariffs) tariffs = g_new0(KprTariffs, 1);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        const SpTable *table = sp_code_list_table(lists, parts[i].list, NULL, error);
        if (table == NULL) {
            return NULL;
        }
        gsize from = sp_table_find(table, "from");
        gsize to = sp_table_find(table, "to");
        if (!parts[i].read(tariffs, table, from, to, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&tariffs);
}

void kpr_tariffs_free(KprTariffs *tariffs)
{
    g_free(tariffs);
}

/* NULL when the tariff is not in the list that day. */
static const Slot *find(const KprTariffs *tariffs, guint64 code, SpDay day)
{
    for (gsize i = slot_of(code); code != 0 && tariffs->slots[i].code != 0; i = (i + 1) % N_SLOTS) {
        const Slot *slot = &tariffs->slots[i];
        if (slot->code == code && slot->first <= day && day <= slot->last) {
            return slot;
        }
    }
    return NULL;
}

static gboolean is_separator(char c)
{
    return c == ' ' || c == ',' || c == '\t';
}

KprContact kpr_tariffs_read(const KprTariffs *tariffs, const SpField *field, SpDay day)
{
    KprContact contact = {0};
    guint8 first = NO_TYPE;
    const char *end = field->text + field->size;
    for (const char *at = field->text; at < end;) {
        const char *start = at;
        while (at < end && !is_separator(*at)) {
            at++;
        }
        if (at > start) {
            const Slot *slot = find(tariffs, pack(start, (gsize)(at - start)), day);
            contact.n++;
            contact.n_unknown += slot == NULL ? 1 : 0;
            first = slot != NULL && slot->place < first ? slot->place : first;
        }
        at++;
    }
    contact.type = first < NO_TYPE ? tariffs->types[first] : NULL;
    return contact;
}
