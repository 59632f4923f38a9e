/* Names of elements and attributes. */
#include "extractors/iplos/names.h"

#include "core/error.h"

#include <string.h>

#define LIST "iplos_element"

/* "person/@kommune" and the like: longer ones than two names are in no list. */
enum { MAX_PATH = 160 };

static const struct {
    const char *word;
    IplosName is;
} words[] = {
    {"fil", {.kind = IPLOS_IS_FILE}},
    {"person", {.kind = IPLOS_IS_PERSON}},
    {"behov", {.kind = IPLOS_IS_NEED}},
    {"uformell", {.kind = IPLOS_IS_INFORMAL}},
    {"tjeneste", {.kind = IPLOS_IS_SERVICE}},
    {"samling", {.kind = IPLOS_IS_GROUP}},
    {"ignorer", {.kind = IPLOS_IS_IGNORED}},
    {"aar", {IPLOS_IS_FIELD, IPLOS_YEAR}},
    {"id", {IPLOS_IS_FIELD, IPLOS_ID}},
    {"kommune", {IPLOS_IS_FIELD, IPLOS_KOMMUNE}},
    {"bydel", {IPLOS_IS_FIELD, IPLOS_BYDEL}},
    {"foedselsaar", {IPLOS_IS_FIELD, IPLOS_BORN}},
    {"kjonn", {IPLOS_IS_FIELD, IPLOS_SEX}},
    {"husstand", {IPLOS_IS_FIELD, IPLOS_HOUSEHOLD}},
    {"doed", {IPLOS_IS_FIELD, IPLOS_DEATH}},
    {"behov_kode", {IPLOS_IS_FIELD, IPLOS_NEED_CODE}},
    {"behov_verdi", {IPLOS_IS_FIELD, IPLOS_NEED_SCORE}},
    {"uformell_timer", {IPLOS_IS_FIELD, IPLOS_INFORMAL_HOURS}},
    {"tjeneste_kode", {IPLOS_IS_FIELD, IPLOS_SERVICE_CODE}},
    {"fra", {IPLOS_IS_FIELD, IPLOS_FROM}},
    {"til", {IPLOS_IS_FIELD, IPLOS_TO}},
    {"timer", {IPLOS_IS_FIELD, IPLOS_HOURS}},
    {"timer_maaned", {IPLOS_IS_FIELD, IPLOS_MONTH_HOURS}},
    {"doegn", {IPLOS_IS_FIELD, IPLOS_DAYS}},
};

struct IplosNames {
    GHashTable *by_path; /* const char* -> const IplosName*, both borrowed */
};

static const IplosName *find_word(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(words[i].word, word) == 0) {
            return &words[i].is;
        }
    }
    return NULL;
}

IplosNames *iplos_names_new(const SpTables *lists, GError **error)
{
    g_autoptr(SpCodeList) list = sp_code_list_new(lists, LIST, NULL, 0, error);
    if (list == NULL) {
        return NULL;
    }
    g_autoptr(IplosNames) names = g_new0(IplosNames, 1);
    names->by_path = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < sp_code_list_size(list); i++) {
        const char *path = sp_code_list_text(list, i, "from");
        const IplosName *is = find_word(sp_code_list_text(list, i, "to"));
        if (is == NULL) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "config/codes/" LIST ".csv: \"%s\" is \"%s\", which the reader does not "
                         "know; its words are in docs/profiles/iplos.md",
                         path, sp_code_list_text(list, i, "to"));
            return NULL;
        }
        g_hash_table_insert(names->by_path, (gpointer)path, (gpointer)is);
    }
    return g_steal_pointer(&names);
}

void iplos_names_free(IplosNames *names)
{
    if (names != NULL) {
        g_hash_table_unref(names->by_path);
        g_free(names);
    }
}

const IplosName *iplos_names_element(const IplosNames *names, const char *name)
{
    return g_hash_table_lookup(names->by_path, name);
}

static const IplosName *find_path(const IplosNames *names, const char *form, const char *element,
                                  const char *part)
{
    char path[MAX_PATH];
    gsize size = g_strlcpy(path, element, sizeof path);
    size = size < sizeof path ? g_strlcat(path, form, sizeof path) : size;
    size = size < sizeof path ? g_strlcat(path, part, sizeof path) : size;
    return size < sizeof path ? g_hash_table_lookup(names->by_path, path) : NULL;
}

const IplosName *iplos_names_attribute(const IplosNames *names, const char *element,
                                       const char *attribute)
{
    return find_path(names, "/@", element, attribute);
}

const IplosName *iplos_names_child(const IplosNames *names, const char *element, const char *child)
{
    return find_path(names, "/", element, child);
}
