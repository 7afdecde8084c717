// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"

#include <unistd.h>

#include <cerrno>
#include <charconv>

namespace keepmum {

bool print_out(std::string_view text) {
    while (!text.empty()) {
        ssize_t const written = write(STDOUT_FILENO, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void print_error(std::string_view text) {
    if (write(STDERR_FILENO, text.data(), text.size()) < 0) return;
}

int complain(Language language, Error const& error) {
    print_error((language == Language::zh ? "keepmum：" : "keepmum: ") + say_error(language, error) + "\n");
    return exit_failed;
}

namespace {

Result<std::uint64_t> amount(std::string_view text) {
    std::uint64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    std::string_view const unit = text.substr(static_cast<std::size_t>(end - text.data()));
    int const shift = unit.empty() ? 0 : unit == "k" || unit == "K" ? 10 : unit == "m" || unit == "M" ? 20 : unit == "g" || unit == "G" ? 30 : -1;
    if (error != std::errc() || shift < 0 || value > (~0ull >> shift)) return fail(Fault::invalid, Message::usage_no_number, {{"text", std::string(text)}});
    return value << shift;
}

}  // namespace

Result<SetupOptions> setup_options(Arguments const& arguments) {
    SetupOptions options;
    if (arguments.has("--as")) options.as = Checked::posts;  // the only choice there is
    options.directive = arguments.value("--directive");
    options.packs = arguments.values("--pack");
    options.words = arguments.values("--words");
    options.sites = arguments.values("--sites");
    options.register_key = arguments.value("--key");
    std::string limits;
    for (std::string const& given : arguments.values("--limits")) limits += given + ",";
    for (std::size_t at = 0; at < limits.size();) {
        std::size_t const comma = limits.find(',', at);
        std::string const pair = limits.substr(at, comma - at);
        at = comma + 1;
        if (pair.empty()) continue;
        std::size_t const equals = pair.find('=');
        if (equals == std::string::npos) return fail(Fault::invalid, Message::usage_limits, {{"text", pair}});
        std::string const key = pair.substr(0, equals);
        std::uint64_t const value = TRY(amount(pair.substr(equals + 1)));
        if (value == 0 && key != "pictures") return fail(Fault::invalid, Message::usage_limit_none, {{"text", pair}});
        auto const small = static_cast<std::uint32_t>(std::min<std::uint64_t>(value, 1u << 30));
        if (key == "bytes") options.limits.bytes = value;
        else if (key == "members") options.limits.members = value;
        else if (key == "pictures") options.limits.pictures = small;
        else if (key == "depth") options.limits.depth = std::min(small, 64u);
        else if (key == "memory") options.limits.memory = value;
        else if (key == "seconds") options.limits.seconds = small;
        else return fail(Fault::invalid, Message::usage_limit_unknown, {{"text", key}});
    }
    return options;
}

}  // namespace keepmum
