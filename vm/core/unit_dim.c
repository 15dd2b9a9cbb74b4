/* Dimensions: exponents of the base dimensions, interned so that equal ones are one number. The
 * registry owns them and their texts. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mix.h"
#include "unit.h"

enum { DIM_TEXT = MOAT_BASE_LIMIT * (1 + MOATI_NAME_LIMIT + MOATI_POWER_TEXT) + 2 };

static uint64_t dim_hash(const void *owner, uint32_t entry) {
    const moat_units *units = owner;
    return units->dims[entry - 1].hash;
}

static bool same_exponents(const void *owner, uint32_t entry, const void *key) {
    const moat_units *units = owner;
    return memcmp(&units->dims[entry - 1].exponents, key, sizeof(moati_exponents)) == 0;
}

/* Zeros are left out, so that a base dimension added later changes no hash. */
static uint64_t hash_exponents(const moat_units *units, const moati_exponents *exponents) {
    uint64_t hash = 0;
    for (size_t i = 0; i < units->base_count; i++)
        if (exponents->of[i] != 0)
            hash = moati_mix64(hash ^ ((uint64_t)(i + 1) << 32 | (uint32_t)exponents->of[i]));
    return hash;
}

static int64_t greatest_common_divisor(int64_t a, int64_t b) {
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

size_t moati_power_print(char buffer[MOATI_POWER_TEXT], int32_t exponent) {
    int64_t thousandths = (int64_t)exponent * 1000;
    int length = 0;
    buffer[0] = '\0';
    if (exponent == MOATI_WHOLE)
        return 0;
    if (exponent % MOATI_WHOLE == 0) {
        length = snprintf(buffer, MOATI_POWER_TEXT, "^%d", exponent / MOATI_WHOLE);
    } else if (thousandths % MOATI_WHOLE == 0) {
        int64_t size = llabs(thousandths / MOATI_WHOLE);
        length = snprintf(buffer, MOATI_POWER_TEXT, "^%s%lld.%03lld", exponent < 0 ? "-" : "",
                          (long long)(size / 1000), (long long)(size % 1000));
        while (buffer[length - 1] == '0')
            buffer[--length] = '\0';
    } else {
        int64_t common = greatest_common_divisor(llabs((int64_t)exponent), MOATI_WHOLE);
        length = snprintf(buffer, MOATI_POWER_TEXT, "^(%lld/%lld)", (long long)(exponent / common),
                          (long long)(MOATI_WHOLE / common));
    }
    return (size_t)length;
}

/* The factors above the line, then each below it with its own "/". */
static size_t print_dim(const moat_units *units, const moati_exponents *exponents,
                        char text[DIM_TEXT]) {
    size_t used = 0;
    char power[MOATI_POWER_TEXT];
    for (size_t i = 0; i < units->base_count; i++) {
        if (exponents->of[i] <= 0)
            continue;
        moati_power_print(power, exponents->of[i]);
        used += (size_t)snprintf(text + used, DIM_TEXT - used, "%s%s%s", used > 0 ? " " : "",
                                 units->base_names[i], power);
    }
    if (used == 0)
        used = (size_t)snprintf(text, DIM_TEXT, "1");
    for (size_t i = 0; i < units->base_count; i++) {
        if (exponents->of[i] >= 0)
            continue;
        moati_power_print(power, -exponents->of[i]);
        used +=
            (size_t)snprintf(text + used, DIM_TEXT - used, "/%s%s", units->base_names[i], power);
    }
    return used;
}

bool moati_dim_intern(moat_units *units, const moati_exponents *exponents, moat_dim *dim) {
    size_t place;
    if (!moati_table_reserve(&units->dim_index, dim_hash, units))
        return false;
    uint64_t hash = hash_exponents(units, exponents);
    uint32_t known =
        moati_table_find(&units->dim_index, hash, same_exponents, units, exponents, &place);
    if (known != 0) {
        *dim = known - 1;
        return true;
    }
    char text[DIM_TEXT];
    size_t length = print_dim(units, exponents, text);
    if (!moati_grow(&units->dims, &units->dim_capacity, units->dim_count + 1, sizeof *units->dims))
        return false;
    char *copy = moati_copy_text(text, length);
    if (!copy)
        return false;
    *dim = (moat_dim)units->dim_count++;
    units->dims[*dim] = (moati_dim_entry){hash, *exponents, copy};
    moati_table_put(&units->dim_index, place, *dim + 1);
    return true;
}

void moati_dims_free(moat_units *units) {
    for (size_t i = 0; i < units->dim_count; i++)
        free(units->dims[i].text);
    free(units->dims);
    moati_table_free(&units->dim_index);
}

static moat_status intern(moat_units *units, const moati_exponents *exponents, moat_dim *dim,
                          moat_error *error) {
    if (moati_dim_intern(units, exponents, dim))
        return MOAT_OK;
    return moat_fail(error, MOAT_NO_MEMORY, "out of memory for a unit");
}

static moat_status combine(moat_units *units, moat_dim a, moat_dim b, int sign, moat_dim *result,
                           moat_error *error) {
    moati_exponents exponents = units->dims[a].exponents;
    if (!moati_exponents_add(&exponents, &units->dims[b].exponents, sign))
        return moat_fail(error, MOAT_UNIT, "the exponents of the resulting unit are too large");
    return intern(units, &exponents, result, error);
}

moat_status moat_dim_multiply(moat_units *units, moat_dim a, moat_dim b, moat_dim *product,
                              moat_error *error) {
    if (a == MOAT_DIMENSIONLESS || b == MOAT_DIMENSIONLESS) {
        *product = a == MOAT_DIMENSIONLESS ? b : a;
        return MOAT_OK;
    }
    return combine(units, a, b, 1, product, error);
}

moat_status moat_dim_divide(moat_units *units, moat_dim a, moat_dim b, moat_dim *quotient,
                            moat_error *error) {
    if (a == b || b == MOAT_DIMENSIONLESS) {
        *quotient = a == b ? MOAT_DIMENSIONLESS : a;
        return MOAT_OK;
    }
    return combine(units, a, b, -1, quotient, error);
}

/* An exponent such as 1/3 comes as the nearest double, so the product may be off by a few
 * roundings, and by no more. */
static bool scale_exponent(int32_t *exponent, double by) {
    double product = *exponent * by;
    double whole = round(product);
    if (!(fabs(whole) <= MOATI_EXPONENT_LIMIT) || !(fabs(product - whole) <= 1e-12 * fabs(product)))
        return false;
    *exponent = (int32_t)whole;
    return true;
}

moat_status moat_dim_power(moat_units *units, moat_dim a, double exponent, moat_dim *power,
                           moat_error *error) {
    moati_exponents exponents = units->dims[a].exponents;
    for (size_t i = 0; i < units->base_count; i++)
        if (exponents.of[i] != 0 && !scale_exponent(&exponents.of[i], exponent))
            return moat_fail(error, MOAT_UNIT,
                             "%s cannot be raised to the power %.15g: exponents of units are "
                             "simple fractions",
                             moat_dim_text(units, a), exponent);
    return intern(units, &exponents, power, error);
}

double moat_dim_exponent(const moat_units *units, moat_dim dim, moat_base base) {
    return (double)units->dims[dim].exponents.of[base] / MOATI_WHOLE;
}

const char *moat_dim_text(const moat_units *units, moat_dim dim) {
    return units->dims[dim].text;
}
