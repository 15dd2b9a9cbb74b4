/* moat report: a document of a script's results, or a memo with what it computes. */
#ifndef MOATI_CMD_REPORT_H
#define MOATI_CMD_REPORT_H

int moati_cmd_report(int argc, char **argv);

#endif
