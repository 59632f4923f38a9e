/* Layouts of source files. */
#include "tests/check.h"

#include "core/layout.h"

#define TABLE "[table]\nname = folkemengde\n"
#define COLUMN "[column Region]\nas = region\nrole = region\n"

static SpLayout *layout_of(const char *text)
{
    g_autoptr(GError) error = NULL;
    SpLayout *layout = sp_layout_parse("panel", text, &error);
    assert_no_error(error);
    return layout;
}

static void check_refused(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    SpLayout *layout = sp_layout_parse("panel", text, &error);
    if (layout != NULL) {
        fail_msg("taken for a layout: %s", text);
    }
    assert_error(error, SP_ERROR_CONFIG, part);
    assert_non_null(strstr(error->message, "layout panel"));
}

static const SpLayoutColumn *column_at(const GPtrArray *columns, guint i)
{
    assert_true(i < columns->len);
    return columns->pdata[i];
}

static void check_missing(const SpLayout *layout, const char *text, SpStatus wanted)
{
    SpStatus status = SP_PRESENT;
    if (!sp_layout_find_missing(layout, text, strlen(text), &status)) {
        fail_msg("\"%s\" stands for no status", text);
    }
    assert_int_equal(status, wanted);
}

static void check_no_missing(const SpLayout *layout, const char *text)
{
    SpStatus status = SP_PENDING;
    assert_false(sp_layout_find_missing(layout, text, strlen(text), &status));
    assert_int_equal(status, SP_PENDING);
}

static void short_layout_has_the_documented_defaults(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(TABLE COLUMN);
    assert_string_equal(layout->name, "panel");
    assert_string_equal(layout->encoding, "UTF-8");
    assert_int_equal(layout->delimiter, ',');
    assert_int_equal(layout->number.decimal, '.');
    assert_int_equal(layout->number.thousands, '\0');
    assert_int_equal(layout->header_rows, 1);
    assert_string_equal(layout->table, "folkemengde");
    assert_null(layout->division);
    assert_null(layout->provisional_from);
    assert_false(layout->ignores_other_columns);
    const SpLayoutColumn *column = column_at(layout->columns, 0);
    assert_string_equal(column->source, "Region");
    assert_string_equal(column->name, "region");
    assert_int_equal(column->role, SP_ROLE_REGION);
    assert_true(column->is_key);
    assert_null(column->form);
    assert_null(column->map);
    assert_null(column->classification);
    assert_null(column->sign);
}

static void full_layout_is_read_whole(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(
        "[file]\nencoding = ISO-8859-1\ndelimiter = tab\ndecimal = ,\nthousands = space\n"
        "header_rows = 3\n"
        "[table]\nname = aarsverk\ndivision = 2024-01-01\n"
        "provisional_from = 2025\nother_columns = ignore\n"
        "[column År]\nas = period\nrole = period\nform = {}-12-31\n"
        "[column Avtalte årsverk, i alt]\nas = aarsverk\nrole = measure\nunit = aarsverk\n"
        "additive = yes\nminimum = -0.5\nsign = Merknad\n"
        "[column yrke]\nrole = code\nmap = yrke\nclassification = styrk98\nkey = no\n"
        "[constant kjonn]\nvalue = 0\nclassification = kjonn\n");
    assert_string_equal(layout->encoding, "ISO-8859-1");
    assert_int_equal(layout->delimiter, '\t');
    assert_int_equal(layout->number.decimal, ',');
    assert_int_equal(layout->number.thousands, ' ');
    assert_int_equal(layout->header_rows, 3);
    assert_string_equal(layout->division, "2024-01-01");
    assert_string_equal(layout->provisional_from, "2025");
    assert_true(layout->ignores_other_columns);
    assert_string_equal(column_at(layout->columns, 0)->form, "{}-12-31");
    const SpLayoutColumn *measure = column_at(layout->columns, 1);
    assert_string_equal(measure->source, "Avtalte årsverk, i alt");
    assert_string_equal(measure->unit, "aarsverk");
    assert_string_equal(measure->sign, "Merknad");
    assert_true(measure->is_additive);
    assert_true(measure->has_minimum);
    assert_near(measure->minimum, -0.5, 0.0);
    assert_false(measure->is_key);
    const SpLayoutColumn *code = column_at(layout->columns, 2);
    assert_string_equal(code->name, "yrke");
    assert_string_equal(code->map, "yrke");
    assert_string_equal(code->classification, "styrk98");
    assert_false(code->is_key);
    const SpLayoutColumn *constant = column_at(layout->constants, 0);
    assert_string_equal(constant->name, "kjonn");
    assert_string_equal(constant->source, "0");
    assert_int_equal(constant->role, SP_ROLE_CODE);
    assert_true(constant->is_key);
}

