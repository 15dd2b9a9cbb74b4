/* The memory that results are kept in. */
#define _DEFAULT_SOURCE /* madvise */
#include "columns.h"

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

moat_status moat_columns_new(size_t count, size_t samples, unsigned threads, moat_columns **columns,
                             moat_error *error) {
    if (samples == 0)
        return moat_fail(error, MOAT_INVALID, "at least one sample is needed");
    moat_columns *made = calloc(1, sizeof *made);
    /* An odd number of cache lines: columns must not all start in the same cache set. */
    const size_t stride = ((samples - 1) / 8 + 1) | 1, most = SIZE_MAX / 128;
    if (made && stride < most && (!count || stride < most / count)) {
        *made = (moat_columns){.count = count, .samples = samples, .stride = stride * 8};
        made->values = moati_aligned(count * made->stride + 8, sizeof *made->values);
    }
    if (!made || !made->values) {
        free(made);
        return moat_fail(error, MOAT_NO_MEMORY,
                         "not enough memory for %zu results of %zu samples each", count, samples);
    }
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
