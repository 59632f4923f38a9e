/* The made-up country. */
#include "tests/pipeline/mini.h"

#include "tests/check.h"

#include "core/hash.h"
#include "core/io/files.h"

#include <sys/wait.h>

enum { FIRST_YEAR = 2022, N_YEARS = 4, N_AGES = 106 };

/* The key of every such country, which signs nothing else: editions are the same in all. */
static const char signing_key[] = "untrusted comment: a key for tests\n"
                                  "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                                  "AAAAAAAAwPuEtYYE4cqWSqu1E55GOTk"
                                  "gWRzn/u8r2qR6DoDriOIUsqtRMXAMUzwnhNrh/"
                                  "WDz3cfXDUElOi0oUYWdYFPLGvWgQCfns534AAAAAAAAAAAAAAAAAAAAAAAA"
                                  "AAAAAAAAAAAAAAAAAAA=\n";

static const char *const codes[] = {"0301", "1103", "1507", "1508", "1580"};

/* Cells on their way into JSON-stat. */
typedef struct {
    GString *values, *status;
    guint n;
} Cells;

/* Persons by a smooth rule, larger in Oslo; NULL outside a kommune's lifetime. */
static void add_cell(Cells *cells, const char *code, int sex, int age, int year)
{
    gboolean is_old = strcmp(code, "1507") == 0;
    gboolean is_new = strcmp(code, "1508") == 0 || strcmp(code, "1580") == 0;
    if ((is_old && year >= 2024) || (is_new && year < 2024)) {
        g_string_append_printf(cells->values, "%snull", cells->n > 0 ? "," : "");
        g_string_append_printf(cells->status, "%s\"%u\":\".\"", cells->status->len > 0 ? "," : "",
                               cells->n);
    } else {
        int size = strcmp(code, "0301") == 0   ? 900
                   : strcmp(code, "1103") == 0 ? 300
                   : is_old                    ? 120
                   : strcmp(code, "1508") == 0 ? 100
                                               : 20;
        int persons = age < 60 ? size : size * (105 - age) / 50;
        g_string_append_printf(cells->values, "%s%d", cells->n > 0 ? "," : "",
                               persons + (persons > 0 ? (age + sex + year) % 3 : 0));
    }
    cells->n++;
}

static void write_population(const Mini *mini)
{
    g_autoptr(GString) values = g_string_new(NULL);
    g_autoptr(GString) status = g_string_new(NULL);
    Cells cells = {values, status, 0};
    for (gsize code = 0; code < G_N_ELEMENTS(codes); code++) {
        for (int sex = 2; sex >= 1; sex--) {
            for (int age = 0; age < N_AGES; age++) {
                for (int year = FIRST_YEAR; year < FIRST_YEAR + N_YEARS; year++) {
                    add_cell(&cells, codes[code], sex, age, year);
                }
            }
        }
    }
    g_autoptr(GString) ages = g_string_new(NULL);
    for (int age = 0; age < N_AGES; age++) {
        g_string_append_printf(ages, "%s\"%03d%s\":%d", age > 0 ? "," : "", age,
                               age == N_AGES - 1 ? "+" : "", age);
    }
    g_autofree char *text = g_strdup_printf(
        "{\"version\":\"2.0\",\"class\":\"dataset\",\"label\":\"07459: Befolkning\","
        "\"updated\":\"2025-02-25T07:00:00Z\","
        "\"id\":[\"Region\",\"Kjonn\",\"Alder\",\"ContentsCode\",\"Tid\"],\"size\":"
        "[5,2,106,1,4],\"dimension\":{"
        "\"Region\":{\"category\":{\"index\":{\"0301\":0,\"1103\":1,\"1507\":2,"
        "\"1508\":3,\"1580\":4}}},"
        "\"Kjonn\":{\"category\":{\"index\":{\"2\":0,\"1\":1}}},\"Alder\":{"
        "\"category\":{\"index\":{%s}}},"
        "\"ContentsCode\":{\"category\":{\"index\":{\"Personer1\":0}}},"
        "\"Tid\":{\"category\":{\"index\":{\"2022\":0,\"2023\":1,\"2024\":2,"
        "\"2025\":3}}}},\"value\":[%s],\"status\":{%s}}\n",
        ages->str, values->str, status->str);
    mini_write(mini, "07459.json", text);
}

