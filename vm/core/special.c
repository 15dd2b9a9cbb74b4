/* The standard normal, gamma and beta distributions, each by the series, continued fraction or
 * quadrature that is precise where it is used. */
#include "special.h"

#include "normal_rational.h"

static const double SQRT_HALF = 0.7071067811865476;
static const double SQRT_HALF_LOW = -4.833646656726456e-17; /* sqrt(1/2) less its double */
static const double TWO_PI = 6.283185307179586;
static const double INVERSE_SQRT_TWO_PI = 0.3989422804014327;

enum { ITERATION_LIMIT = 1000000 };

static const double ENOUGH = 0x1p-54; /* a term that changes nothing any more */

static double polynomial(const double c[8], double x) {
    double y = c[7];
    for (int i = 6; i >= 0; i--)
        y = fma(y, x, c[i]);
    return y;
}

/* --- The standard normal. */

double moati_normal_probability(double x) {
    double y = -x * SQRT_HALF, tail = moati_erfc(y);
    if (y <= 1 || tail == 0)
        return 0.5 * tail;
    /* Far out the tail magnifies the rounding of y by 2 y^2: take the part of y that was
     * rounded away into account. erfc'/erfc is close to -(y + sqrt(y^2 + 3/2)) there. */
    double rounded_away = fma(-x, SQRT_HALF, -y) - x * SQRT_HALF_LOW;
    return 0.5 * (tail - tail * (y + sqrt(y * y + 1.5)) * rounded_away);
}

double moati_normal_quantile(double p) {
    double q = p - 0.5, r = 0.180625 - q * q;
    if (!(p >= 0 && p <= 1))
        return (double)NAN;
    if (r >= 0)
        return q * polynomial(MOATI_CENTRE_NUMERATOR, r) / polynomial(MOATI_CENTRE_DENOMINATOR, r);
    double nearer = q < 0 ? p : 1.0 - p, z;
    if (nearer == 0)
        return copysign((double)INFINITY, q);
    r = sqrt(-moati_log(nearer));
    if (r <= 5.0)
        z = polynomial(MOATI_NEAR_TAIL_NUMERATOR, r - 1.6) /
            polynomial(MOATI_NEAR_TAIL_DENOMINATOR, r - 1.6);
    else
        z = polynomial(MOATI_FAR_TAIL_NUMERATOR, r - 5.0) /
            polynomial(MOATI_FAR_TAIL_DENOMINATOR, r - 5.0);
    return copysign(z, q);
}

moati_tails moati_normal_tails(double z) {
    return (moati_tails){moati_normal_probability(z), moati_normal_probability(-z)};
}

double moati_normal_score(moati_tails tails) {
    if (tails.lower <= tails.upper)
        return moati_normal_quantile(tails.lower);
    return -moati_normal_quantile(tails.upper);
}

double moati_normal_density(double z) {
    return INVERSE_SQRT_TWO_PI * moati_exp(-0.5 * z * z);
}

/* --- Differences that must not be taken as they are written. */

double moati_log_deficit(double u) {
    if (!(u > -0.5 && u < 1))
        return u - moati_log1p(u);
    /* log(1 + u) = 2 artanh(r), and u - 2 r = r u. */
    double r = u / (2 + u), s = r * r, sum = 0;
    for (int n = 35; n >= 3; n -= 2)
        sum = sum * s + 1.0 / n;
    return r * (u - 2 * s * sum);
}

double moati_exp_excess(double h) {
    static const double reciprocal_factorial[] = {1.0 / 2,
                                                  1.0 / 6,
                                                  1.0 / 24,
                                                  1.0 / 120,
                                                  1.0 / 720,
                                                  1.0 / 5040,
                                                  1.0 / 40320,
                                                  1.0 / 362880,
                                                  1.0 / 3628800,
                                                  1.0 / 39916800,
                                                  1.0 / 479001600,
                                                  1.0 / 6227020800,
                                                  1.0 / 8.71782912e10,
                                                  1.0 / 1.307674368e12,
                                                  1.0 / 2.0922789888e13};
    if (!(fabs(h) < 0.5))
        return moati_expm1(h) - h;
    double sum = 0;
    for (int n = 14; n >= 0; n--)
        sum = sum * h + reciprocal_factorial[n];
    return sum * h * h;
}

