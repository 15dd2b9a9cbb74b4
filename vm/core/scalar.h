/* Elementary functions with the same bits on every processor: one lane of the vector
 * mathematics library's deterministic family, which the block kernels use too. The C
 * library's own differ between processors and are not used for values. */
#ifndef MOATI_SCALAR_H
#define MOATI_SCALAR_H

#include <math.h>

/* The header declares this family only where the compiler may use FMA itself; the library has
 * it either way. */
#ifdef FP_FAST_FMA
#include <sleef.h>
#else
#define FP_FAST_FMA
#include <sleef.h>
#undef FP_FAST_FMA
#endif

static inline double moati_exp(double x) {
    return Sleef_finz_expd1_u10purecfma(x);
}

static inline double moati_expm1(double x) {
    return Sleef_finz_expm1d1_u10purecfma(x);
}

static inline double moati_log(double x) {
    return Sleef_finz_logd1_u10purecfma(x);
}

static inline double moati_log1p(double x) {
    return Sleef_finz_log1pd1_u10purecfma(x);
}

/* The common exponents are what multiplication, division and the square root make of them: as
 * exact as can be, and the same whether the exponent is known while a script runs (see
 * fold.c) or not. So x^0.5 is sqrt(x) for -inf and -0 too. */
static inline double moati_pow(double x, double y) {
    if (y == 0)
        return 1;
    if (y == 1)
        return x;
    if (y == 2)
        return x * x;
    if (y == 3)
        return x * x * x;
    if (y == -1)
        return 1 / x;
    if (y == 0.5)
        return sqrt(x);
    return Sleef_finz_powd1_u10purecfma(x, y);
}

static inline double moati_sin(double x) {
    return Sleef_finz_sind1_u10purecfma(x);
}

static inline double moati_cos(double x) {
    return Sleef_finz_cosd1_u10purecfma(x);
}

static inline double moati_tan(double x) {
    return Sleef_finz_tand1_u10purecfma(x);
}

static inline double moati_asin(double x) {
    return Sleef_finz_asind1_u10purecfma(x);
}

static inline double moati_acos(double x) {
    return Sleef_finz_acosd1_u10purecfma(x);
}

static inline double moati_atan2(double y, double x) {
    return Sleef_finz_atan2d1_u10purecfma(y, x);
}

static inline double moati_atan(double x) {
    return Sleef_finz_atand1_u10purecfma(x);
}

static inline double moati_erfc(double x) {
    return Sleef_finz_erfcd1_u15purecfma(x);
}

static inline double moati_lgamma(double x) {
    return Sleef_finz_lgammad1_u10purecfma(x);
}

/* The remainder with the sign of y, as Lua's % has it. */
static inline double moati_modulo(double x, double y) {
    double m = fmod(x, y);
    return (m < 0) != (y < 0) && m != 0 ? m + y : m;
}

/* The nearest integer, halves away from zero: exact for every double. */
static inline double moati_round(double x) {
    double t = trunc(x);
    return fabs(x - t) >= 0.5 ? t + copysign(1.0, x) : t;
}

/* The standard normal: distribution function and quantile function. Both are good to a few
 * units in the last place over the whole range; quantile(0) is -inf and quantile(1) inf.
 * The quantile is Wichura's AS 241 (PPND16). */
double moati_normal_probability(double x);
double moati_normal_quantile(double p);

#endif
