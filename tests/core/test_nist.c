/* The univariate sets of NIST's Statistical Reference Datasets (StRD), with the mean and the
 * standard deviation that are certified to fifteen digits. Those of NumAcc are in test_summary.c.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "fixture.h"
#include "moat/summary.h"

/* H. S. Lew, deflections of a steel-concrete beam. */
static const double lew[] = {
    -213, -564, -35,  -15,  141,  115,  -420, -360, 203,  -338, -431, 194,  -220, -513, 154,  -125,
    -559, 92,   -21,  -579, -52,  99,   -543, -175, 162,  -457, -346, 204,  -300, -474, 164,  -107,
    -572, -8,   83,   -541, -224, 180,  -420, -374, 201,  -236, -531, 83,   27,   -564, -112, 131,
    -507, -254, 199,  -311, -495, 143,  -46,  -579, -90,  136,  -472, -338, 202,  -287, -477, 169,
    -124, -568, 17,   48,   -568, -135, 162,  -430, -422, 172,  -74,  -577, -13,  92,   -534, -243,
    194,  -355, -465, 156,  -81,  -578, -64,  139,  -449, -384, 193,  -198, -538, 110,  -44,  -577,
    -6,   66,   -552, -164, 161,  -460, -344, 205,  -281, -504, 134,  -28,  -576, -118, 156,  -437,
    -381, 200,  -220, -540, 83,   11,   -568, -160, 172,  -414, -408, 188,  -125, -572, -32,  139,
    -492, -321, 205,  -262, -504, 142,  -83,  -574, 0,    48,   -571, -106, 137,  -501, -266, 190,
    -391, -406, 194,  -186, -553, 83,   -13,  -577, -49,  103,  -515, -280, 201,  300,  -506, 131,
    -45,  -578, -80,  138,  -462, -361, 201,  -211, -554, 32,   74,   -533, -235, 187,  -372, -442,
    182,  -147, -566, 25,   68,   -535, -244, 194,  -351, -463, 174,  -125, -570, 15,   72,   -550,
    -190, 172,  -424, -385, 198,  -218, -536, 96};

/* Numbers drawn in the Maryland lottery, 1989 to 1990. */
static const double lottery[] = {
    162, 671, 933, 414, 788, 730, 817, 33,  536, 875, 670, 236, 473, 167, 877, 980, 316, 950, 456,
    92,  517, 557, 956, 954, 104, 178, 794, 278, 147, 773, 437, 435, 502, 610, 582, 780, 689, 562,
    964, 791, 28,  97,  848, 281, 858, 538, 660, 972, 671, 613, 867, 448, 738, 966, 139, 636, 847,
    659, 754, 243, 122, 455, 195, 968, 793, 59,  730, 361, 574, 522, 97,  762, 431, 158, 429, 414,
    22,  629, 788, 999, 187, 215, 810, 782, 47,  34,  108, 986, 25,  644, 829, 630, 315, 567, 919,
    331, 207, 412, 242, 607, 668, 944, 749, 168, 864, 442, 533, 805, 372, 63,  458, 777, 416, 340,
    436, 140, 919, 350, 510, 572, 905, 900, 85,  389, 473, 758, 444, 169, 625, 692, 140, 897, 672,
    288, 312, 860, 724, 226, 884, 508, 976, 741, 476, 417, 831, 15,  318, 432, 241, 114, 799, 955,
    833, 358, 935, 146, 630, 830, 440, 642, 356, 373, 271, 715, 367, 393, 190, 669, 8,   861, 108,
    795, 269, 590, 326, 866, 64,  523, 862, 840, 219, 382, 998, 4,   628, 305, 747, 247, 34,  747,
    729, 645, 856, 974, 24,  568, 24,  694, 608, 480, 410, 729, 947, 293, 53,  930, 223, 203, 677,
    227, 62,  455, 387, 318, 562, 242, 428, 968};

/* R. Mavrodineaunu, transmittance of a filter. */
static const double mavro[] = {
    2.0018, 2.0017, 2.0018, 2.0019, 2.0018, 2.0017, 2.0015, 2.0014, 2.0015, 2.0015,
    2.0017, 2.0018, 2.0018, 2.0019, 2.0019, 2.0021, 2.0020, 2.0016, 2.0014, 2.0013,
    2.0013, 2.0015, 2.0015, 2.0016, 2.0015, 2.0014, 2.0013, 2.0014, 2.0015, 2.0014,
    2.0015, 2.0016, 2.0015, 2.0016, 2.0019, 2.0020, 2.0020, 2.0021, 2.0022, 2.0023,
    2.0024, 2.0025, 2.0027, 2.0026, 2.0026, 2.0026, 2.0027, 2.0026, 2.0025, 2.0024};

