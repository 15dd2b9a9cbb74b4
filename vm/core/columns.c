/* The memory that results are kept in. */
#define _DEFAULT_SOURCE /* madvise */
#include "columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "kernels.h"
#include "pool.h"

enum { PAGE = 1 << 12, HUGE_PAGE = 1 << 21 };

void *moati_aligned(size_t count, size_t size) {
    if (count > (SIZE_MAX - MOATI_ALIGN) / size)
        return NULL;
    const size_t bytes = (count * size + MOATI_ALIGN) / MOATI_ALIGN * MOATI_ALIGN;
    return aligned_alloc(MOATI_ALIGN, bytes);
}

typedef struct untouched {
    volatile char *memory;
    size_t bytes;
} untouched;

static void touch(void *context, unsigned worker, size_t index) {
    const untouched *all = context;
    const size_t next = (index + 1) * HUGE_PAGE, end = next < all->bytes ? next : all->bytes;
    (void)worker;
    for (size_t at = index * HUGE_PAGE; at < end; at += PAGE)
        all->memory[at] = 0;
}

moat_status moati_touch(void *memory, size_t bytes, unsigned threads, moat_error *error) {
    const size_t start = ((size_t)memory + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    const size_t end = ((size_t)memory + bytes) / HUGE_PAGE * HUGE_PAGE;
    untouched all = {memory, bytes};
    const moati_work work = {.task = touch,
                             .context = &all,
                             .count = (bytes + HUGE_PAGE - 1) / HUGE_PAGE,
                             .threads = threads ? threads : moati_processors()};
    if (end > start)
        (void)madvise((void *)start, end - start, MADV_HUGEPAGE); /* a hint: it may fail */
    return moati_parallel(&work, error);
}

/* The values; NULL where they do not fit. */
static double *allocate_values(moat_columns *columns) {
    const size_t most = SIZE_MAX / 128, stride = columns->stride / 8;
    if (stride >= most || (columns->count && stride >= most / columns->count))
        return NULL;
    const size_t values = columns->count * columns->stride + 8;
    if (!moati_account_take(&columns->account, values * sizeof(double)))
        return NULL;
    return moati_aligned(values, sizeof(double));
}

static moat_status fail(moat_columns *columns, moat_error *error) {
    char what[96];
    snprintf(what, sizeof what, "%zu result%s of %zu sample%s each", columns->count,
             columns->count == 1 ? "" : "s", columns->samples, columns->samples == 1 ? "" : "s");
    const moat_status status = moati_account_fail(&columns->account, error, what);
    moat_columns_free(columns);
    return status;
}

moat_status moat_columns_new(size_t count, size_t samples, unsigned threads, moat_columns **columns,
                             moat_error *error) {
    return moati_columns_new(NULL, count, samples, threads, columns, error);
}

moat_status moati_columns_new(moat_budget *budget, size_t count, size_t samples, unsigned threads,
                              moat_columns **columns, moat_error *error) {
    if (samples == 0)
        return moat_fail(error, MOAT_INVALID, "at least one sample is needed");
    moat_columns *made = calloc(1, sizeof *made);
    if (!made)
        return moat_fail(error, MOAT_NO_MEMORY, "there is not enough memory for results");
    /* An odd number of cache lines: columns must not all start in the same cache set. */
    *made = (moat_columns){.account = {.budget = budget},
                           .count = count,
                           .samples = samples,
                           .stride = (((samples - 1) / 8 + 1) | 1) * 8};
    made->values = allocate_values(made);
    if (!made->values)
        return fail(made, error);
    const size_t bytes = count * made->stride * sizeof *made->values;
    const moat_status status = moati_touch(made->values, bytes, threads, error);
    if (status == MOAT_OK)
        *columns = made;
    else
        moat_columns_free(made);
    return status;
}

void moat_columns_free(moat_columns *columns) {
    if (!columns)
        return;
    free(columns->values);
    moati_account_close(&columns->account);
    free(columns);
}

size_t moat_columns_count(const moat_columns *columns) {
    return columns->count;
}

size_t moat_columns_samples(const moat_columns *columns) {
    return columns->samples;
}

const double *moat_columns_get(const moat_columns *columns, size_t root) {
    return columns->values + root * columns->stride;
}
