// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/certificate.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/json_writer.h"
#include "base/message.h"
#include "base/tree.h"

namespace keepmum {

namespace {

void print_list(JsonWriter& json, std::string_view name, std::vector<std::string> const& list) {
    json.key(name).begin_array();
    for (std::string const& item : list) json.value(item);
    json.end_array();
}

void print_digest(JsonWriter& json, std::string_view name, FileDigest const& digest) {
    json.key(name).begin_object().field("bytes", digest.bytes).field("sha256", digest.sha256).end_object();
}

// The members of the outermost object on a line each, so that people can read it.
std::string break_lines(std::string const& json) {
    std::string out;
    int depth = 0;
    bool quoted = false, escaped = false;
    for (char const c : json) {
        if (c == '"' && !escaped) quoted = !quoted;
        escaped = c == '\\' && !escaped;
        bool const last = !quoted && c == '}' && depth == 1;
        if (last) out += "\n";
        out += c;
        if (quoted) continue;
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        if ((c == '{' && depth == 1) || (c == ',' && depth == 1)) out += "\n  ";
    }
    return out + "\n";
}

Result<FileDigest> read_digest(Tree const& tree, std::string_view name) {
    Tree const* const table = TRY(tree.table(name));
    if (!table) return tree.complain(name, Message::entry_missing);
    TRY(table->only({"bytes", "sha256"}));
    FileDigest digest;
    std::int64_t const bytes = TRY(table->whole("bytes"));
    digest.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(bytes, 0));
    digest.sha256 = TRY(table->text("sha256"));
    bool const hex = digest.sha256.size() == 64 && digest.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!hex || bytes < 0) return table->complain("sha256", "is no SHA-256 of a file");
    return digest;
}

template <class Number>
Result<Number> read_number(Tree const& tree, std::string_view name) {
    std::int64_t const value = TRY(tree.whole(name));
    bool const fits = value >= 0 && static_cast<std::uint64_t>(value) <= std::uint64_t{std::numeric_limits<Number>::max()};
    if (!fits) return tree.complain(name, "is out of range");
    return static_cast<Number>(value);
}

Result<> read_removed(Tree const& tree, Certificate& certificate) {
    for (Tree const& item : TRY(tree.tables("removed"))) {
        TRY(item.only({"what", "kind", "bytes"}));
        PictureAccount::Removed removed{TRY(item.text("kind")), TRY(item.text("what")), 0};
        removed.bytes = TRY(read_number<std::uint64_t>(item, "bytes"));
        certificate.removed.push_back(std::move(removed));
    }
    return {};
}

Result<> read_checks(Tree const& tree, Certificate& certificate) {
    Tree const* const checks = TRY(tree.table("checks"));
    if (!checks) return tree.complain("checks", Message::entry_missing);
    TRY(checks->only({"unexplained_bytes", "canaries_searched", "canaries_found", "decibels", "bits_apart", "same_again"}));
    certificate.canaries = TRY(read_number<std::uint64_t>(*checks, "canaries_searched"));
    certificate.db = double(TRY(read_number<std::uint32_t>(*checks, "decibels")));
    certificate.apart = TRY(read_number<int>(*checks, "bits_apart"));
    bool const holds = TRY(checks->whole("unexplained_bytes")) == 0 && TRY(checks->whole("canaries_found")) == 0
        && TRY(checks->flag("same_again", false));
    if (!holds) return tree.complain("checks", "say that a check failed: no such certificate is ever written");
    return {};
}

}  // namespace

std::string print(Certificate const& certificate) {
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("certificate", 1).field("keepmum", certificate.version).field("setting", setting_name);
    print_digest(json, "input", certificate.input);
    print_digest(json, "output", certificate.output);
    json.field("media", certificate.media).field("width", certificate.width).field("height", certificate.height).field("frames",
        certificate.frames);
    if (certificate.seconds > 0) json.field("seconds", certificate.seconds);
    json.field("asked", certificate.wishes);
    print_list(json, "kept", certificate.kept);
    print_list(json, "changed", certificate.changed);
    print_list(json, "left_out", certificate.left_out);
    json.key("removed").begin_array();
    for (PictureAccount::Removed const& removed : certificate.removed) {
        json.begin_object().field("what", removed.what).field("kind", removed.owner).field("bytes", removed.bytes).end_object();
    }
    json.end_array();
    if (certificate.removed_more > 0) json.field("removed_more", certificate.removed_more);
    json.key("checks").begin_object().field("unexplained_bytes", 0).field("canaries_searched", certificate.canaries);
    json.field("canaries_found", 0).field("decibels", static_cast<std::uint64_t>(std::floor(certificate.db))).field("bits_apart",
        certificate.apart);
    json.field("same_again", true).end_object().end_object();
    return break_lines(out);
}

Result<Certificate> parse_certificate(std::string_view text, std::string_view file) {
    Tree const tree = TRY(parse_json(text, file, 8));
    if (!tree.is(Tree::Kind::table)) return fail(Fault::invalid, "is no certificate", std::string(file));
    TRY(tree.only({"certificate", "keepmum", "setting", "input", "output", "media", "width", "height", "frames", "seconds", "asked", "kept",
        "changed", "left_out", "removed", "removed_more", "checks"}));
    if (TRY(tree.whole("certificate")) != 1) return tree.complain("certificate", "is of a kind that this keepmum does not know");
    Certificate certificate;
    certificate.version = TRY(tree.text("keepmum"));
    if (TRY(tree.text("setting")) != setting_name) return tree.complain("setting",
        "is of another keepmum, which wrote its copies otherwise");
    certificate.input = TRY(read_digest(tree, "input"));
    certificate.output = TRY(read_digest(tree, "output"));
    certificate.media = TRY(tree.text("media"));
    certificate.width = TRY(read_number<std::uint32_t>(tree, "width"));
    certificate.height = TRY(read_number<std::uint32_t>(tree, "height"));
    certificate.frames = TRY(read_number<std::uint64_t>(tree, "frames"));
    if (tree.find("seconds")) certificate.seconds = TRY(read_number<std::uint64_t>(tree, "seconds"));
    certificate.wishes = TRY(tree.text("asked"));
    certificate.kept = TRY(tree.texts("kept"));
    certificate.changed = TRY(tree.texts("changed"));
    certificate.left_out = TRY(tree.texts("left_out"));
    TRY(read_removed(tree, certificate));
    if (tree.find("removed_more")) certificate.removed_more = TRY(read_number<std::uint64_t>(tree, "removed_more"));
    TRY(read_checks(tree, certificate));
    return certificate;
}

}  // namespace keepmum
