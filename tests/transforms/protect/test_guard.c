/* What is guarded, while one column after the other is shown. */
#include "tests/check.h"
#include "transforms/protect/guard.h"

enum { ROWS = 5 };

typedef struct {
    SpGuard *guard;
    SpElimination *shown;
    GArray *told;
} Setting;

static void setting_clear(Setting *setting)
{
    sp_guard_free(setting->guard);
    sp_elimination_free(setting->shown);
    g_array_unref(setting->told);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Setting, setting_clear)

/* Where a column lies. */
typedef struct {
    guint32 row[ROWS];
    guint64 value[ROWS];
} Room;

static SpSparse sparse(Room *room, const guint64 values[ROWS])
{
    SpSparse column = {.row = room->row, .value = room->value};
    for (guint32 row = 0; row < ROWS; row++) {
        if (values[row] != 0) {
            room->row[column.n] = row;
            room->value[column.n++] = values[row];
        }
    }
    return column;
}

static void add(Setting *setting, guint32 name, const guint64 values[ROWS])
{
    Room room;
    const SpSparse column = sparse(&room, values);
    sp_guard_add(setting->guard, &column, name);
}

/* a is the first row, twice it is b, c the sum of the second and the third. */
static void setting_init(Setting *setting)
{
    *setting = (Setting){sp_guard_new(ROWS), sp_elimination_new(ROWS),
                         g_array_new(FALSE, FALSE, sizeof(guint32))};
    add(setting, 'a', (guint64[ROWS]){1});
    add(setting, 'b', (guint64[ROWS]){2});
    add(setting, 'c', (guint64[ROWS]){0, 1, 1});
}

static gboolean gives_away(const Setting *setting, const guint64 values[ROWS])
{
    Room room;
    const SpSparse column = sparse(&room, values);
    return sp_guard_gives_away(setting->guard, &column);
}

static gboolean is_known(const Setting *setting, const guint64 values[ROWS])
{
    Room room;
    const SpSparse column = sparse(&room, values);
    return sp_guard_is_known(setting->guard, &column);
}

/* The names that are told by it, in the order of the alphabet. */
static const char *show(Setting *setting, const guint64 values[ROWS])
{
    static char names[ROWS + 1];
    Room room;
    const SpSparse column = sparse(&room, values);
    SpSparse rest = sp_elimination_reduce(setting->shown, &column);
    const guint32 row = rest.row[0];
    g_array_set_size(setting->told, 0);
    sp_guard_show(setting->guard, sp_elimination_accept(setting->shown, &rest, 0), row,
                  setting->told);
    memset(names, 0, sizeof names);
    for (guint i = 0; i < setting->told->len; i++) {
        guint at = i;
        for (; at > 0 && names[at - 1] > (char)g_array_index(setting->told, guint32, i); at--) {
            names[at] = names[at - 1];
        }
        names[at] = (char)g_array_index(setting->told, guint32, i);
    }
    return names;
}

static void a_multiple_gives_away_and_a_sum_with_another_does_not(void **state)
{
    g_auto(Setting) setting;
    (void)state;
    setting_init(&setting);
    assert_true(gives_away(&setting, (guint64[ROWS]){3}));
    assert_true(gives_away(&setting, (guint64[ROWS]){0, 7, 7}));
    assert_false(gives_away(&setting, (guint64[ROWS]){1, 1}));
    assert_false(gives_away(&setting, (guint64[ROWS]){0, 1, 2}));
    assert_false(gives_away(&setting, (guint64[ROWS]){0, 0, 0, 1}));
}

static void the_rest_of_a_shown_sum_gives_away(void **state)
{
    g_auto(Setting) setting;
    (void)state;
    setting_init(&setting);
    assert_string_equal(show(&setting, (guint64[ROWS]){1, 1, 0, 1}), "");
    assert_false(gives_away(&setting, (guint64[ROWS]){0, 1}));
    assert_string_equal(show(&setting, (guint64[ROWS]){0, 0, 0, 1}), "");
    assert_true(gives_away(&setting, (guint64[ROWS]){0, 1}));
    assert_true(gives_away(&setting, (guint64[ROWS]){5, 1, 0, 1})); /* not reduced */
    assert_true(is_known(&setting, (guint64[ROWS]){2, 2, 0, 3}));
    assert_false(is_known(&setting, (guint64[ROWS]){2, 1, 0, 3}));
}

static void columns_are_told_when_they_follow_and_once(void **state)
{
    g_auto(Setting) setting;
    (void)state;
    setting_init(&setting);
    assert_string_equal(show(&setting, (guint64[ROWS]){1, 1}), "");
    assert_string_equal(show(&setting, (guint64[ROWS]){0, 1}), "ab");
    assert_string_equal(show(&setting, (guint64[ROWS]){1, 1, 1, 0, 1}), "");
    assert_string_equal(show(&setting, (guint64[ROWS]){0, 0, 0, 1, 1}), "");
    assert_true(gives_away(&setting, (guint64[ROWS]){0, 0, 0, 1}));
    assert_string_equal(show(&setting, (guint64[ROWS]){0, 0, 0, 1}), "c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_multiple_gives_away_and_a_sum_with_another_does_not),
        cmocka_unit_test(the_rest_of_a_shown_sum_gives_away),
        cmocka_unit_test(columns_are_told_when_they_follow_and_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