static void delimiter_is_itself_or_a_word(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char wanted;
    } cases[] = {{";", ';'}, {"semicolon", ';'}, {",", ','},    {"comma", ','},
                 {"|", '|'}, {"tab", '\t'},      {"space", ' '}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strdup_printf("[file]\ndelimiter = %s\n" TABLE COLUMN, cases[i].text);
        g_autoptr(SpLayout) layout = layout_of(text);
        assert_int_equal(layout->delimiter, cases[i].wanted);
    }
}

static void role_decides_whether_a_column_is_a_key(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(
        TABLE "[column a]\nrole = period\n[column b]\nrole = age\n[column c]\nrole = text\n"
              "[column d]\nrole = measure\n[column e]\nrole = text\nkey = yes\n");
    assert_true(column_at(layout->columns, 0)->is_key);
    assert_true(column_at(layout->columns, 1)->is_key);
    assert_false(column_at(layout->columns, 2)->is_key);
    assert_false(column_at(layout->columns, 3)->is_key);
    assert_true(column_at(layout->columns, 4)->is_key);
}

static void contents_and_value_come_with_measures(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout =
        layout_of(TABLE "[column ContentsCode]\nas = contents\nrole = contents\n"
                        "[column Verdi]\nrole = value\nsign = status\n"
                        "[measure Personer1]\nas = innbyggere\nunit = persons\nadditive = yes\n"
                        "minimum = 0\n");
    assert_true(column_at(layout->columns, 0)->is_key);
    assert_string_equal(column_at(layout->columns, 1)->name, "value");
    assert_false(column_at(layout->columns, 1)->is_key);
    const SpLayoutColumn *measure = column_at(layout->measures, 0);
    assert_string_equal(measure->source, "Personer1");
    assert_string_equal(measure->name, "innbyggere");
    assert_true(measure->has_minimum);
    assert_near(measure->minimum, 0.0, 0.0);
}

static void contents_without_its_partners_is_refused(void **state)
{
    (void)state;
    check_refused(TABLE "[column a]\nrole = contents\n",
                  "1 columns of role contents, 0 of role value");
    check_refused(TABLE "[column a]\nrole = contents\n[column b]\nrole = value\n",
                  "0 [measure CODE]");
    check_refused(TABLE COLUMN "[measure X]\nas = x\n", "1 [measure CODE]");
    check_refused(TABLE "[column a]\nrole = contents\n[column b]\nrole = value\n[column c]\nas = "
                        "c\nrole = contents\n"
                        "[column d]\nrole = value\n[measure X]\nas = x\n",
                  "2 columns of role contents");
}

static void standard_signs_hold_where_the_layout_names_none(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(TABLE COLUMN);
    check_missing(layout, "", SP_MISSING);
    check_missing(layout, "  ", SP_MISSING);
    check_missing(layout, "-", SP_ZERO);
    check_missing(layout, ".", SP_NOT_APPLICABLE);
    check_missing(layout, "..", SP_MISSING);
    check_missing(layout, "...", SP_PENDING);
    check_missing(layout, " : ", SP_SUPPRESSED);
    check_no_missing(layout, "x");
    check_no_missing(layout, "....");
}

