/* The registry of formats. */
#include "outputs/output.h"

#define SP_OUTPUT(name) extern const SpOutput sp_output_##name;
#include "outputs/registry.def"
#undef SP_OUTPUT

static const SpOutput *const registry[] = {
#define SP_OUTPUT(name) &sp_output_##name,
#include "outputs/registry.def"
#undef SP_OUTPUT
};

gsize sp_outputs_size(void)
{
    return G_N_ELEMENTS(registry);
}

const SpOutput *sp_outputs_at(gsize i)
{
    g_assert(i < G_N_ELEMENTS(registry));
    return registry[i];
}
