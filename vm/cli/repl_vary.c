/* :vary, an output over a range of an assumption's values. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "number.h"
#include "repl_session.h"

enum { MOST_POINTS = 9, FEWER_POINTS = 5, BAR = 40, NARROWEST_BAR = 8 };

/* An evaluation of more nodes and samples than this is done for fewer points. */
#define LONG_WORK 5e7

enum { VALUE, MEAN, P5, P95, COURSE, COLUMN_COUNT };

typedef struct variation {
    const char *name; /* of the assumption */
    double low, high;
    char unit[MOATI_WORD_SIZE];
    moat_output output; /* one value */
    moat_node node;     /* it */
    char shown[160];    /* what it is called */
    size_t points;
    moat_summary summaries[MOST_POINTS];
    moat_results *results; /* of the last point */
} variation;

/* --- Reading "10..20 $bn/GW/yr npv". */

static bool read_range(const char *text, variation *v, const char **rest) {
    const char *dots = strstr(text, ".."), *to = strstr(text, " to ");
    const char *between = dots != NULL ? dots : to;
    char first[MOATI_NUMBER], *end;
    if (between == NULL || (size_t)(between - text) >= sizeof first)
        return false;
    memcpy(first, text, (size_t)(between - text));
    first[between - text] = '\0';
    v->low = strtod(first, &end);
    if (end == first || end[strspn(end, " ")] != '\0')
        return false;
    const char *second = between + (dots != NULL ? 2 : 4);
    v->high = strtod(second, &end);
    *rest = end + strspn(end, " \t");
    return end != second && isfinite(v->low) && isfinite(v->high) && v->low != v->high;
}

/* The first output that depends on the assumption, one without an axis where there is one; NULL,
 * after it has been told, where there is none. */
static const moat_output *first_dependant(moati_repl *repl, const char *name) {
    moat_model *model = repl->model;
    const moat_output *found = NULL;
    for (size_t i = 0; i < moat_model_outputs(model); i++) {
        const moat_output *output = moat_model_get_output(model, i);
        bool depends = false;
        if (moat_model_dependants(model, name, 1, output, &depends, &repl->error) != MOAT_OK) {
            moati_repl_complain_of_error(repl);
            return NULL;
        }
        if (depends && output->axis == MOAT_NO_AXIS)
            return output;
        if (depends && found == NULL)
            found = output;
    }
    if (found == NULL)
        moati_repl_complain(repl, "no output depends on %s", name);
    return found;
}

/* The quantity among the globals that has a name; *found is NULL where there is none. `globals`
 * keeps it. False, after it has been told, where memory is short. */
static bool find_variable(moati_repl *repl, const char *name, moati_givens *globals,
                          const moat_output **found) {
    moat_status status = moat_lua_quantities(repl->lua, moati_givens_add, globals, &repl->error);
    if (status == MOAT_OK && globals->failed)
        status = moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    if (status != MOAT_OK) {
        moati_repl_complain_of_error(repl);
        return false;
    }
    *found = NULL;
    for (size_t i = 0; i < globals->count; i++) {
        const moat_output *quantity = &globals->items[i].quantity;
        if (*found == NULL && strcmp(quantity->name, name) == 0 &&
            quantity->nodes[quantity->count - 1] != MOAT_NO_NODE)
            *found = quantity;
    }
    return true;
}

/* Shows the last entry of an output. */
static bool choose_output(moati_repl *repl, variation *v, const moat_output *output) {
    char label[16];
    bool depends = false;
    const char *name = output->label != NULL ? output->label : output->name;
    v->node = output->nodes[output->count - 1];
    v->output = *output;
    v->output.nodes = &v->node;
    v->output.count = 1;
    v->output.name = v->shown;
    moat_model_axis_label(repl->model, output->axis, output->count - 1, label);
    snprintf(v->shown, sizeof v->shown, "%.120s%s%s", name, label[0] != '\0' ? ", " : "", label);
    if (moat_model_dependants(repl->model, v->name, 1, &v->output, &depends, &repl->error) !=
        MOAT_OK)
        moati_repl_complain_of_error(repl);
    else if (!depends)
        moati_repl_complain(repl, "%s does not depend on %s; :who %s shows what does", output->name,
                            v->name, v->name);
    return depends;
}