static void named_signs_replace_the_standard_ones(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout =
        layout_of("[missing]\n* = suppressed\n.. = pending\ni/r = not_applicable\n" TABLE COLUMN);
    check_missing(layout, "*", SP_SUPPRESSED);
    check_missing(layout, "..", SP_PENDING);
    check_missing(layout, "i/r", SP_NOT_APPLICABLE);
    check_missing(layout, "", SP_MISSING);
    check_no_missing(layout, ":");
    check_no_missing(layout, "empty");
}

static void empty_field_may_get_its_own_status(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of("[missing]\nempty = not_applicable\n" TABLE COLUMN);
    check_missing(layout, "", SP_NOT_APPLICABLE);
    check_missing(layout, ":", SP_SUPPRESSED);
    check_no_missing(layout, "empty");
}

static void long_or_broken_text_is_no_sign(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(TABLE COLUMN);
    SpStatus status = SP_PENDING;
    g_autofree char *text = g_strnfill(5000, ':');
    assert_false(sp_layout_find_missing(layout, text, 5000, &status));
    assert_false(sp_layout_find_missing(layout, ":\0x", 3, &status));
    assert_true(sp_layout_find_missing(layout, ":x", 1, &status));
    assert_int_equal(status, SP_SUPPRESSED);
}

static void unknown_section_or_key_says_what_is_allowed(void **state)
{
    (void)state;
    check_refused("[colum a]\nrole = code\n" TABLE COLUMN,
                  "unknown section [colum a]; allowed: [file]");
    check_refused("[column]\nrole = code\n" TABLE COLUMN, "unknown section [column]");
    check_refused("[column ]\nrole = code\n" TABLE COLUMN, "unknown section");
    check_refused("[columns a]\nrole = code\n" TABLE COLUMN, "unknown section");
    check_refused("[file]\nseparator = ;\n" TABLE COLUMN,
                  "[file] has the key \"separator\"; allowed here: form, encoding, delimiter");
    check_refused("[table]\nname = a\nnames = b\n" COLUMN, "\"names\"");
    check_refused(TABLE COLUMN "unitt = x\n", "\"unitt\"");
    check_refused(TABLE COLUMN "[constant k]\nvalue = 1\nunit = x\n",
                  "[constant k] has the key \"unit\"");
}

static void key_that_does_not_go_with_the_role_is_refused(void **state)
{
    (void)state;
    check_refused(TABLE COLUMN "unit = persons\n",
                  "role region: layout panel: [column Region] has the key \"unit\"");
    check_refused(TABLE "[column a]\nrole = measure\nform = {}\n", "role measure");
    check_refused(TABLE "[column a]\nrole = measure\nkey = yes\n", "role measure");
    check_refused(TABLE "[column a]\nrole = ignore\nas = b\n", "role ignore");
}

static void value_of_wrong_form_is_named(void **state)
{
    (void)state;
    check_refused("[file]\nencoding = latin1\n" TABLE COLUMN,
                  "encoding is \"latin1\", want UTF-8 or ISO-8859-1");
    check_refused("[file]\ndelimiter = ;;\n" TABLE COLUMN, "delimiter is \";;\"");
    check_refused("[file]\ndelimiter =\n" TABLE COLUMN, "delimiter is \"\"");
    check_refused("[file]\ndelimiter = \"\n" TABLE COLUMN, "delimiter");
    check_refused("[file]\ndelimiter = none\n" TABLE COLUMN, "delimiter is \"none\"");
    check_refused("[file]\ndecimal = ;\n" TABLE COLUMN, "decimal is \";\"");
    check_refused("[file]\nthousands = 0\n" TABLE COLUMN, "thousands is \"0\"");
    check_refused("[file]\nthousands = .\n" TABLE COLUMN, "decimal and thousands are the same");
    check_refused("[file]\nheader_rows = 0\n" TABLE COLUMN, "header_rows is \"0\"");
    check_refused("[table]\nname = Folkemengde\n" COLUMN, "name is \"Folkemengde\"");
    check_refused("[table]\nname = a\ndivision = 2024\n" COLUMN,
                  "division is \"2024\", want a day");
    check_refused("[table]\nname = a\nprovisional_from = i fjor\n" COLUMN,
                  "provisional_from is \"i fjor\", want a period");
    check_refused("[table]\nname = a\nother_columns = yes\n" COLUMN, "other_columns is \"yes\"");
    check_refused("[missing]\n.. = present\n" TABLE COLUMN, ".. is \"present\"");
    check_refused(TABLE "[column a]\n", "role is \"\"");
    check_refused(TABLE "[column a]\nrole = kode\n", "role is \"kode\", want region, period");
    check_refused(TABLE COLUMN "key = true\n", "key is \"true\", want yes or no");
    check_refused(TABLE "[column a]\nrole = measure\nminimum = null\n", "minimum is \"null\"");
    check_refused(TABLE COLUMN "[constant Kjonn]\nvalue = 1\n", "\"Kjonn\"");
    check_refused(TABLE COLUMN "[constant kjonn]\n", "value is \"\"");
    check_refused(
        TABLE
        "[column a]\nrole = contents\n[column b]\nrole = value\nas = verdi\n[measure X]\nas = x\n",
        "\"verdi\"");
}

