/* The texts of --help and --version. */
#include "help.h"

#include "moat/moat.h"
#include "version.h"

void moati_help_print(FILE *file) {
    fputs("Moat, a language for scenarios under uncertainty\n"
          "\n"
          "  moat run FILE       evaluate a script and print its outputs\n"
          "  moat repl [FILE]    explore a scenario line by line\n"
          "  moat help COMMAND   tell all about a command\n"
          "  moat --help, -h     print this text\n"
          "  moat --version, -V  print the version and what it was built with\n"
          "\n"
          "Example: moat run scenario.lua --samples 100_000\n",
          file);
}

void moati_help_print_run(FILE *file) {
    fputs("moat run [OPTION...] FILE    evaluate a script and print its outputs\n"
          "\n"
          "FILE is a script; - reads it from standard input.\n"
          "\n"
          "The scenario\n"
          "  --set NAME=LITERAL   give an assumption another value; may be repeated; in single\n"
          "                       quotes, since a shell takes $bn for a variable\n"
          "  --variant NAME       evaluate a variant that the script declares\n"
          "\n"
          "The evaluation\n"
          "  --samples N          how many samples (10000): 5000, 100_000, 1e6\n"
          "  --seed S             the seed of all draws (1)\n"
          "  --sampling KIND      random, lhs or sobol (random)\n"
          "  --threads N          how many threads (one for each processor)\n"
          "  --time-limit SECONDS stop after so much processor time (60); 0: no limit\n"
          "  --memory-limit SIZE  stop at so much memory (4G); 0: no limit\n"
          "  --no-sandbox         for tests: the script can do whatever you can\n"
          "\n"
          "The results\n"
          "  --json               as a JSON object\n"
          "  --csv                as comma-separated values\n"
          "  --output FILE        to a file, which is replaced as a whole or not at all\n"
          "  --quiet              no heading, no progress\n"
          "  --timing             how long each part took\n"
          "\n"
          "Examples\n"
          "  moat run scenario.lua\n"
          "  moat run scenario.lua --variant bear --samples 1e6\n"
          "  moat run scenario.lua --set 'gw_price=18 $bn/GW/yr' --json --output bear.json\n"
          "\n"
          "Exit status: 0 done; 1 the script failed; 2 the command line was wrong;\n"
          "4 a limit of time or memory was reached; 130 interrupted.\n",
          file);
}

void moati_help_print_repl(FILE *file) {
    fputs("moat repl [OPTION...] [FILE]    explore a scenario line by line\n"
          "\n"
          "FILE is a script whose variables, assumptions and outputs are at hand; without one the\n"
          "session begins empty. Where standard input is no terminal, its lines are run.\n"
          "\n"
          "  --set NAME=LITERAL   give an assumption another value; may be repeated\n"
          "  --variant NAME       put a variant that the script declares in force\n"
          "  --samples N, --seed S, --sampling KIND, --threads N\n"
          "                       as for moat run\n"
          "  --memory-limit SIZE  stop an evaluation at so much memory (4G); 0: no limit\n"
          "  --eval LINE          run a line and leave; may be repeated\n"
          "  --echo               show prompts and lines, as for a transcript\n"
          "\n"
          "At the prompt, :help lists the commands and ?NAME tells of a function.\n"
          "\n"
          "Examples\n"
          "  moat repl scenario.lua\n"
          "  moat repl scenario.lua --eval ':set price 14 to 20 $bn'\n"
          "\n"
          "Exit status: 0 done; 1 the script could not be loaded; 2 the command line was wrong;\n"
          "130 interrupted.\n",
          file);
}

void moati_version_print(FILE *file) {
    fprintf(file, "moat %s\n%s, SLEEF %s, instruction set %s\n", MOAT_VERSION, moati_lua_release(),
            moati_sleef_release(), moat_isa_name());
}