static void write_rates(const Mini *mini)
{
    g_autoptr(GString) deaths = g_string_new("aar,alder,kjonn,middelfolkemengde,dode,dodsrate\n");
    g_autoptr(GString) births = g_string_new("aar,alder,fruktbarhetsrate\n");
    for (int year = 2007; year <= 2023; year++) {
        for (int age = 0; age <= 110; age++) {
            for (int sex = 0; sex < 2; sex++) {
                double rate = MIN(0.7, (sex == 0 ? 0.00004 : 0.00006) * exp(0.095 * age) *
                                           exp(-0.015 * (year - 2007)));
                int exposure = age < 90 ? 30000 : 3000;
                g_string_append_printf(deaths, "%d,%d,%s,%d,%.0f,%.6f\n", year, age,
                                       sex == 0 ? "Female" : "Male", exposure, rate * exposure,
                                       rate);
            }
        }
        for (int age = 15; age <= 45; age++) {
            g_string_append_printf(births, "%d,%d,%.5f\n", year, age,
                                   0.1 * exp(-0.5 * pow((age - 30) / 5.5, 2)));
        }
    }
    mini_write(mini, "doedelighet.csv", deaths->str);
    mini_write(mini, "fruktbarhet.csv", births->str);
}

static void write_others(const Mini *mini)
{
    mini_write(mini, "kommuner.json",
               "{\"codes\":[{\"code\":\"0301\",\"parentCode\":null,\"level\":\"1\",\"name\":"
               "\"Oslo\"},{\"code\":\"1103\",\"parentCode\":null,"
               "\"level\":\"1\",\"name\":\"Stavanger\"},{\"code\":\"1508\",\"parentCode\":null,"
               "\"level\":\"1\",\"name\":\"Ålesund\"},"
               "{\"code\":\"1580\",\"parentCode\":null,\"level\":\"1\",\"name\":\"Haram\"},{"
               "\"code\":\"9999\",\"parentCode\":null,\"level\":\"1\","
               "\"name\":\"Uoppgitt\"}]}\n");
    mini_write(mini, "endringer.json",
               "{\"codeChanges\":[{\"oldCode\":\"1507\",\"oldName\":\"Ålesund\",\"newCode\":"
               "\"1508\",\"newName\":\"Ålesund\",\"changeOccurred\":"
               "\"2024-01-01\"},{\"oldCode\":\"1507\",\"oldName\":\"Ålesund\",\"newCode\":\"1580\","
               "\"newName\":\"Haram\",\"changeOccurred\":"
               "\"2024-01-01\"}]}\n");
    mini_write(mini, "grupper.json",
               "{\"correspondenceItems\":[{\"sourceCode\":\"EKG13\",\"targetCode\":\"0301\"},"
               "{\"sourceCode\":\"EKG12\",\"targetCode\":\"1103\"},{\"sourceCode\":\"11\","
               "\"targetCode\":\"1508\"},{\"sourceCode\":\"5\",\"targetCode\":\"1580\"}]}");
    mini_write(
        mini, "sentralitet.xml",
        "<correspondenceItemList><correspondenceItem><sourceCode>1</sourceCode><targetCode>0301"
        "</targetCode></correspondenceItem><correspondenceItem><sourceCode>2</sourceCode>"
        "<targetCode>1103</targetCode></correspondenceItem><correspondenceItem><sourceCode>02"
        "</sourceCode><targetCode>1508</targetCode></correspondenceItem><correspondenceItem>"
        "<sourceCode>4</sourceCode><targetCode>1580</targetCode></correspondenceItem>"
        "</correspondenceItemList>");
    mini_write(mini, "omsorg.csv",
               "kommunenummer,aar,hjemmetjenestebrukere,hjemmetjenestebrukere_80p,bolig_heldoegn,"
               "institusjon,institusjon_80p,"
               "sykepleier_aarsverk_avtalt\n"
               "0301,2023,1600,700,90,400,300,250.5\n1103,2023,500,220,40,120,95,80\n1508,2023,210,"
               "90,12,60,41,30.25\n1580,2023,40,21,3,15,12,6\n");
}

