// How likely each class of concern is in pictures, for bench/objects.py: told or not.
//
// usage: object_chances NETWORK < LIST    (a path a line; prints a line for each picture: path, tab, then ID=CHANCE of each class)
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <iostream>
#include <string>

#include "extract/collect.h"
#include "extract/objects/look.h"
#include "io/file.h"

int main(int argc, char** argv) {
    using namespace keepmum;
    if (argc != 2) return 2;
    Result<std::string> const bytes = read_file(argv[1], 256u << 20);
    if (!bytes) return 2;
    Result<std::unique_ptr<objects::Network>> const network = objects::Network::read(*bytes);
    if (!network) return 2;
    for (std::string path; std::getline(std::cin, path);) {
        Result<std::string> const picture = read_file(path, 64u << 20);
        if (!picture) continue;
        Collect outlet;
        std::vector<objects::LookedAt> pages;
        (void)objects::look_at(*picture, **network, outlet, pages);
        for (objects::LookedAt const& page : pages) {
            std::printf("%s\t%u", path.c_str(), page.page);
            for (objects::Seen const& seen : page.best) {
                std::printf(" %s=%.4f@%zu", std::string(seen.what->id).c_str(), static_cast<double>(seen.chance), seen.view);
            }
            std::printf("\n");
        }
        std::fflush(stdout);
    }
    return 0;
}
