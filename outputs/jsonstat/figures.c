/* The figures of a cube. Nothing of them is kept: they go from the table to the file. */
#include "outputs/jsonstat/figures.h"

#include "core/number.h"
#include "outputs/jsonstat/head.h"

#include <string.h>

/* What is walked through row by row. */
typedef struct {
    const SpCube *cube;
    guint n_dimensions;
    const guint64 **steps;   /* [n_dimensions] */
    const guint32 **numbers; /* the same */
    guint n_measures;
    const SpReal **reals; /* [n_measures] */
    SpWriter *writer;
} Walk;

static Walk walk_of(const SpCube *cube, SpWriter *writer)
{
    Walk walk = {.cube = cube,
                 .n_dimensions = cube->dimensions->len,
                 .n_measures = cube->measures->len,
                 .writer = writer};
    walk.steps = g_new0(const guint64 *, (gsize)walk.n_dimensions + 1);
    walk.numbers = g_new0(const guint32 *, (gsize)walk.n_dimensions + 1);
    walk.reals = g_new0(const SpReal *, (gsize)walk.n_measures + 1);
    for (guint i = 0; i < walk.n_dimensions; i++) {
        const SpCubeDimension *dimension = &g_array_index(cube->dimensions, SpCubeDimension, i);
        walk.steps[i] = dimension->steps;
        walk.numbers[i] = sp_table_code_numbers_const(cube->table, dimension->column);
    }
    for (guint i = 0; i < walk.n_measures; i++) {
        walk.reals[i] = sp_table_reals_const(cube->table, g_array_index(cube->measures, gsize, i));
    }
    return walk;
}

static void clear_walk(Walk *walk)
{
    g_free(walk->steps);
    g_free(walk->numbers);
    g_free(walk->reals);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Walk, clear_walk)

/* The place of a row's first figure. */
static guint64 place_of(const Walk *walk, gsize row)
{
    guint64 place = 0;
    for (guint i = 0; i < walk->n_dimensions; i++) {
        place += walk->steps[i][walk->numbers[i][row]];
    }
    return place;
}

/* `"123":` on a line of its own, with a comma before it but for the first. */
static gsize format_place(guint64 place, gboolean is_first, char text[SP_NUMBER_SIZE])
{
    char digits[SP_NUMBER_SIZE];
    gsize n = 0;
    gsize size = 0;
    do {
        digits[n++] = (char)('0' + place % 10);
        place /= 10;
    } while (place > 0);
    if (!is_first) {
        text[size++] = ',';
    }
    text[size++] = '\n';
    text[size++] = '"';
    while (n > 0) {
        text[size++] = digits[--n];
    }
    text[size++] = '"';
    text[size++] = ':';
    return size;
}

static gsize format_value(SpReal real, char text[SP_NUMBER_SIZE])
{
    if (real.status == SP_PRESENT) {
        return sp_number_format(real.value, text);
    }
    text[0] = '0';
    return 1;
}

static void put_nulls(const Walk *walk, guint64 from, guint64 to)
{
    for (guint64 place = from; place < to; place++) {
        const gsize skipped = place == 0 ? 1 : 0;
        sp_writer_put(walk->writer, &",\nnull"[skipped], strlen(",\nnull") - skipped);
    }
}

/* Places without a row, and figures without a number, are null. Each has a line of its own: no
 * editor bears lines of megabytes, and nobody reads two figures as one. */
static void put_array(const Walk *walk)
{
    guint64 next = 0;
    char text[SP_NUMBER_SIZE + 2] = ",\n";
    sp_writer_put(walk->writer, "[", 1);
    for (gsize row = 0; row < sp_table_n_rows(walk->cube->table); row++) {
        const guint64 place = place_of(walk, row);
        put_nulls(walk, next, place);
        next = place + walk->n_measures;
        for (guint i = 0; i < walk->n_measures; i++) {
            const SpReal real = walk->reals[i][row];
            if (!sp_real_is_number(real)) {
                put_nulls(walk, place + i, place + i + 1);
                continue;
            }
            const gsize size = 2 + format_value(real, text + 2);
            const gsize skipped = place + i == 0 ? 1 : 0;
            sp_writer_put(walk->writer, text + skipped, size - skipped);
        }
    }
    put_nulls(walk, next, walk->cube->n_cells);
    sp_writer_put(walk->writer, "]", 1);
}

/* Formats what an object by place holds of a figure; 0 for nothing. */
typedef gsize (*FormatFigure)(SpReal real, char text[SP_NUMBER_SIZE]);

static gsize format_number(SpReal real, char text[SP_NUMBER_SIZE])
{
    return sp_real_is_number(real) ? format_value(real, text) : 0;
}

static gsize quote(const char *mark, char text[SP_NUMBER_SIZE])
{
    text[0] = '"';
    char *end = stpcpy(text + 1, mark);
    *end++ = '"';
    return (gsize)(end - text);
}

static gsize format_status(SpReal real, char text[SP_NUMBER_SIZE])
{
    return real.status == SP_PRESENT ? 0 : quote(sp_status_sign((SpStatus)real.status), text);
}

