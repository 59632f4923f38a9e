/* One program: which one is told by the build (SP_PROGRAM_NAME, from registry.def). */
#include "pipeline/program.h"

#define PASTE(a, b) a##b
#define DESCRIPTOR(name) PASTE(sp_program_, name)

extern const SpProgram DESCRIPTOR(SP_PROGRAM_NAME);

int main(int argc, char **argv)
{
    return sp_program_main(&DESCRIPTOR(SP_PROGRAM_NAME), argc, argv);
}