static void write_configuration(const Mini *mini)
{
    g_autofree char *fylker = g_build_filename(mini->data, "fylker.csv", NULL);
    assert_true(
        g_file_set_contents(fylker,
                            "fylke,navn,mappe,embete\n"
                            "03,Oslo,fylke-03-oslo,oestfold-buskerud-oslo-og-akershus\n"
                            "11,Rogaland,fylke-11-rogaland,rogaland\n"
                            "15,Møre og Romsdal,fylke-15-moere-og-romsdal,moere-og-romsdal\n"
                            "0,Norge,nasjonal,nasjonal\n",
                            -1, NULL));
    assert_true(g_file_set_contents(
        mini->conf,
        "[fetch]\ndatasets = klass/kommuner, klass/endringer, klass/kostragrupper, "
        "klass/sentralitet, "
        "ssb/folkemengde, tabular/doedelighet, tabular/fruktbarhet, "
        "tabular/brukere, tabular/aarsverk\n[project]\nhorizon = 2028\n[package]\ncharts = "
        "no\nformats = xlsx, html, dcat, lesmeg\n"
        "[klass/kommuner]\ntitle = Prøve\npublisher = Ingen\nlicence = CC0\nurl = "
        "extracts/kommuner.json\nupdated = "
        "2025-01-01\n[klass/endringer]\ntitle = Prøve\npublisher = Ingen\nlicence = CC0\nurl = "
        "extracts/endringer.json\nupdated = 2024-01-01\n"
        "[klass/kostragrupper]\nurl = extracts/grupper.json\nupdated = 2024-01-01\n"
        "[klass/sentralitet]\nurl = extracts/sentralitet.xml\nupdated = 2024-01-01\n"
        "[ssb/folkemengde]\ntitle = Prøve\npublisher = "
        "Ingen\nlicence = CC0\nurl = extracts/07459.json\n"
        "[tabular/doedelighet]\ntitle = Prøve\npublisher = Ingen\nlicence = CC0\nurl = "
        "extracts/doedelighet.csv\nlayout = doedelighet\nupdated = "
        "2024-08-01\n"
        "[tabular/fruktbarhet]\ntitle = Prøve\npublisher = Ingen\nlicence = CC0\nurl = "
        "extracts/fruktbarhet.csv\nlayout = fruktbarhet\nupdated = "
        "2024-08-01\n"
        "[tabular/brukere]\ntitle = Prøve\npublisher = Ingen\nlicence = CC0\nurl = "
        "extracts/omsorg.csv\nlayout = brukere\nupdated = 2024-06-15\n"
        "[tabular/aarsverk]\ntitle = Prøve\npublisher = Ingen\nlicence = CC0\nurl = "
        "extracts/omsorg.csv\nlayout = aarsverk\nupdated = 2024-06-15\n",
        -1, NULL));
}

static void write_key(const Mini *mini)
{
    g_autofree char *path = g_strconcat(mini->workspace, ".sign.key", NULL);
    assert_true(sp_file_write(path, signing_key, strlen(signing_key), SP_MODE_PRIVATE_FILE, NULL));
}

/* With modes, times and links. */
static void copy_folder(const char *from, const char *to)
{
    const char *arguments[] = {"cp", "-a", from, to, NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                             NULL, &status, NULL));
    assert_int_equal(status, 0);
}

/* Where its parts lie; takes `folder`. */
static Mini *mini_at(char *folder)
{
    Mini *mini = g_new0(Mini, 1);
    assert_non_null(folder);
    mini->folder = folder;
    mini->extracts = g_build_filename(mini->folder, "extracts", NULL);
    mini->data = g_build_filename(mini->folder, "data", NULL);
    mini->conf = g_build_filename(mini->folder, "mini.conf", NULL);
    mini->workspace = g_build_filename(mini->folder, "workspace", NULL);
    return mini;
}

Mini *mini_new(void)
{
    Mini *mini = mini_at(g_dir_make_tmp("statpakke-XXXXXX", NULL));
    assert_int_equal(g_mkdir(mini->extracts, 0700), 0);
    copy_folder(SP_SOURCE_FOLDER "/config", mini->data);
    write_population(mini);
    write_rates(mini);
    write_others(mini);
    write_configuration(mini);
    write_key(mini);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-init", "--config", mini->conf, NULL);
    assert_string_equal(made.err, "");
    assert_int_equal(made.status, 0);
    return mini;
}

/* The country after its first night, as it lay in `first_folder`. */
static char *first_folder, *kept_folder;

static void forget_first_night(void)
{
    (void)sp_folder_remove(kept_folder, NULL);
    g_free(first_folder);
    g_free(kept_folder);
}

Mini *mini_with_edition(void)
{
    if (kept_folder != NULL) {
        (void)sp_folder_remove(first_folder, NULL); /* of a test that failed */
        copy_folder(kept_folder, first_folder);
        return mini_at(g_strdup(first_folder));
    }
    Mini *mini = mini_new();
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    first_folder = g_strdup(mini->folder);
    kept_folder = g_strconcat(first_folder, ".kept", NULL);
    atexit(forget_first_night);
    copy_folder(first_folder, kept_folder);
    return mini;
}

