/* The special functions, against known values, GSL and R's library. */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "kernels.h"
#include "special.h"

#define EXPECT_CLOSE(found, wanted, tolerance, ...)                                                \
    cr_expect(fabs((found) - (wanted)) <= (tolerance)*fabs(wanted), __VA_ARGS__)

Test(special, normal_quantile) {
    static const double known[][2] = {{1e-300, -37.047096299361199},
                                      {1e-16, -8.2220822161304356},
                                      {.001, -3.0902323061678135},
                                      {.3, -.52440051270804078},
                                      {.5, 0},
                                      {.975, 1.9599639845400542}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        EXPECT_CLOSE(moati_normal_quantile(known[i][0]), known[i][1], 5e-16, "at %g: %.17g",
                     known[i][0], moati_normal_quantile(known[i][0]));
    for (double p = 1e-308; p < 1; p = p < 1e-3 ? p * 3.7 : p + 0.00137)
        EXPECT_CLOSE(moati_normal_quantile(p), qnorm(p, 0, 1, 1, 0), 1e-14, "at %g", p);
    cr_expect_eq(moati_normal_quantile(0), -(double)INFINITY);
    cr_expect_eq(moati_normal_quantile(1), (double)INFINITY);
    cr_expect(isnan(moati_normal_quantile(-0.1)) && isnan(moati_normal_quantile(1.1)) &&
              isnan(moati_normal_quantile((double)NAN)));
}

Test(special, normal_probability) {
    for (double x = -37.5; x < 9; x += 0.0613) {
        EXPECT_CLOSE(moati_normal_probability(x), pnorm(x, 0, 1, 1, 0), 1e-14, "at %g: %.17g", x,
                     moati_normal_probability(x));
        EXPECT_CLOSE(moati_normal_probability(x), gsl_cdf_ugaussian_P(x), 2e-13, "at %g", x);
        EXPECT_CLOSE(moati_normal_score(moati_normal_tails(x)), x, 1e-14, "back from %g", x);
        EXPECT_CLOSE(moati_normal_density(x), dnorm(x, 0, 1, 0), 2e-13, "density at %g", x);
    }
    cr_expect_eq(moati_normal_probability(-(double)INFINITY), 0);
    cr_expect_eq(moati_normal_probability((double)INFINITY), 1);
    cr_expect_eq(moati_normal_probability(0), 0.5);
}

Test(special, the_block_kernel_has_the_same_bits) {
    enum { LANES = 4096 };
    const moati_kernels *kernels;
    moat_error error;
    double *u = aligned_alloc(MOATI_ALIGN, LANES * sizeof *u);
    double *z = aligned_alloc(MOATI_ALIGN, LANES * sizeof *z);
    unsetenv("MOAT_ISA");
    cr_assert(u && z && moati_kernels_choose(&kernels, &error) == MOAT_OK);
    for (size_t i = 0; i < LANES; i++)
        u[i] = z[i] = i < 52 ? ldexp(1, -(int)i - 1) : (double)(i - 51) / (LANES - 50);
    kernels->quantile(z, LANES);
    for (size_t i = 0; i < LANES; i++)
        cr_expect(z[i] == moati_normal_quantile(u[i]), "at %a: %a and %a", u[i], z[i],
                  moati_normal_quantile(u[i]));
    free(u);
    free(z);
}

Test(special, differences) {
    /* To 20 digits: u - log(1 + u), exp(h) - 1 - h, log(a!) less Stirling. */
    static const double deficit[][2] = {
        {1e-8, 4.9999999666666671259e-17}, {-1e-3, 5.0033358353350016382e-7},
        {0.5, 0.094534891891835618022},    {-0.49, 0.18334455326376558786},
        {3, 1.6137056388801093812},        {-0.9, 1.4025850929940458839}};
    static const double excess[][2] = {{1e-8, 5.0000000166666669176e-17},
                                       {-1e-3, 4.9983337499166807616e-7},
                                       {0.4, 0.091824697641270328746},
                                       {-0.6, 0.14881163609402642261},
                                       {2, 4.3890560989306502272}};
    for (size_t i = 0; i < sizeof deficit / sizeof *deficit; i++)
        EXPECT_CLOSE(moati_log_deficit(deficit[i][0]), deficit[i][1], 2e-15, "deficit of %g: %.17g",
                     deficit[i][0], moati_log_deficit(deficit[i][0]));
    for (size_t i = 0; i < sizeof excess / sizeof *excess; i++)
        EXPECT_CLOSE(moati_exp_excess(excess[i][0]), excess[i][1], 2e-15, "excess of %g: %.17g",
                     excess[i][0], moati_exp_excess(excess[i][0]));
    for (double a = 0.01; a < 100; a *= 1.17) {
        double wanted = lgammafn(a + 1) - ((a + 0.5) * log(a) - a + 0.5 * log(2 * M_PI));
        cr_expect(fabs(moati_stirling_error(a) - wanted) < 2e-13, "at %g: %.17g, not %.17g", a,
                  moati_stirling_error(a), wanted);
    }
    EXPECT_CLOSE(moati_stirling_error(1e6), 1 / 12e6, 1e-12, "%.17g", moati_stirling_error(1e6));
}

static const double scores[] = {-8, -6, -4, -2.5, -1.2, -0.5, -0.1, 0, 0.1, 0.5, 1.2, 2.5, 4, 6, 8};

/* Small tails are compared as they are, large ones follow from them. */
static void compare_tails(moati_tails found, moati_tails wanted, double tolerance,
                          const char *where, double a, double b, double h) {
    if (wanted.lower > 1e-290)
        EXPECT_CLOSE(found.lower, wanted.lower, tolerance,
                     "%s(%g, %g) at %g: lower %.17g, not %.17g", where, a, b, h, found.lower,
                     wanted.lower);
    if (wanted.upper > 1e-290)
        EXPECT_CLOSE(found.upper, wanted.upper, tolerance,
                     "%s(%g, %g) at %g: upper %.17g, not %.17g", where, a, b, h, found.upper,
                     wanted.upper);
}

/* x = shape exp(h) is not exact, and tails and densities magnify its rounding. */
Test(special, gamma) {
    static const double shapes[] = {0.05, 0.3, 1, 2.5, 10, 100, 999, 1001, 1e4, 1e6};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        double a = shapes[i];
        moati_gamma gamma = moati_gamma_prepare(a);
        for (size_t j = 0; j < sizeof scores / sizeof *scores; j++) {
            double h = scores[j] * fmin(1, 1 / sqrt(a)) * (scores[j] < 0 ? fmax(1, 0.2 / a) : 0.4);
            double x = a * exp(h), slack = 8e-16 * (sqrt(a) + a * fabs(expm1(h)));
            moati_tails wanted = {pgamma(x, a, 1, 1, 0), pgamma(x, a, 1, 0, 0)};
            compare_tails(moati_gamma_tails(&gamma, h), wanted, 5e-14 + slack, "gamma", a, 1, h);
            if (a > 2000) /* where R's dgamma has but eleven digits */
                continue;
            EXPECT_CLOSE(moati_gamma_density(&gamma, h), x * dgamma(x, a, 1, 0), 5e-14 + slack,
                         "density of gamma(%g) at %g: %.17g, not %.17g", a, h,
                         moati_gamma_density(&gamma, h), x * dgamma(x, a, 1, 0));
        }
    }
    moati_gamma large = moati_gamma_prepare(1e4), huge = moati_gamma_prepare(1e6);
    EXPECT_CLOSE(moati_gamma_density(&large, -0.025), 1.79876988871595334, 1e-14, "large");
    EXPECT_CLOSE(moati_gamma_density(&huge, -0.004), 0.135263935826652939, 1e-14, "huge");
    moati_gamma exponential = moati_gamma_prepare(1);
    EXPECT_CLOSE(moati_gamma_tails(&exponential, log(700)).upper, exp(-700), 1e-12, "exp(-700)");
    cr_expect_eq(moati_gamma_tails(&exponential, -(double)INFINITY).lower, 0);
    cr_expect_eq(moati_gamma_tails(&exponential, (double)INFINITY).upper, 0);
}

