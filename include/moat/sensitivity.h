/* Which inputs a result depends on, from samples of both: no evaluation is needed beyond that of
 * the samples themselves.
 *
 * Everything works on ranks, so that neither a heavy tail nor a value that is infinite in some
 * samples (a date that never comes) decides, and so that a unit makes no difference. Every figure
 * is a function of the columns alone, to the bit. */
#ifndef MOAT_SENSITIVITY_H
#define MOAT_SENSITIVITY_H

#include <stddef.h>

#include "moat/status.h"

/* The ranks of count values, 1 .. count; equal values share the mean of their places. Where one is
 * NaN, all are. Errors: MOAT_NO_MEMORY. */
moat_status moat_ranks(size_t count, const double *values, double *ranks, moat_error *error);

/* Spearman's rank correlation, -1 .. 1, of two columns of ranks: Pearson's of the ranks, which is
 * right where there are ties (Spearman, 1904; Kendall and Gibbons, Rank Correlation Methods, 1990,
 * ch. 3). 0 where either does not vary. Its error, where there is none, is 1 / sqrt(count - 1). */
double moat_rank_correlation(size_t count, const double *x_ranks, const double *y_ranks);

/* The share, 0 .. 1, of the variance of y that knowing x alone would remove: the first-order index
 * of x, Var(E(y | x)) / Var(y) (Sobol, 1993), whatever form the dependence has. y are ranks, or
 * values: NaN where one is not finite. Estimated from given samples by the means of y over bins of
 * x (Plischke, Borgonovo and Smith, Eur. J. Oper. Res. 226, 2013): the correlation ratio (Pearson,
 * 1905), with the bins' own noise taken out (Kelley's epsilon squared, 1935). Equal values of x
 * stay in one bin. 0 where either does not vary. Shares of inputs that are independent of each
 * other add up to 1 or less; what is missing comes from inputs acting together. */
double moat_variance_share(size_t count, const double *x_ranks, const double *y);

/* The standard deviation of the share of an input that has no influence. */
double moat_variance_share_noise(size_t count);

/* The mean of y over the samples in which x is in its lowest, or highest, tenth; more of them where
 * its lowest, or highest, value is more frequent. */
double moat_mean_where_low(size_t count, const double *x_ranks, const double *y);
double moat_mean_where_high(size_t count, const double *x_ranks, const double *y);

#endif
