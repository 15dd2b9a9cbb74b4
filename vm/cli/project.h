/* The files of a new project, embedded from the folder project. */
#ifndef MOATI_PROJECT_H
#define MOATI_PROJECT_H

#include <stddef.h>

typedef struct moati_project_file {
    const char *path; /* in the project; NULL ends the list */
    const char *text;
    size_t length;
} moati_project_file;

extern const moati_project_file moati_project[];

#endif