void mini_free(Mini *mini)
{
    if (mini == NULL) {
        return;
    }
    (void)sp_folder_remove(mini->folder, NULL);
    g_free(mini->folder);
    g_free(mini->extracts);
    g_free(mini->data);
    g_free(mini->conf);
    g_free(mini->workspace);
    g_free(mini);
}

void result_clear(Result *result)
{
    g_clear_pointer(&result->out, g_free);
    g_clear_pointer(&result->err, g_free);
}

Result mini_run(const Mini *mini, const char *const *environment, const char *name, ...)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(arguments, g_build_filename(g_getenv("SP_BIN"), name, NULL));
    g_ptr_array_add(arguments, g_strdup_printf("--workspace=%s", mini->workspace));
    g_ptr_array_add(arguments, g_strdup("--now=2025-03-01T03:00:00Z"));
    va_list more;
    va_start(more, name);
    for (const char *argument = va_arg(more, const char *); argument != NULL;
         argument = va_arg(more, const char *)) {
        g_ptr_array_add(arguments, g_strdup(argument));
    }
    va_end(more);
    g_ptr_array_add(arguments, NULL);
    g_auto(GStrv) whole = g_get_environ();
    whole = g_environ_setenv(whole, "STATPAKKE_DATA", mini->data, TRUE);
    for (; environment != NULL && *environment != NULL; environment++) {
        g_auto(GStrv) pair = g_strsplit(*environment, "=", 2);
        whole = g_environ_setenv(whole, pair[0], pair[1], TRUE);
    }
    Result result = {0};
    g_autoptr(GError) error = NULL;
    int status = 0;
    (void)g_spawn_sync(NULL, (char **)arguments->pdata, whole, G_SPAWN_SEARCH_PATH, NULL, NULL,
                       &result.out, &result.err, &status, &error);
    assert_no_error(error);
    result.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return result;
}

char *mini_read(const Mini *mini, const char *extract)
{
    g_autofree char *path = g_build_filename(mini->extracts, extract, NULL);
    char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

void mini_write(const Mini *mini, const char *extract, const char *text)
{
    g_autofree char *path = g_build_filename(mini->extracts, extract, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

void mini_replace(const Mini *mini, const char *extract, const char *old, const char *new)
{
    g_autofree char *text = mini_read(mini, extract);
    char *found = strstr(text, old);
    assert_non_null(found);
    *found = '\0';
    g_autofree char *changed = g_strconcat(text, new, found + strlen(old), NULL);
    mini_write(mini, extract, changed);
}

char *mini_text(const Mini *mini, const char *relative)
{
    g_autofree char *path = g_build_filename(mini->workspace, relative, NULL);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        fail_msg("%s is not there", path);
    }
    return text;
}

void mini_deliver(const Mini *mini, const char *source, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(mini->workspace, "inbox", source, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

char *mini_current(const Mini *mini)
{
    g_autofree char *link = g_build_filename(mini->workspace, "current", NULL);
    return g_file_read_link(link, NULL);
}

/* Names and hashes of the regular files below a folder; links (`latest`) say nothing that the files
 * do not. */
static void hash_below(const char *folder, SpHash *hash)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) names = sp_folder_list(folder, &error);
    assert_no_error(error);
    for (char **name = names; *name != NULL; name++) {
        char hex[SP_HASH_SIZE];
        g_autofree char *path = g_build_filename(folder, *name, NULL);
        sp_hash_add_text(hash, *name);
        if (g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
            continue;
        }
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            hash_below(path, hash);
            continue;
        }
        assert_true(sp_file_hash(path, hex, NULL));
        sp_hash_add_text(hash, hex);
    }
}

char *mini_hash(const Mini *mini, const char *below)
{
    g_autoptr(SpHash) hash = sp_hash_new();
    g_autofree char *folder = g_build_filename(mini->workspace, below, NULL);
    hash_below(folder, hash);
    char whole[SP_HASH_SIZE];
    sp_hash_finish(hash, whole);
    return g_strdup(whole);
}

void mini_set(const Mini *mini, const char *section, const char *line)
{
    g_autofree char *header = g_strdup_printf("[%s]\n", section);
    g_autofree char *old = NULL;
    assert_true(g_file_get_contents(mini->conf, &old, NULL, NULL));
    char *found = strstr(old, header);
    assert_non_null(found);
    g_autofree char *rest = g_strdup(found + strlen(header));
    *found = '\0';
    g_autofree char *new = g_strconcat(old, header, line, "\n", rest, NULL);
    assert_true(g_file_set_contents(mini->conf, new, -1, NULL));
}
