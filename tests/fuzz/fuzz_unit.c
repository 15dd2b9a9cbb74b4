/* Unit strings: what parses has a factor and a dimension whose own text parses to the same. */
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "moat/unit.h"

static void expect_text_of_dimension(moat_units *units, moat_dim dim) {
    moat_unit again;
    moat_error error;
    const char *text = moat_dim_text(units, dim);
    const moat_status status = moat_unit_parse(units, text, strlen(text), &again, &error);
    FUZZ_EXPECT(status == MOAT_OK, "\"%s\": %s", text, error.message);
    FUZZ_EXPECT(moat_unit_dim(units, again) == dim, "\"%s\" is another dimension", text);
    FUZZ_EXPECT(moat_unit_factor(units, again) == 1, "\"%s\" is not in base units", text);
}

static void expect_readable(moat_units *units, moat_dim dim, double magnitude) {
    const moat_unit unit = moat_unit_readable(units, dim, magnitude);
    FUZZ_EXPECT(moat_unit_dim(units, unit) == dim, "\"%s\" is another dimension",
                moat_unit_text(units, unit));
}

static void expect_algebra(moat_units *units, moat_dim dim) {
    moat_dim square, back, root;
    moat_error error;
    const moat_status status = moat_dim_multiply(units, dim, dim, &square, &error);
    if (status != MOAT_OK) {
        fuzz_expect_error(status, &error, 0);
        return;
    }
    FUZZ_EXPECT(moat_dim_divide(units, square, dim, &back, &error) == MOAT_OK && back == dim, "%s",
                moat_dim_text(units, dim));
    FUZZ_EXPECT(moat_dim_power(units, square, 0.5, &root, &error) == MOAT_OK && root == dim, "%s",
                moat_dim_text(units, dim));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    moat_units *units = moat_units_new();
    const char *text = (const char *)data;
    moat_unit unit;
    moat_error error;
    const moat_status status = moat_unit_parse(units, text, size, &unit, &error);
    if (status == MOAT_OK) {
        const moat_dim dim = moat_unit_dim(units, unit);
        const double factor = moat_unit_factor(units, unit);
        FUZZ_EXPECT(factor > 0 && isfinite(factor), "%g", factor);
        expect_text_of_dimension(units, dim);
        expect_readable(units, dim, factor);
        expect_readable(units, dim, 0);
        expect_algebra(units, dim);
        const char *written = moat_unit_text(units, unit);
        moat_unit again;
        FUZZ_EXPECT(moat_unit_parse(units, written, strlen(written), &again, &error) == MOAT_OK &&
                        moat_unit_dim(units, again) == dim &&
                        moat_unit_factor(units, again) == factor,
                    "\"%s\" does not read back", written);
    } else {
        fuzz_expect_error(status, &error, size);
    }
    moat_units_free(units);
    return 0;
}
