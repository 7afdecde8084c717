// The main program of every worker family: KEEPMUM_FAMILY names which.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/registry.h"
#include "worker/folders.h"
#include "worker/server.h"

#define KEEPMUM_JOIN_(left, right) left##right
#define KEEPMUM_JOIN(left, right) KEEPMUM_JOIN_(left, right)
#define KEEPMUM_STRING_(text) #text
#define KEEPMUM_STRING(text) KEEPMUM_STRING_(text)

int main(int argc, char** argv) {
    return keepmum::serve(argc, argv, keepmum::KEEPMUM_JOIN(extractors_, KEEPMUM_FAMILY)(),
                          keepmum::readable_folders(KEEPMUM_STRING(KEEPMUM_FAMILY)),
                          keepmum::threads_of(KEEPMUM_STRING(KEEPMUM_FAMILY)));
}
