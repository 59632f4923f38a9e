/* The registry of simulated sources. */
#include "pipeline/simulate/source.h"

#define SP_SIM_SOURCE(name) extern const SpSimSource sp_sim_source_##name;
#include "pipeline/simulate/sources.def"
#undef SP_SIM_SOURCE

static const SpSimSource *const registry[] = {
#define SP_SIM_SOURCE(name) &sp_sim_source_##name,
#include "pipeline/simulate/sources.def"
#undef SP_SIM_SOURCE
};

gsize sp_sim_sources_size(void)
{
    return G_N_ELEMENTS(registry);
}

const SpSimSource *sp_sim_sources_at(gsize i)
{
    g_assert(i < G_N_ELEMENTS(registry));
    return registry[i];
}