static void provisional_from_needs_a_column_of_periods(void **state)
{
    (void)state;
    check_refused(TABLE "provisional_from = 2025\n" COLUMN, "no column has the role period");
}

static void form_needs_its_place(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_of(TABLE "[column a]\nrole = period\nform = {}/{+1}\n");
    assert_string_equal(column_at(layout->columns, 0)->form, "{}/{+1}");
    check_refused(TABLE COLUMN "form = 2024\n", "form is \"2024\"");
    check_refused(TABLE COLUMN "form = {2}\n", "form is");
    check_refused(TABLE COLUMN "form = {}}\n", "form is");
    check_refused(TABLE COLUMN "cut = K-\n", "cut is \"K-\"");
    check_refused(TABLE COLUMN "cut = {}{}\n", "cut is");
    check_refused(TABLE COLUMN "cut = *{}\n", "cut is");
    check_refused(TABLE COLUMN "cut = {}*\n", "cut is");
    check_refused(TABLE COLUMN "cut = {} *a\n", "cut is");
    check_refused(TABLE COLUMN "form = {\n", "form is");
}

static void map_cannot_leave_its_folder(void **state)
{
    (void)state;
    check_refused(TABLE COLUMN "map = ../../etc/passwd\n", "map is");
    check_refused(TABLE COLUMN "map = kjonn.csv\n", "map is");
    check_refused(TABLE COLUMN "map =\n", "map is \"\"");
}

static void source_name_that_is_not_ours_needs_as(void **state)
{
    (void)state;
    check_refused(TABLE "[column Avtalte årsverk]\nrole = measure\n", "as is \"Avtalte årsverk\"");
    g_autoptr(SpLayout) layout =
        layout_of(TABLE COLUMN "[column Avtalte årsverk]\nrole = ignore\n");
    assert_int_equal(layout->columns->len, 2);
}

static void two_columns_of_one_name_are_refused(void **state)
{
    (void)state;
    check_refused(TABLE COLUMN "[column b]\nas = region\nrole = code\n",
                  "two columns become \"region\"");
    check_refused(TABLE COLUMN "[constant region]\nvalue = 0\n", "two columns become \"region\"");
    check_refused(TABLE COLUMN COLUMN, "stands on line 3 already");
}

static void layout_without_table_or_columns_is_refused(void **state)
{
    (void)state;
    check_refused("", "[table] has no `name`");
    check_refused(COLUMN, "[table] has no `name`");
    check_refused(TABLE, "no [column SOURCE-NAME]");
    check_refused("[table]\nname = a\n[column \xe5r]\nrole = code\n", "not UTF-8");
    check_refused(TABLE "[column a]\nrole", "line 4");
    check_refused("[table]\nname = kvalitet\n" COLUMN, "the quality report's");
}

