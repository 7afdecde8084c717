// The file in which a register travels: whatever its bytes, it is refused or gives parts that lie in it, and what was written is
// read again as it was.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/carry_file.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

#include "io/file.h"

namespace {

using namespace keepmum;

void read(std::string_view bytes, RegisterKey const& key) {
    auto const parts = read_carried(bytes, key, "");
    if (!parts) return;
    for (CarriedPart const& part : *parts) {
        bool const inside = part.bytes.data() >= bytes.data() && part.bytes.data() + part.bytes.size() <= bytes.data() + bytes.size();
        if (!inside || part.name.find("..") == 0 || part.name.find("/.") != part.name.npos) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    static RegisterKey const key = RegisterKey::draw();
    static std::string const path = (std::filesystem::temp_directory_path() / ("keepmum-fuzz-carry-" + std::to_string(getpid()))).string();
    std::string_view input(reinterpret_cast<char const*>(data), size);
    read(input, key);
    read(std::string(carry_heading) + std::string(input), key);
    // Under the check: parts named and cut by the input, then one byte of the whole changed.
    auto writer = CarryWriter::create(path, key);
    if (!writer) std::abort();
    std::vector<std::string> names;
    while (input.size() >= 2) {
        std::size_t const name = static_cast<unsigned char>(input[0]) % 24, length = static_cast<unsigned char>(input[1]);
        input.remove_prefix(2);
        names.push_back((name % 2 ? "tables/" : "") + std::string(input.substr(0, std::min(name, input.size()))));
        if (!writer->add(names.back(), input.substr(0, std::min(length, input.size())))) std::abort();
        input.remove_prefix(std::min(std::max(name, length), input.size()));
    }
    if (!writer->commit()) std::abort();
    std::string bytes = *read_file(path);
    read(bytes, key);
    if (size > 0) {
        bytes[data[size - 1] % bytes.size()] ^= 1;
        if (read_carried(bytes, key, "")) std::abort();
    }
    return 0;
}