/* Copies the unit; false, after it has been told, where it is none. */
static bool read_unit(moati_repl *repl, const char *text, size_t length, variation *v) {
    moat_unit unit;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    if (length == 0)
        snprintf(v->unit, sizeof v->unit, "%s", moati_repl_unit(repl, v->name));
    if (length == 0)
        return true;
    snprintf(v->unit, sizeof v->unit, "%.*s", (int)length, text);
    if (length < sizeof v->unit && moat_unit_parse(moat_model_units(repl->model), text, length,
                                                   &unit, &repl->error) == MOAT_OK)
        return true;
    const char *last = strrchr(v->unit, ' ');
    const char *near = moati_repl_nearest_output(repl, last == NULL ? v->unit : last + 1);
    if (near != NULL)
        moati_repl_complain(repl, "%s is neither a unit nor an output; did you mean \"%s\"?",
                            v->unit, near);
    else
        moati_repl_complain(repl, "%s is neither a unit nor an output; :outputs lists these",
                            v->unit);
    return false;
}

/* Splits "[unit] [output]"; false, after it has been told, where there is no such output. A unit
 * goes before a variable of its name. */
static bool read_rest(moati_repl *repl, const char *rest, variation *v) {
    const char *last = strrchr(rest, ' ');
    moati_givens globals = {0};
    moat_unit unit;
    last = last == NULL ? rest : last + 1;
    const bool is_unit =
        moat_unit_parse(moat_model_units(repl->model), rest, strlen(rest), &unit, NULL) == MOAT_OK;
    const moat_output *output = moati_repl_output(repl, last);
    bool done = output != NULL || rest[0] == '\0' || is_unit ||
                find_variable(repl, last, &globals, &output);
    done = done && read_unit(repl, rest, output != NULL ? (size_t)(last - rest) : strlen(rest), v);
    if (done && output == NULL)
        output = first_dependant(repl, v->name);
    done = done && output != NULL && choose_output(repl, v, output);
    moati_givens_free(&globals);
    return done;
}

/* --- Evaluating. */

static double point(const variation *v, size_t i) {
    const double t = (double)i / (double)(v->points - 1);
    if (isfinite(v->high - v->low))
        return v->low + (v->high - v->low) * t;
    return v->low * (1 - t) + v->high * t;
}

/* How many points are shown depends on nothing but the script, so that a session can be repeated.
 */
static size_t choose_points(const moati_repl *repl, const variation *v) {
    const double nodes = (double)moat_model_count_cone(repl->model, v->node);
    const double samples = (double)moat_model_settings(repl->model)->samples;
    return nodes * samples > LONG_WORK ? FEWER_POINTS : MOST_POINTS;
}

static moat_status evaluate(moati_repl *repl, variation *v) {
    v->points = choose_points(repl, v);
    char literal[MOATI_NUMBER + MOATI_WORD_SIZE], number[MOATI_NUMBER];
    for (size_t i = 0; i < v->points; i++) {
        moati_number_write(number, point(v, i));
        snprintf(literal, sizeof literal, "%s %s", number, v->unit);
        moat_status status = moat_model_override(repl->model, v->name, literal, &repl->error);
        moat_results_free(v->results);
        v->results = NULL;
        if (status == MOAT_OK)
            status = moat_model_look(repl->model, 1, &v->output, &v->results, &repl->error);
        if (status != MOAT_OK)
            return status;
        v->summaries[i] = *moat_results_output(v->results, 0, 0);
    }
    return MOAT_OK;
}

/* --- Printing. */

static size_t place_of(double value, double low, double high, size_t width) {
    /* Of halves, as their difference is finite. */
    const double part = (value / 2 - low / 2) / (high / 2 - low / 2) * (double)(width - 1);
    return part <= 0 ? 0 : part >= (double)(width - 1) ? width - 1 : (size_t)(part + 0.5);
}

static double middle_of(const variation *v, size_t i) {
    return v->output.show == MOAT_SHOW_DATE ? v->summaries[i].p50 : v->summaries[i].mean;
}

static bool is_spread(const variation *v) {
    return v->output.show != MOAT_SHOW_CONDITION;
}

static void find_ends(const variation *v, double *low, double *high) {
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < v->points; i++) {
        const moat_summary *s = &v->summaries[i];
        const double ends[] = {middle_of(v, i), is_spread(v) ? s->p5 : s->mean,
                               is_spread(v) ? s->p95 : s->mean};
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
            *low = isfinite(ends[k]) ? fmin(*low, ends[k]) : *low;
            *high = isfinite(ends[k]) ? fmax(*high, ends[k]) : *high;
        }
    }
}

