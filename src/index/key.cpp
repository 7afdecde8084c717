// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/key.h"

#include "base/hex.h"
#include "base/message.h"
#include "io/file.h"

namespace keepmum {

namespace {

constexpr std::string_view heading = "keepmum register key 1\n";

}  // namespace

RegisterKey RegisterKey::draw() { return RegisterKey(random_key()); }

Result<RegisterKey> RegisterKey::load(std::string const& path) {
    std::string text = TRY(read_file(path, 4096));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    Key key;
    bool good = text.size() == heading.size() + 2 * key.size() && text.starts_with(heading);
    for (std::size_t i = 0; good && i < key.size(); ++i) {
        int const high = hex_value(text[heading.size() + 2 * i]), low = hex_value(text[heading.size() + 2 * i + 1]);
        good = high >= 0 && low >= 0;
        key[i] = static_cast<unsigned char>(high * 16 + low);
    }
    if (!good) return fail(Fault::invalid, Message::fault_no_key, {}, path);
    return RegisterKey(key);
}

Result<> RegisterKey::save(std::string const& path) const {
    if (exists(path)) return fail(Fault::invalid, Message::fault_stands_never, {}, path);
    std::string_view const bytes(reinterpret_cast<char const*>(key_.data()), key_.size());
    return write_file(path, std::string(heading) + to_hex(bytes) + "\n", 0600);
}

Key RegisterKey::derive(std::string_view purpose) const {
    std::string const hex = fingerprint(key_, "register key for", purpose, 32);
    Key key;
    for (std::size_t i = 0; i < key.size(); ++i) {
        key[i] = static_cast<unsigned char>(hex_value(hex[2 * i]) * 16 + hex_value(hex[2 * i + 1]));
    }
    return key;
}

std::string RegisterKey::check() const { return fingerprint(key_, "register key check", "", 16); }

}  // namespace keepmum