static gsize format_flags(SpReal real, char text[SP_NUMBER_SIZE])
{
    char letters[SP_FLAGS_TEXT_SIZE];
    return real.flags == 0 ? 0 : quote(sp_flags_format(real.flags, letters), text);
}

static void put_object(const Walk *walk, FormatFigure format)
{
    gboolean is_first = TRUE;
    char text[2 * SP_NUMBER_SIZE + 8];
    char figure[SP_NUMBER_SIZE];
    sp_writer_put(walk->writer, "{", 1);
    for (gsize row = 0; row < sp_table_n_rows(walk->cube->table); row++) {
        const guint64 place = place_of(walk, row);
        for (guint i = 0; i < walk->n_measures; i++) {
            const gsize n = format(walk->reals[i][row], figure);
            if (n > 0) {
                const gsize size = format_place(place + i, is_first, text);
                memcpy(text + size, figure, n);
                sp_writer_put(walk->writer, text, size + n);
                is_first = FALSE;
            }
        }
    }
    sp_writer_put(walk->writer, "}", 1);
}

static gboolean has_same_flags(const Walk *walk)
{
    const gsize n = sp_table_n_rows(walk->cube->table);
    if (n == 0 || walk->n_measures == 0 || walk->reals[0][0].flags == 0) {
        return FALSE;
    }
    for (guint i = 0; i < walk->n_measures; i++) {
        for (gsize row = 0; row < n; row++) {
            if (walk->reals[i][row].flags != walk->reals[0][0].flags) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static void put_flags(const Walk *walk)
{
    char text[SP_NUMBER_SIZE];
    if (has_same_flags(walk)) {
        sp_writer_put(walk->writer, text, format_flags(walk->reals[0][0], text));
    } else {
        put_object(walk, format_flags);
    }
}

/* A text as JSON has it. g_free. */
static char *escaped(const char *text)
{
    GString *json = g_string_new("\"");
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            g_string_append_c(json, '\\');
            g_string_append_c(json, *c);
        } else if ((guchar)*c < 0x20) {
            g_string_append_printf(json, "\\u%04x", (guint)(guchar)*c);
        } else {
            g_string_append_c(json, *c);
        }
    }
    g_string_append_c(json, '"');
    return g_string_free(json, FALSE);
}

/* The one code of all rows; NULL if there are several. */
static const char *only_code(const SpTable *table, gsize column)
{
    const guint32 *numbers = sp_table_code_numbers_const(table, column);
    for (gsize row = 1; row < sp_table_n_rows(table); row++) {
        if (numbers[row] != numbers[0]) {
            return NULL;
        }
    }
    return sp_table_code(table, 0, column);
}

static void put_codes(const Walk *walk, gsize column)
{
    const SpTable *table = walk->cube->table;
    const SpCodes *codes = sp_table_codes(table, column);
    const guint32 *numbers = sp_table_code_numbers_const(table, column);
    const char *only = only_code(table, column);
    if (only != NULL) {
        g_autofree char *text = escaped(only);
        sp_writer_put_text(walk->writer, text);
        return;
    }
    const guint32 n = sp_codes_size(codes);
    g_auto(GStrv) texts = g_new0(char *, (gsize)n + 1);
    char place[SP_NUMBER_SIZE];
    gboolean is_first = TRUE;
    for (guint32 i = 0; i < n; i++) {
        texts[i] = escaped(sp_codes_text(codes, i));
    }
    sp_writer_put(walk->writer, "{", 1);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (sp_codes_text(codes, numbers[row])[0] != '\0') {
            const guint64 at = place_of(walk, row) / walk->n_measures;
            sp_writer_put(walk->writer, place, format_place(at, is_first, place));
            sp_writer_put_text(walk->writer, texts[numbers[row]]);
            is_first = FALSE;
        }
    }
    sp_writer_put(walk->writer, "}", 1);
}

void sp_cube_put(const SpWords *words, const SpCube *cube, SpWriter *writer)
{
    g_auto(Walk) walk = walk_of(cube, writer);
    sp_writer_put_text(writer, ",\n  \"value\": ");
    if (sp_cube_emptiness(cube) <= 2.0) {
        put_array(&walk);
    } else {
        put_object(&walk, format_number);
    }
    sp_writer_put_text(writer, ",\n  \"status\": ");
    put_object(&walk, format_status);
    sp_writer_put_text(writer, ",\n  \"extension\": {\n    \"flags\": ");
    put_flags(&walk);
    sp_writer_put_text(writer, ",\n    \"attributes\": {");
    for (guint i = 0; i < cube->attributes->len; i++) {
        const gsize column = g_array_index(cube->attributes, gsize, i);
        sp_writer_put_text(writer, i > 0 ? ",\n      \"" : "\n      \"");
        sp_writer_put_text(writer, sp_table_column(cube->table, column)->name);
        sp_writer_put_text(writer, "\": ");
        sp_cube_put_open(sp_cube_attribute(words, cube->table, column), writer);
        sp_writer_put_text(writer, ",\n  \"value\": ");
        put_codes(&walk, column);
        sp_writer_put_text(writer, "\n}");
    }
    sp_writer_put_text(writer, "}\n  }");
}
