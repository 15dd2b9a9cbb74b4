/* What a node is computed from, as a person would write it. */
#ifndef MOATI_REPL_FORMULA_H
#define MOATI_REPL_FORMULA_H

#include "repl_session.h"

enum { MOATI_MOST_TERMS = 12, MOATI_FORMULA = 240 };

typedef struct moati_formula {
    moat_model *model; /* given */
    const moati_names *names;
    bool utf8;
    char text[MOATI_FORMULA]; /* "revenue - cost"; "" of what is computed from nothing */
    size_t term_count;        /* its parts that vary: the first MOATI_MOST_TERMS are in `terms` */
    moat_node terms[MOATI_MOST_TERMS];
    size_t most;         /* a part without a name may take so many columns */
    size_t holes, named; /* so many parts have been left out, and have been named */
    bool failed;         /* memory was short: the formulas are not what they would be */
} moati_formula;

/* Writes the formula of a node, in so many columns where it can be as short. */
void moati_formula_write(moati_formula *formula, moat_node node, size_t room);

#endif