/* A line from the 5th to the 95th percentile with the mean on it. */
static void draw(const variation *v, size_t i, size_t width, bool utf8, char buffer[4 * BAR + 1]) {
    double low, high;
    const moat_summary *s = &v->summaries[i];
    find_ends(v, &low, &high);
    buffer[0] = '\0';
    if (!(low < high) || !isfinite(middle_of(v, i)))
        return;
    const size_t mean = place_of(middle_of(v, i), low, high, width);
    const size_t from = is_spread(v) ? place_of(s->p5, low, high, width) : mean;
    const size_t to = is_spread(v) ? place_of(s->p95, low, high, width) : mean;
    for (size_t x = 0; x <= (to > mean ? to : mean); x++)
        strcat(buffer, x == mean ? utf8 ? "●" : "o" : x < from || x > to ? " " : utf8 ? "─" : "-");
}

static void set_row(moati_grid *grid, const variation *v, const moati_style *style, size_t i) {
    char text[MOATI_VALUE];
    const moat_summary *s = &v->summaries[i];
    moati_number_show_exact(text, point(v, i));
    moati_grid_set(grid, i + 1, VALUE, text);
    moati_style_show(style, middle_of(v, i), text);
    moati_grid_set(grid, i + 1, MEAN, text);
    if (!is_spread(v) || s->min == s->max)
        return;
    moati_style_show(style, s->p5, text);
    moati_grid_set(grid, i + 1, P5, text);
    moati_style_show(style, s->p95, text);
    moati_grid_set(grid, i + 1, P95, text);
}

static void set_courses(moati_grid *grid, const moati_repl *repl, const variation *v) {
    const size_t taken = moati_grid_width(grid) + 2;
    const size_t room = repl->screen.columns > taken ? repl->screen.columns - taken : 0;
    const size_t width = room < BAR ? room : BAR;
    char course[4 * BAR + 1];
    for (size_t i = 0; i < v->points && width >= NARROWEST_BAR; i++) {
        draw(v, i, width, repl->screen.utf8, course);
        moati_grid_set(grid, i + 1, COURSE, course);
    }
}

static bool print(moati_repl *repl, const variation *v) {
    static const moati_column columns[COLUMN_COUNT] = {
        [VALUE] = {.right = true},
        [MEAN] = {.right = true, .gap = 2},
        [P5] = {.right = true, .gap = 2},
        [P95] = {.right = true, .gap = 2},
        [COURSE] = {.gap = 2},
    };
    const moati_view view = {
        .model = repl->model, .results = v->results, .output_count = 1, .outputs = &v->output};
    const moati_style style = moati_view_style(&view, 0);
    const char *unit = moati_style_unit(&style);
    moati_grid *grid = moati_grid_new(COLUMN_COUNT, columns);
    if (grid == NULL)
        return false;
    fprintf(repl->out, "%s%s%s over %s, %s\n", v->shown, unit[0] != '\0' ? ", " : "", unit, v->name,
            v->unit);
    moati_grid_set(grid, 0, VALUE, v->name);
    moati_grid_set(grid, 0, MEAN,
                   v->output.show == MOAT_SHOW_DATE        ? "median"
                   : v->output.show == MOAT_SHOW_CONDITION ? "chance"
                                                           : "mean");
    moati_grid_set(grid, 0, P5, "5 %");
    moati_grid_set(grid, 0, P95, "95 %");
    for (size_t i = 0; i < v->points; i++)
        set_row(grid, v, &style, i);
    set_courses(grid, repl, v);
    const bool done = moati_grid_print(grid, repl->out, repl->screen.colour);
    moati_grid_free(grid);
    return done;
}

bool moati_repl_vary(moati_repl *repl, const char *arguments) {
    char name[MOATI_WORD_SIZE];
    variation v = {.name = name};
    const char *rest = moati_first_word(arguments, name);
    if (rest == NULL || rest[0] == '\0' || !read_range(rest, &v, &rest)) {
        moati_repl_complain(repl, ":vary needs a name and a range, as in :vary price 10..20");
        return true;
    }
    if (moati_repl_assumption(repl, name) == NULL || !read_rest(repl, rest, &v))
        return true;
    if (!moati_repl_begin_work(repl))
        return true;
    moat_status status = evaluate(repl, &v);
    moati_repl_end_work(repl);
    if (status == MOAT_OK && !print(repl, &v))
        status = moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    if (status != MOAT_OK)
        moati_repl_complain_of_error(repl);
    moat_results_free(v.results);
    const moat_status restored = moati_repl_put_in_force(repl, &repl->overrides);
    if (status == MOAT_OK && restored != MOAT_OK)
        moati_repl_complain_of_error(repl);
    return true;
}
