/* placeholder */
#include "tests/upstream/dataset.h"
int main(void) { return 0; }