/* A. A. Michelson, the speed of light in air in thousands of km/s, 1879. */
static const double michelso[] = {
    299.85, 299.74, 299.90, 300.07, 299.93, 299.85, 299.95, 299.98, 299.98, 299.88, 300.00, 299.98,
    299.93, 299.65, 299.76, 299.81, 300.00, 300.00, 299.96, 299.96, 299.96, 299.94, 299.96, 299.94,
    299.88, 299.80, 299.85, 299.88, 299.90, 299.84, 299.83, 299.79, 299.81, 299.88, 299.88, 299.83,
    299.80, 299.79, 299.76, 299.80, 299.88, 299.88, 299.88, 299.86, 299.72, 299.72, 299.62, 299.86,
    299.97, 299.95, 299.88, 299.91, 299.85, 299.87, 299.84, 299.84, 299.85, 299.84, 299.84, 299.84,
    299.89, 299.81, 299.81, 299.82, 299.80, 299.77, 299.76, 299.74, 299.75, 299.76, 299.91, 299.92,
    299.89, 299.86, 299.88, 299.72, 299.84, 299.85, 299.85, 299.78, 299.89, 299.84, 299.78, 299.81,
    299.76, 299.81, 299.79, 299.81, 299.82, 299.85, 299.87, 299.87, 299.81, 299.74, 299.81, 299.94,
    299.95, 299.80, 299.81, 299.87};

/* Where data are decimals, doubles are not the data: the mean's digits that a standard deviation
 * loses are lost before it is computed. */
static void expect_certified(const char *name, size_t count, const double *values, double mean,
                             double sd) {
    moat_summary s;
    cr_assert_eq(moat_summarise(count, values, &s, &error), MOAT_OK, "%s", error.message);
    const double lost = fmax(1e-15, 0x1p-53 * fabs(mean) / sd);
    cr_expect_leq(fabs(s.mean - mean), 1e-15 * fabs(mean), "%s: mean %.17g, not %.17g", name,
                  s.mean, mean);
    cr_expect_leq(fabs(s.sd / sd - 1), 4 * lost, "%s: sd %.17g, not %.17g", name, s.sd, sd);
}

Test(nist, observations) {
    expect_certified("Lew", COUNT(lew), lew, -177.435, 277.332168044316);
    expect_certified("Lottery", COUNT(lottery), lottery, 518.958715596330, 291.699727470969);
    expect_certified("Mavro", COUNT(mavro), mavro, 2.001856, 0.000429123454003053);
    expect_certified("Michelso", COUNT(michelso), michelso, 299.8524, 0.0790105478190518);
}

enum { DIGITS = 5000, CELLS = DIGITS * 10 / 3 + 20 };

/* One more digit of a number in the mixed base 1/3, 2/5, 3/7, ..., in which those of pi are all 2
 * (Rabinowitz and Wagon): it may be 10, which is carried to those before. */
static unsigned next_digit(unsigned *cells) {
    unsigned carry = 0;
    for (unsigned i = CELLS; i-- > 1;) {
        const unsigned x = cells[i] * 10 + carry;
        cells[i] = x % (2 * i + 1);
        carry = x / (2 * i + 1) * i;
    }
    const unsigned x = cells[0] * 10 + carry;
    cells[0] = x % 10;
    return x / 10;
}

/* In the place of PiDigits, whose certified values are not those of the first 5000 digits of pi. */
Test(nist, the_digits_of_pi) {
    double *digits = calloc(DIGITS + 16, sizeof *digits);
    unsigned *cells = calloc(CELLS, sizeof *cells);
    cr_assert(digits && cells);
    for (size_t i = 0; i < CELLS; i++)
        cells[i] = 2;
    for (size_t i = 0; i < DIGITS + 16; i++)
        digits[i] = next_digit(cells);
    for (size_t i = DIGITS + 15; i > 0; i--)
        if (digits[i] >= 10) {
            digits[i] -= 10;
            digits[i - 1]++;
        }
    cr_assert(digits[0] == 3 && digits[1] == 1 && digits[2] == 4 && digits[9] == 3);
    double sum = 0, squares = 0; /* of whole numbers: exact */
    for (size_t i = 0; i < DIGITS; i++) {
        sum += digits[i];
        squares += digits[i] * digits[i];
    }
    const double mean = sum / DIGITS;
    const double variance = (DIGITS * squares - sum * sum) / ((double)DIGITS * (DIGITS - 1));
    cr_assert_eq(sum, 22679);
    expect_certified("the digits", DIGITS, digits, mean, sqrt(variance));
    free(digits);
    free(cells);
}
