/* What a model and the Lua that fills it in may use: memory, counted when it is taken, and time,
 * until a flag is set.
 *
 * Memory is counted where it grows with what a script does: Lua's heap, the graph, distributions,
 * programs, the values of evaluations, the texts of a model. What is small and what does not grow
 * is not. Nothing is asked of the operating system. A budget is used by one thread at a time;
 * worker threads take no memory. */
#ifndef MOAT_BUDGET_H
#define MOAT_BUDGET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct moat_budget {
    uint64_t limit; /* bytes; 0: none */
    uint64_t used;
    bool exceeded;            /* something did not fit, at some time */
    const atomic_int *cancel; /* work is to end soon after it becomes non-zero; may be NULL */
} moat_budget;

/* Counts memory that is about to be taken: false, and nothing is counted, where it does not fit.
 * NULL stands for a budget without limits. */
bool moat_budget_take(moat_budget *budget, uint64_t bytes);
/* Counts memory that has been given back. */
void moat_budget_give(moat_budget *budget, uint64_t bytes);
bool moat_budget_cancelled(const moat_budget *budget);

#endif
