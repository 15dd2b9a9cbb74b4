/* Columns from the inside: what evaluation writes and summaries read. */
#ifndef MOATI_COLUMNS_H
#define MOATI_COLUMNS_H

#include "account.h"
#include "moat/program.h"

struct moat_columns {
    moati_account account;
    size_t count, samples, stride;
    double *values; /* column i starts at values + i * stride */
};

/* Room for count elements, aligned as vectors want it; free releases it. NULL: no memory. */
void *moati_aligned(size_t count, size_t size);

/* As moat_columns_new, and counted in a budget. */
moat_status moati_columns_new(moat_budget *budget, size_t count, size_t samples, unsigned threads,
                              moat_columns **columns, moat_error *error);

/* Touches `bytes` bytes for the first time, on several threads (0: all processors), in large
 * pages where the system has them: that takes longer than what is later written to them. */
moat_status moati_touch(void *memory, size_t bytes, unsigned threads, moat_error *error);

#endif
