/* A comparison for programs. */
#include "compare.h"

bool moati_compare_json(const moati_comparison *c, FILE *file) {
    (void)c;
    return file != NULL;
}
