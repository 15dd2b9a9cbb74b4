/* Arithmetic of factors and exponents on plain values. Powers of ten stay apart, so that factors
 * are exact as long as a double can hold them. */
#include <math.h>
#include <stdlib.h>

#include "scalar.h"
#include "unit.h"

const moati_measure moati_measure_one = {.factor = {1, 1, 0}};

bool moati_exponents_add(moati_exponents *sum, const moati_exponents *other, int sign) {
    for (size_t i = 0; i < MOAT_BASE_LIMIT; i++) {
        int64_t exponent = (int64_t)sum->of[i] + (int64_t)sign * other->of[i];
        if (llabs(exponent) > MOATI_EXPONENT_LIMIT)
            return false;
        sum->of[i] = (int32_t)exponent;
    }
    return true;
}

static bool multiply_factor(moati_factor *product, const moati_factor *other) {
    product->numerator *= other->numerator;
    product->denominator *= other->denominator;
    product->tens += other->tens;
    return abs(product->tens) <= MOATI_TENS_LIMIT;
}

bool moati_measure_multiply(moati_measure *product, const moati_measure *other) {
    return multiply_factor(&product->factor, &other->factor) &&
           moati_exponents_add(&product->exponents, &other->exponents, 1);
}

static moati_factor inverse(const moati_factor *factor) {
    return (moati_factor){factor->denominator, factor->numerator, -factor->tens};
}

bool moati_measure_divide(moati_measure *quotient, const moati_measure *other) {
    moati_factor factor = inverse(&other->factor);
    return multiply_factor(&quotient->factor, &factor) &&
           moati_exponents_add(&quotient->exponents, &other->exponents, -1);
}

/* By squaring: exact as long as the result fits a double's 53 bits. */
static double whole_power(double base, uint32_t exponent) {
    double power = 1;
    for (; exponent > 0; exponent >>= 1) {
        if (exponent & 1)
            power *= base;
        base *= base;
    }
    return power;
}

static double positive_power(double base, uint32_t exponent) {
    if (exponent % MOATI_WHOLE == 0)
        return whole_power(base, exponent / MOATI_WHOLE);
    if (2 * exponent % MOATI_WHOLE == 0)
        return whole_power(sqrt(base), 2 * exponent / MOATI_WHOLE);
    return moati_pow(base, (double)exponent / MOATI_WHOLE);
}

static bool raise_factor(moati_factor *factor, int32_t exponent) {
    moati_factor base = exponent < 0 ? inverse(factor) : *factor;
    uint32_t size = (uint32_t)abs(exponent);
    int64_t tens = (int64_t)base.tens * size;
    if (llabs(tens) > (int64_t)MOATI_TENS_LIMIT * MOATI_WHOLE)
        return false;
    *factor = (moati_factor){positive_power(base.numerator, size),
                             positive_power(base.denominator, size), (int)(tens / MOATI_WHOLE)};
    int64_t rest = tens % MOATI_WHOLE;
    if (rest != 0)
        factor->numerator *= moati_pow(10, (double)rest / MOATI_WHOLE);
    return true;
}

bool moati_measure_raise(moati_measure *measure, int32_t exponent) {
    for (size_t i = 0; i < MOAT_BASE_LIMIT; i++) {
        int64_t product = (int64_t)measure->exponents.of[i] * exponent;
        int64_t raised = product / MOATI_WHOLE;
        if (product % MOATI_WHOLE != 0 || llabs(raised) > MOATI_EXPONENT_LIMIT)
            return false;
        measure->exponents.of[i] = (int32_t)raised;
    }
    return raise_factor(&measure->factor, exponent);
}

/* Up to 10^22 a double is exact, so that products of two such are correctly rounded. */
static double power_of_ten(int exponent) {
    static const double exact[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    double power = 1;
    for (; exponent > 22; exponent -= 22)
        power *= 1e22;
    return power * exact[exponent];
}

double moati_factor_value(const moati_factor *factor) {
    if (factor->tens < 0)
        return factor->numerator / (factor->denominator * power_of_ten(-factor->tens));
    return factor->numerator * power_of_ten(factor->tens) / factor->denominator;
}