double moati_stirling_error(double a) {
    /* Up to where the asymptotic series has 17 digits, by the recurrence of Gamma. */
    double shift = 0;
    for (; a < 10; a += 1)
        shift += (a + 0.5) * moati_log1p(1 / a) - 1;
    double s = 1 / (a * a);
    double series = 1.0 / 156;
    series = series * s - 691.0 / 360360;
    series = series * s + 1.0 / 1188;
    series = series * s - 1.0 / 1680;
    series = series * s + 1.0 / 1260;
    series = series * s - 1.0 / 360;
    series = series * s + 1.0 / 12;
    return shift + series / a;
}

/* --- Gamma. The density in h is peak exp(-shape (exp(h) - 1 - h)). */

moati_gamma moati_gamma_prepare(double shape) {
    double peak = sqrt(shape / TWO_PI) * moati_exp(-moati_stirling_error(shape));
    return (moati_gamma){shape, peak};
}

double moati_gamma_density(const moati_gamma *gamma, double h) {
    return gamma->peak * moati_exp(-gamma->shape * moati_exp_excess(h));
}

/* The lower tail over density / shape: sum of x^n / ((a + 1) ... (a + n)). */
static double gamma_series(double a, double x) {
    double term = 1, sum = 1;
    for (int n = 1; n < ITERATION_LIMIT && term > sum * ENOUGH; n++) {
        term *= x / (a + n);
        sum += term;
    }
    return sum;
}

/* The upper tail over the density: Legendre's continued fraction, by Lentz's method. */
static double gamma_fraction(double a, double x) {
    double b = x + 1 - a, c = 1e300, d = 1 / b, f = d;
    for (int n = 1; n < ITERATION_LIMIT; n++) {
        double alpha = n * (a - n);
        b += 2;
        d = 1 / (alpha * d + b);
        c = b + alpha / c;
        f *= c * d;
        if (fabs(c * d - 1) < 0x1p-52)
            break;
    }
    return f;
}

/* Gauss and Legendre's rule with 32 points: the positive nodes in [-1, 1] and their weights. */
static const double RULE[16][2] = {{0.048307665687738316235, 0.096540088514727800567},
                                   {0.14447196158279649349, 0.095638720079274859419},
                                   {0.23928736225213707454, 0.093844399080804565639},
                                   {0.33186860228212764978, 0.091173878695763884713},
                                   {0.42135127613063534536, 0.087652093004403811143},
                                   {0.50689990893222939002, 0.083311924226946755222},
                                   {0.58771575724076232904, 0.078193895787070306472},
                                   {0.66304426693021520098, 0.072345794108848506225},
                                   {0.73218211874028968039, 0.065822222776361846838},
                                   {0.79448379596794240696, 0.058684093478535547145},
                                   {0.84936761373256997013, 0.050998059262376176196},
                                   {0.89632115576605212397, 0.042835898022226680657},
                                   {0.93490607593773968917, 0.034273862913021433103},
                                   {0.96476225558750643077, 0.025392065309262059456},
                                   {0.9856115115452683354, 0.016274394730905670605},
                                   {0.99726386184948156354, 0.0070186100094700966004}};

/* The tail beyond h, away from 0, over the density: the integral over s > 0 of
 * exp(-a (e^h excess(+-s) + |e^h - 1| s)). For large shapes, where series and fraction take
 * long; then only small s matter and the integrand is smooth. */
static double gamma_tail_integral(double a, double h) {
    const double neglected = 40; /* exp(-40) is below the rounding error */
    double square = a * moati_exp(h), linear = a * fabs(moati_expm1(h)), sign = h < 0 ? -1 : 1;
    double end = 2 * neglected / (linear + sqrt(linear * linear + 2 * square * neglected));
    double half = 0.5 * end * (h < 0 ? 1.1 : 1.0), sum = 0; /* excess(-s) is below s^2 / 2 */
    for (int i = 0; i < 16; i++) {
        double near = half * (1 - RULE[i][0]), far = half * (1 + RULE[i][0]);
        double value = moati_exp(-square * moati_exp_excess(sign * near) - linear * near) +
                       moati_exp(-square * moati_exp_excess(sign * far) - linear * far);
        sum += RULE[i][1] * value;
    }
    return sum * half;
}

