// permits.json as it lies on the disk: it reads or is refused, and what reads answers for a day and a
// verdict, and reads the same once it was written back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/permits.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "policy/directive.h"

namespace {

struct Folder {
    std::string path = (std::filesystem::temp_directory_path() / "keepmum-fuzz-XXXXXX").string();
    Folder() {
        if (!mkdtemp(path.data())) std::abort();
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    static Folder const folder;
    std::ofstream(folder.path + "/permits.json", std::ios::binary)
        .write(reinterpret_cast<char const*>(data), static_cast<std::streamsize>(size));
    auto permits = keepmum::Permits::load(folder.path);
    if (!permits) return 0;
    keepmum::Verdict verdict;
    verdict.findings.emplace_back().rule = "secret.key";
    verdict.outcome = keepmum::Outcome::hold;
    keepmum::apply_permits(permits->all(), "abc", "2024-05-06", keepmum::standing_clauses(), verdict);
    std::size_t const count = permits->all().size();
    keepmum::Permit more;
    more.id = "P-00000001";
    more.reason = "x";
    if (!permits->add(more)) return 0;
    auto const again = keepmum::Permits::load(folder.path);
    if (!again || again->all().size() != count + 1) std::abort();
    return 0;
}
