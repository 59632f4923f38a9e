/* The Norwegian alphabet. */
#include "outputs/alphabet.h"

#include <string.h>

/* Letters that are none of a to z and have no mark to take off. */
static gunichar place_of(gunichar letter)
{
    static const struct {
        gunichar letter, place;
    } places[] = {
        {0x00e6, 'z' + 1}, {0x00e4, 'z' + 1},                /* æ ä */
        {0x00f8, 'z' + 2}, {0x00f6, 'z' + 2},                /* ø ö */
        {0x00e5, 'z' + 3},                                   /* å */
        {0x0111, 'd'},     {0x014b, 'n'},     {0x0167, 't'}, /* đ ŋ ŧ */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        if (places[i].letter == letter) {
            return places[i].place;
        }
    }
    gunichar base = letter;
    gunichar mark = 0;
    (void)g_unichar_decompose(letter, &base, &mark);
    return base;
}

int sp_alphabet_compare(const char *a, const char *b)
{
    const char *one = a;
    const char *other = b;
    while (*one != '\0' && *other != '\0') {
        const gunichar left = place_of(g_unichar_tolower(g_utf8_get_char(one)));
        const gunichar right = place_of(g_unichar_tolower(g_utf8_get_char(other)));
        if (left != right) {
            return left < right ? -1 : 1;
        }
        one = g_utf8_next_char(one);
        other = g_utf8_next_char(other);
    }
    return *one != '\0' ? 1 : *other != '\0' ? -1 : strcmp(a, b);
}
