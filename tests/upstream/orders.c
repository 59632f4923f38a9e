/* Which faults a request gets: those ordered for its address, then those of its own header. */
#include "tests/upstream/state.h"

#include <string.h>

typedef struct {
    char *where;
    char *words;
    gint64 times; /* 0: always */
    gint64 used;
} Order;

static void order_free(gpointer data)
{
    Order *order = data;
    g_free(order->where);
    g_free(order->words);
    g_free(order);
}

GPtrArray *fake_orders_new(void)
{
    return g_ptr_array_new_with_free_func(order_free);
}

gboolean fake_upstream_fault(FakeUpstream *fake, const char *where, const char *words,
                             GError **error)
{
    FakeFaults faults = {0};
    gboolean is_right = fake_faults_parse(&faults, words, error);
    gint64 times = faults.times;
    fake_faults_clear(&faults);
    if (!is_right) {
        return FALSE;
    }
    Order *order = g_new0(Order, 1);
    *order = (Order){g_strdup(where), g_strdup(words), times, 0};
    pthread_mutex_lock(&fake->lock);
    g_ptr_array_add(fake->orders, order);
    pthread_mutex_unlock(&fake->lock);
    return TRUE;
}

void fake_upstream_heal(FakeUpstream *fake)
{
    pthread_mutex_lock(&fake->lock);
    g_ptr_array_set_size(fake->orders, 0);
    g_hash_table_remove_all(fake->header_uses);
    pthread_mutex_unlock(&fake->lock);
}

/* The same header on the same path is one order, so that "503 times=2" lets the third try through.
 */
static gboolean apply_header(FakeUpstream *fake, FakeRequest *request, GError **error)
{
    const char *words = fake_request_header(request, "x-fault");
    FakeFaults asked = {0};
    if (words == NULL) {
        return TRUE;
    }
    gboolean is_right = fake_faults_parse(&asked, words, error);
    gint64 times = asked.times;
    fake_faults_clear(&asked);
    if (!is_right) {
        return FALSE;
    }
    g_autofree char *key = g_strdup_printf("%s %s", words, request->path);
    guint used = GPOINTER_TO_UINT(g_hash_table_lookup(fake->header_uses, key));
    g_hash_table_insert(fake->header_uses, g_steal_pointer(&key), GUINT_TO_POINTER(used + 1));
    return (times > 0 && used >= times) || fake_faults_parse(&request->faults, words, error);
}

gboolean fake_orders_apply(FakeUpstream *fake, FakeRequest *request, GError **error)
{
    g_autofree char *line = g_strdup_printf("%s %s", request->method, request->uri);
    for (guint i = 0; i < fake->orders->len; i++) {
        Order *order = g_ptr_array_index(fake->orders, i);
        gboolean is_due = order->times == 0 || order->used < order->times;
        if (is_due && strstr(line, order->where) != NULL) {
            order->used++;
            if (!fake_faults_parse(&request->faults, order->words, error)) {
                return FALSE;
            }
        }
    }
    return apply_header(fake, request, error);
}