#define WIDE                                                                                       \
    "[spread]\nas = region\nrole = region\nmap = fylke\nmeasure = mangel\nunit = persons\n"        \
    "additive = yes\n"

static void spread_has_a_key_a_figure_and_its_columns(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout =
        layout_of(TABLE WIDE "[column ostfold]\nrole = spread\ncode = 01\n");
    const SpLayoutColumn *key = column_at(layout->columns, 0);
    const SpLayoutColumn *measure = column_at(layout->columns, 1);
    const SpLayoutColumn *column = column_at(layout->columns, 2);
    assert_true(key->is_spread && key->is_key);
    assert_int_equal(key->role, SP_ROLE_REGION);
    assert_string_equal(key->map, "fylke");
    assert_true(measure->is_spread && measure->is_additive);
    assert_string_equal(measure->name, "mangel");
    assert_string_equal(column->code, "01");
    assert_false(column->is_key);
    assert_null(sp_layout_find(layout, "ostfold"));
    check_refused(TABLE WIDE COLUMN, "0 columns of role spread and a [spread]");
    check_refused(TABLE COLUMN "[column a]\nrole = spread\ncode = 01\n",
                  "1 columns of role spread and no [spread]");
    check_refused(TABLE WIDE "[column a]\nrole = spread\n", "code is \"\"");
    check_refused(TABLE WIDE "[column a]\nrole = spread\ncode = 1\n[column b]\nrole = measure\n",
                  "with no other measure");
    check_refused(TABLE "[spread]\nas = x\nrole = measure\nmeasure = m\n"
                        "[column a]\nrole = spread\ncode = 1\n",
                  "[spread] role");
    check_refused(TABLE "[spread]\nas = x\nrole = code\n[column a]\nrole = spread\ncode = 1\n",
                  "[spread] measure");
    check_refused(TABLE WIDE "[column a]\nrole = spread\ncode = 1\nunit = x\n", "unit");
}

static void copy_reads_a_column_once_more(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout =
        layout_of(TABLE COLUMN "[copy sted]\nof = Region\nrole = code\nmap = sted\nkey = no\n");
    const SpLayoutColumn *copy = column_at(layout->columns, 1);
    assert_string_equal(copy->source, "Region");
    assert_string_equal(copy->name, "sted");
    assert_string_equal(copy->map, "sted");
    assert_false(copy->is_key);
    check_refused(TABLE COLUMN "[copy sted]\nrole = code\n", "[copy sted] of");
    check_refused(TABLE COLUMN "[copy sted]\nof = Region\nrole = measure\n", "[copy sted] role");
    check_refused(TABLE COLUMN "[copy region]\nof = Region\nrole = code\n",
                  "two columns become \"region\"");
    check_refused(TABLE COLUMN "[copy sted]\nof = Region\nrole = code\nunit = x\n", "\"unit\"");
}

