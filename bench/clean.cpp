// How long a picture takes to be cleaned, with its proof, beside a plain decode in the same run: bench_clean [-n ROUNDS] [FILE…].
// Processor time, medians. Without files: drawn photos of 12 megapixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <cstring>
#include <variant>

#include "clean/canary.h"
#include "clean/cleaner.h"
#include "clean/proof.h"
#include "photos.h"

namespace keepmum {
namespace {

void measure(NamedFile const& photo, int rounds) {
    enum Work { walk, clean, proof, all, works };
    Beside beside(works);
    std::vector<std::string> canaries;
    Cleaned copy;
    bool proved = false;
    for (int i = 0; i < rounds; ++i) {
        beside.decode(photo.bytes);
        double const walked = milliseconds([&] { canaries = harvest(walk_picture(photo.bytes, 1u << 26), {}, photo.bytes); });
        std::variant<Cleaned, Trouble> done;
        double const cleaned = milliseconds([&] { done = clean_picture(photo.bytes, {}); });
        if (Trouble const* const trouble = std::get_if<Trouble>(&done)) {
            std::printf("%s: refused: %s\n", photo.name.c_str(), trouble->detail.c_str());
            return;
        }
        copy = std::get<Cleaned>(std::move(done));
        double const shown = milliseconds([&] { proved = prove(copy.bytes, canaries, Kept::nothing).holds(); });
        beside.add(walk, walked);
        beside.add(clean, cleaned);
        beside.add(proof, shown);
        beside.add(all, walked + cleaned + shown);
    }
    std::printf("%s: %.1f MB, the copy %.1f MB, %.1f dB like it%s\n", photo.name.c_str(), double(photo.bytes.size()) / 1e6,
                double(copy.bytes.size()) / 1e6, copy.db, proved ? "" : ", NOT PROVED");
    beside.print_decode();
    beside.print(walk, "walk and harvest");
    beside.print(clean, "decode, write, compare");
    beside.print(proof, "proof");
    beside.print(all, "all");
}

}  // namespace
}  // namespace keepmum

int main(int count, char** values) {
    int rounds = 5;
    if (count > 2 && std::strcmp(values[1], "-n") == 0) {
        rounds = std::max(1, std::atoi(values[2]));
        count -= 2;
        values += 2;
    }
    for (keepmum::NamedFile const& photo : keepmum::photos(count, values)) keepmum::measure(photo, rounds);
    return 0;
}