Test(special, beta) {
    static const double shapes[] = {0.1, 0.5, 1, 2, 5, 50, 500, 1e4};
    enum { N = sizeof shapes / sizeof *shapes };
    for (size_t i = 0; i < N * N; i++) {
        double a = shapes[i / N], b = shapes[i % N];
        moati_beta beta = moati_beta_prepare(a, b), mirror = moati_beta_prepare(b, a);
        for (size_t j = 0; j < sizeof scores / sizeof *scores; j++) {
            double h = scores[j] * sqrt(1 / fmax(a, 1) + 1 / fmax(b, 1));
            moati_tails found = moati_beta_tails(&beta, h), other = moati_beta_tails(&mirror, -h);
            double odds = a / b * exp(h), x = odds / (1 + odds), y = 1 / (1 + odds);
            /* The side that is small is given as it is. */
            moati_tails wanted = x < y ? (moati_tails){pbeta(x, a, b, 1, 0), pbeta(x, a, b, 0, 0)}
                                       : (moati_tails){pbeta(y, b, a, 0, 0), pbeta(y, b, a, 1, 0)};
            double slack = 4e-16 * fmin(a, b) * fabs(expm1(fabs(h)));
            compare_tails(found, wanted, 2e-13 + slack, "beta", a, b, h);
            cr_expect(h == 0 || (found.lower == other.upper && found.upper == other.lower),
                      "beta(%g, %g) at %g is the mirror image of the other way round", a, b, h);
        }
    }
}
