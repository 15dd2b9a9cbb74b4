/* Spearman's rank correlation. */
#include <math.h>
#include <stdlib.h>

#include "chart_draw.h"

typedef struct pair {
    double value, rank; /* what is ranked, and the rank of the other */
} pair;

static int compare(const void *a, const void *b) {
    const double x = ((const pair *)a)->value, y = ((const pair *)b)->value;
    return (x > y) - (x < y);
}

/* Sorts by the values, puts their ranks into their places, ties at their middle, and exchanges
 * value and rank, so that the second call ranks the other. */
static void rank_and_swap(pair *pairs, size_t count) {
    qsort(pairs, count, sizeof *pairs, compare);
    for (size_t from = 0, past; from < count; from = past) {
        past = from + 1;
        while (past < count && pairs[past].value == pairs[from].value)
            past++;
        const double rank = (double)(from + past - 1) / 2;
        for (size_t i = from; i < past; i++)
            pairs[i] = (pair){pairs[i].rank, rank};
    }
}

static double correlation_of(const pair *pairs, size_t count) {
    const double mean = (double)(count - 1) / 2;
    double both = 0, one = 0, other = 0;
    for (size_t i = 0; i < count; i++) {
        const double a = pairs[i].value - mean, b = pairs[i].rank - mean;
        both += a * b;
        one += a * a;
        other += b * b;
    }
    return one > 0 && other > 0 ? both / (sqrt(one) * sqrt(other)) : NAN;
}

moat_status moati_rank_correlation(const moati_chart_series *series, double *correlation,
                                   moat_error *error) {
    pair *pairs = malloc((series->sample_count + 1) * sizeof *pairs);
    size_t count = 0;
    if (pairs == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "no memory to rank %zu samples of a chart",
                         series->sample_count);
    for (size_t i = 0; i < series->sample_count; i++)
        if (!isnan(series->samples[i]) && !isnan(series->x[i]))
            pairs[count++] = (pair){series->samples[i], series->x[i]};
    if (count > 1) {
        rank_and_swap(pairs, count);
        rank_and_swap(pairs, count);
    }
    *correlation = count > 1 ? correlation_of(pairs, count) : NAN;
    free(pairs);
    return MOAT_OK;
}
