// A part of a protected table as it lies on the disk, and the texts in which rows are looked for: whatever their bytes, a
// part is refused or read without harm, and a text is searched in bounds.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/utf8.h"
#include "index/table/build.h"
#include "index/table/find.h"
#include "index/table/made_test.h"

namespace {

using namespace keepmum;

// A small table made once.
struct Made {
    TableKeys keys{RegisterKey::draw()};
    std::string path = (std::filesystem::temp_directory_path() / ("keepmum-fuzz-table-" + std::to_string(getpid()))).string();
    std::shared_ptr<TablePart const> part;
    std::string bytes;

    Made() {
        std::string folder = std::filesystem::temp_directory_path().string();
        auto builder = TableBuilder::begin(folder, 4, keys);
        for (std::uint64_t i = 0; builder && i < 400; ++i) {
            MadePerson const person = made_person(i);
            std::string_view const cells[] = {person.name, person.phone, person.account, i % 2 ? "Hamburg" : "1"};
            if (!builder->add(cells)) std::abort();
        }
        std::filesystem::remove(path);
        if (!builder || !builder->write(path)) std::abort();
        part = *TablePart::open(path, keys);
        std::ifstream file(path, std::ios::binary);
        std::ostringstream all;
        all << file.rdbuf();
        bytes = all.str();
    }
};

void search(TablePart const& part, TableKeys const& keys, std::string_view text) {
    TableText read;
    read_table_text(text, keys, read);
    for (RowFound const& row : find_rows(part, read, 2)) {
        if (row.row >= part.rows() || row.cells.size() < 2 || row.cells.back().end > text.size()) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    static Made const made;
    std::string const input = made_valid({reinterpret_cast<char const*>(data), size});
    search(*made.part, made.keys, input);
    MadePerson const person = made_person(size % 400);
    search(*made.part, made.keys, person.name + input + person.phone);
    // Each four bytes change a place of the part.
    std::string changed = made.bytes;
    for (std::size_t at = 0; at + 4 <= size && at < 64; at += 4) {
        changed[(data[at] | data[at + 1] << 8 | data[at + 2] << 16) % changed.size()] ^= static_cast<char>(data[at + 3]);
    }
    std::string const path = made.path + "-changed";
    std::ofstream(path, std::ios::binary) << changed;
    if (auto const part = TablePart::open(path, made.keys)) {
        search(**part, made.keys, person.name + " " + person.phone + " " + person.account);
        (*part)->verify();
    }
    return 0;
}
