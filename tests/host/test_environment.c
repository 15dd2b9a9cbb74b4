/* A script computes the same, whatever floating-point environment the program that runs it has
 * set, and the program keeps its settings. */
#define _GNU_SOURCE /* feenableexcept */
#include <criterion/criterion.h>
#include <fenv.h>

#include "script.h"

static const char script[] =
    "local x = assume('x', '1 to 3 $bn')\n"
    "local function show(...) print(('%.17g '):rep(select('#', ...)):format(...)) end\n"
    "show(1 / 3, 0.1 + 0.2, 1e-300 * 1e-10, 2 ^ 0.5, math.exp(1), 1 / 0, tonumber '0.1')\n"
    "local s = summary(x / 3 + q '0.1 $M')\n"
    "show(s.mean, s.sd, s.p5, s.p50, s.max)\n"
    "print(x, q '0.1 $bn' / 3)\n";

static void set(int rounding, int trapped) {
    fesetenv(FE_DFL_ENV);
    fesetround(rounding);
    if (trapped)
        feenableexcept(trapped);
}

Test(environment, scripts_print_the_same) {
    static const struct {
        const char *name;
        int rounding, trapped;
    } settings[] = {{"rounding up", FE_UPWARD, 0},
                    {"rounding towards zero", FE_TOWARDZERO, 0},
                    {"exceptions trapped", FE_TONEAREST, FE_DIVBYZERO | FE_OVERFLOW | FE_INVALID}};
    script_outcome expected, outcome;
    script_run(script, &expected);
    cr_assert_eq(expected.status, MOAT_OK, "%s", expected.error.message);
    for (size_t i = 0; i < SCRIPT_COUNT(settings); i++) {
        set(settings[i].rounding, settings[i].trapped);
        script_run(script, &outcome);
        const int rounding = fegetround(), trapped = fegetexcept();
        fesetenv(FE_DFL_ENV);
        cr_expect_str_eq(outcome.output, expected.output, "%s: %snot %s", settings[i].name,
                         outcome.output, expected.output);
        cr_expect(rounding == settings[i].rounding && trapped == settings[i].trapped,
                  "%s: the settings were changed", settings[i].name);
    }
}