static void rows_may_be_left_out_and_added(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout =
        layout_of("[table]\nname = t\nmerged = sum\nmay_be_empty = yes\n"
                  "[filter k]\nnot = 2100  2599\n[filter a]\nis = filled\n"
                  "[column a]\nrole = code\nmap = m\nunmapped = leave_out\n"
                  "[column b]\nrole = code\ncut = {4}{2}\nform = {2}-{1}\n"
                  "[column n]\nrole = measure\nadditive = yes\n");
    const SpLayoutColumn *column = column_at(layout->columns, 0);
    const SpLayoutFilter *filter = layout->filters->pdata[0];
    assert_true(layout->may_be_empty);
    assert_int_equal(layout->merged, SP_SAME_SUM);
    assert_int_equal(layout->repeats, SP_SAME_ERROR);
    assert_int_equal(filter->kind, SP_FILTER_NOT);
    assert_string_equal(filter->source, "k");
    assert_int_equal(g_strv_length(filter->codes), 2);
    assert_string_equal(filter->codes[1], "2599");
    assert_int_equal(((const SpLayoutFilter *)layout->filters->pdata[1])->kind, SP_FILTER_FILLED);
    assert_int_equal(column->unmapped, SP_UNMAPPED_LEAVE_OUT);
    check_refused("[table]\nname = t\nmerged = mean\n" COLUMN, "merged is \"mean\"");
    check_refused("[table]\nname = t\nmerged = sum\n" COLUMN "[column n]\nrole = measure\n",
                  "\"n\" is not additive");
    check_refused(TABLE "[column a]\nrole = code\nunmapped = leave_out\n", "a `map` beside");
    check_refused(TABLE "[column a]\nrole = code\nmap = m\nunmapped = no\n",
                  "finding, keep or leave_out");
    check_refused(TABLE "[column a]\nrole = measure\nunmapped = keep\n", "unmapped");
    check_refused(TABLE COLUMN "[filter a]\n", "one of the three");
    check_refused(TABLE COLUMN "[filter a]\nequals = b\nis = filled\n", "one of the three");
    check_refused(TABLE COLUMN "[filter a]\nnot =\n", "codes of the source");
    check_refused(TABLE COLUMN "[filter a]\nis = full\n", "filled or empty");
    check_refused(TABLE "[column a]\nrole = code\nform = {1}\n", "form");
    check_refused(TABLE "[column a]\nrole = code\ncut = {4}{2}\n", "a `form` beside it");
    check_refused(TABLE "[column a]\nrole = code\ncut = {4}{2}\nform = {3}\n", "form");
    check_refused(TABLE "[column a]\nrole = code\ncut = {4}{2}\nform = {1}\nmap = m\n", "no `map`");
}

static void arrangements_need_two_regions_a_period_and_an_end(void **state)
{
    (void)state;
    static const char links[] = "[table]\nname = t\nlinks_until = til\n"
                                "[column a]\nas = region\nrole = region\n";
    g_autofree char *good =
        g_strconcat(links,
                    "[column b]\nrole = region\n[column fra]\nas = period\nrole = period\n"
                    "[column til]\nrole = text\n",
                    NULL);
    g_autofree char *alone = g_strconcat(links, "[column til]\nrole = text\n", NULL);
    g_autoptr(SpLayout) layout = layout_of(good);
    assert_string_equal(layout->links_until, "til");
    check_refused(alone, "links_until = til");
}

static void every_layout_of_the_project_is_one(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(SP_SOURCE_FOLDER, "config", "layouts", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &error);
    assert_no_error(error);
    guint n = 0;
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *text = NULL;
        g_file_get_contents(path, &text, NULL, &error);
        assert_no_error(error);
        g_autoptr(SpLayout) layout = sp_layout_parse(name, text, &error);
        assert_no_error(error);
        assert_non_null(layout);
        n++;
    }
    assert_true(n > 0);
}

#define RECORD "[file]\nform = fixed\nrecord = 10\n" TABLE

static void records_have_places_and_no_header(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout =
        layout_of(RECORD "[column a]\nrole = code\nfrom = 3\nsize = 8\n[column b]\nrole = code\n");
    assert_int_equal(layout->record, 10);
    assert_int_equal(layout->header_rows, 0);
    assert_int_equal(column_at(layout->columns, 0)->from, 3);
    assert_int_equal(column_at(layout->columns, 0)->size, 8);
    assert_int_equal(column_at(layout->columns, 1)->size, 0); /* the extractor's own */
}

static void places_beyond_the_record_are_refused(void **state)
{
    (void)state;
    check_refused(RECORD "[column a]\nrole = code\nfrom = 4\nsize = 8\n", "ends at character 11");
    check_refused(RECORD "[column a]\nrole = code\nfrom = 4\n", "one of `from` and `size`");
    check_refused(RECORD COLUMN, "no column has `from` and `size`");
    check_refused(TABLE "[column a]\nrole = code\nfrom = 1\nsize = 2\n", "[file] form and record");
    check_refused("[file]\nform = fixed\n" TABLE COLUMN, "record is \"\"");
    check_refused("[file]\nform = wide\n" TABLE COLUMN, "auto, csv, fixed, xlsx or xls");
    check_refused("[file]\nform = fixed\nrecord = 10\ndelimiter = ;\n" TABLE COLUMN, "delimiter");
    check_refused("[persons]\nkey = p\n" RECORD "[column a]\nrole = year\nas = period\n"
                  "[column k]\nas = region\nrole = region\n[measure n]\nkind = count\n",
                  "form = fixed");
}

