/* Who holds the positions of the simulated kommuner, and what a slip in the files is told as. */
#include "tests/check.h"
#include "tests/core/io/folder.h"

#include "pipeline/simulate/educations.h"

#define FOLDER SP_SOURCE_FOLDER "/config/simulate"

typedef struct {
    SpSimProfessions professions;
    SpSimEducations educations;
} Read;

static void read_clear(Read *read)
{
    sp_sim_educations_clear(&read->educations);
    sp_sim_professions_clear(&read->professions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Read, read_clear)

/* The professions' file with one text in it changed. */
static gboolean read_changed(void **state, const char *text, const char *to, Read *read,
                             GError **error)
{
    g_autofree char *path = path_in(state, "profesjoner.csv");
    g_autofree char *shipped = text_of(FOLDER "/profesjoner.csv");
    assert_has(shipped, text);
    g_autoptr(GString) changed = g_string_new(shipped);
    g_string_replace(changed, text, to, 1);
    put_text(path, changed->str);
    return sp_sim_professions_read(&read->professions, path, error) &&
           sp_sim_educations_read(&read->educations, &read->professions, FOLDER "/utdannede.csv",
                                  error);
}

static void assert_wrong(void **state, const char *to, const char *told)
{
    g_autoptr(GError) error = NULL;
    g_auto(Read) read = {{NULL, 0}, {NULL, 0}};
    assert_false(
        read_changed(state, "sykepleier:55 vernepleier:15 miljoeterapeut:30", to, &read, &error));
    assert_error(error, SP_ERROR_CONFIG, told);
}

static void every_position_is_held(void **state)
{
    g_autoptr(GError) error = NULL;
    g_auto(Read) read = {{NULL, 0}, {NULL, 0}};
    assert_true(read_changed(state, "sykepleier:55", "sykepleier:50 sykepleier:5", &read, &error));
    assert_no_error(error);
    for (guint i = 0; i < read.professions.n; i++) {
        double held = 0;
        for (guint k = 0; k < read.educations.n; k++) {
            held += read.educations.list[k].held[i];
        }
        assert_near(held, 1, 1e-12);
    }
}

static void percent_that_are_not_all_are_named(void **state)
{
    assert_wrong(state, "sykepleier:55 vernepleier:15", "column \"utdannede\" is");
    assert_wrong(state, "sykepleier:55 vernepleier:15 miljoeterapeut:3o",
                 "column \"utdannede\" is");
    assert_wrong(state, "sykepleier vernepleier", "whose sum is 100");
    assert_wrong(state, "sykepleier:70  vernepleier:30", "whose sum is 100");
}

static void who_is_no_row_holds_nothing(void **state)
{
    assert_wrong(state, "sykepleir:55 vernepleier:45", "rows hold 45 % of the positions of leder");
    assert_wrong(state, "", "rows hold 0 % of the positions of leder");
}

static void codes_of_statbank_are_whole_too(void **state)
{
    g_autoptr(GError) error = NULL;
    g_auto(Read) read = {{NULL, 0}, {NULL, 0}};
    assert_false(read_changed(state, "02a:30", "02a:20", &read, &error));
    assert_error(error, SP_ERROR_CONFIG, "profesjoner.csv: row 3: column \"utdanning14534\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_position_is_held),
        cmocka_unit_test(percent_that_are_not_all_are_named),
        cmocka_unit_test(who_is_no_row_holds_nothing),
        cmocka_unit_test(codes_of_statbank_are_whole_too),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