moati_tails moati_gamma_tails(const moati_gamma *gamma, double h) {
    const double large_shape = 1000, close = 0.25, small = 0.6;
    double a = gamma->shape, x = a * moati_exp(h), density = moati_gamma_density(gamma, h);
    double tail;
    if (!(density > 0)) /* NaN where h is infinite */
        return h < 0 ? (moati_tails){0, 1} : (moati_tails){1, 0};
    if (a >= large_shape && fabs(h) < close) {
        tail = density * gamma_tail_integral(a, h);
        return h < 0 ? (moati_tails){tail, 1 - tail} : (moati_tails){1 - tail, tail};
    }
    if (x < small || x < a) {
        tail = density / a * gamma_series(a, x);
        return (moati_tails){tail, fmax(0, 1 - tail)};
    }
    tail = density * gamma_fraction(a, x);
    return (moati_tails){fmax(0, 1 - tail), tail};
}

/* --- Beta. Everything is computed for h <= 0, below the middle; above it a and b change
 * places. */

static moati_beta beta_mirror(const moati_beta *beta) {
    return (moati_beta){beta->b, beta->a, beta->rest, beta->centre, beta->peak};
}

moati_beta moati_beta_prepare(double a, double b) {
    double n = a + b, parts = moati_stirling_error(a) + moati_stirling_error(b);
    double peak = sqrt(a * b / n / TWO_PI) * moati_exp(moati_stirling_error(n) - parts);
    return (moati_beta){a, b, a / n, b / n, peak};
}

/* What x and 1 - x are at h <= 0, and how far they are from the middle: x = centre (1 + dx),
 * 1 - x = rest (1 + dy). */
typedef struct beta_point {
    double x, y, dx, dy;
    double log_x; /* log(1 + dx) */
} beta_point;

static beta_point beta_point_at(const moati_beta *beta, double h) {
    double share = moati_exp(h), e = moati_expm1(h), w = beta->rest + beta->centre * share;
    return (beta_point){.x = beta->centre * share / w,
                        .y = beta->rest / w,
                        .dx = beta->rest * e / w,
                        .dy = -beta->centre * e / w,
                        .log_x = h - moati_log(w)};
}

static double beta_density_at(const moati_beta *beta, const beta_point *at) {
    double x = at->dx > -0.5 ? moati_log_deficit(at->dx) : at->dx - at->log_x;
    return beta->peak * moati_exp(-(beta->a * x + beta->b * moati_log_deficit(at->dy)));
}

double moati_beta_density(const moati_beta *beta, double h) {
    moati_beta side = h > 0 ? beta_mirror(beta) : *beta;
    beta_point at = beta_point_at(&side, -fabs(h));
    return beta_density_at(&side, &at);
}

/* The lower tail over the density: the continued fraction of DiDonato and Morris (ACM TOMS
 * 18, 1992, algorithm 708), which suits x below the middle. */
static double beta_fraction(const moati_beta *beta, const beta_point *at) {
    double a = beta->a, b = beta->b, x = at->x, y = at->y, lambda = -a * at->dx;
    double f = a * (lambda + 1) / (a + 1), c = f, d = 0;
    for (int n = 1; n < ITERATION_LIMIT; n++) {
        double m = a + 2.0 * n;
        double alpha = (a + n - 1) / (m - 1) * ((a + b + n - 1) / (m - 1)) * n * (b - n) * x * x;
        double step =
            n + n * (b - n) * x / (m - 1) + (a + n) / (m + 1) * (lambda + 1 + n * (1 + y));
        d = 1 / (step + alpha * d);
        c = step + alpha / c;
        f *= c * d;
        if (fabs(c * d - 1) < 0x1p-52)
            break;
    }
    return 1 / f;
}

moati_tails moati_beta_tails(const moati_beta *beta, double h) {
    moati_beta side = h > 0 ? beta_mirror(beta) : *beta;
    beta_point at = beta_point_at(&side, -fabs(h));
    double density = beta_density_at(&side, &at);
    double tail = density == 0 ? 0 : density * beta_fraction(&side, &at);
    moati_tails tails = {tail, fmax(0, 1 - tail)};
    return h > 0 ? moati_tails_swap(tails) : tails;
}