static void only_what_adds_up_may_be_added_up(void **state)
{
    (void)state;
    check_refused(TABLE "repeats = sum\n" COLUMN "[column x]\nrole = measure\n", "\"x\" is not");
    check_refused(TABLE COLUMN
                  "[column f]\nrole = code\nlevels = self, group=g\n[column x]\nrole = measure\n",
                  "\"x\" is not");
    check_refused(TABLE "repeats = twice\n" COLUMN, "error, sum or once");
    check_refused(TABLE COLUMN "[column f]\nrole = code\nunmapped = keep\n", "a `map` beside it");
    check_refused(TABLE COLUMN "[column f]\nrole = code\nlevels = group=../g\n", "group=CODE-LIST");
    check_refused(TABLE COLUMN "[column x]\nrole = measure\nmultiply_by = 0\n",
                  "from 1 to 1000000");
}

static void final_from_is_a_day_of_the_periods_year(void **state)
{
    (void)state;
    static const char period[] = "[column Tid]\nas = period\nrole = period\n";
    g_autofree char *good = g_strconcat(TABLE "final_from = {+1}-06-01\n", period, NULL);
    g_autoptr(SpLayout) layout = layout_of(good);
    assert_string_equal(layout->final_from, "{+1}-06-01");
    g_autofree char *no_day = g_strconcat(TABLE "final_from = {+1}-02-30\n", period, NULL);
    check_refused(no_day, "the form of a day");
    g_autofree char *no_year = g_strconcat(TABLE "final_from = 2025-06-01\n", period, NULL);
    check_refused(no_year, "the form of a day");
    check_refused(TABLE "final_from = {}-06-01\n" COLUMN, "final_from but no column has the role");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_layout_has_the_documented_defaults),
        cmocka_unit_test(full_layout_is_read_whole),
        cmocka_unit_test(delimiter_is_itself_or_a_word),
        cmocka_unit_test(role_decides_whether_a_column_is_a_key),
        cmocka_unit_test(contents_and_value_come_with_measures),
        cmocka_unit_test(contents_without_its_partners_is_refused),
        cmocka_unit_test(standard_signs_hold_where_the_layout_names_none),
        cmocka_unit_test(named_signs_replace_the_standard_ones),
        cmocka_unit_test(empty_field_may_get_its_own_status),
        cmocka_unit_test(long_or_broken_text_is_no_sign),
        cmocka_unit_test(unknown_section_or_key_says_what_is_allowed),
        cmocka_unit_test(key_that_does_not_go_with_the_role_is_refused),
        cmocka_unit_test(value_of_wrong_form_is_named),
        cmocka_unit_test(provisional_from_needs_a_column_of_periods),
        cmocka_unit_test(form_needs_its_place),
        cmocka_unit_test(map_cannot_leave_its_folder),
        cmocka_unit_test(source_name_that_is_not_ours_needs_as),
        cmocka_unit_test(two_columns_of_one_name_are_refused),
        cmocka_unit_test(layout_without_table_or_columns_is_refused),
        cmocka_unit_test(spread_has_a_key_a_figure_and_its_columns),
        cmocka_unit_test(copy_reads_a_column_once_more),
        cmocka_unit_test(rows_may_be_left_out_and_added),
        cmocka_unit_test(arrangements_need_two_regions_a_period_and_an_end),
        cmocka_unit_test(every_layout_of_the_project_is_one),
        cmocka_unit_test(records_have_places_and_no_header),
        cmocka_unit_test(places_beyond_the_record_are_refused),
        cmocka_unit_test(only_what_adds_up_may_be_added_up),
        cmocka_unit_test(final_from_is_a_day_of_the_periods_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
