// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/permits.h"

#include <algorithm>
#include <set>

#include "base/json_writer.h"
#include "base/seal.h"
#include "base/tree.h"
#include "io/file.h"
#include "io/lock.h"
#include "policy/directive.h"

namespace keepmum {

namespace {

Result<Permit> read_permit(Tree const& table) {
    Permit permit;
    permit.id = TRY(table.text("id"));
    permit.content = TRY(table.text("content", ""));
    permit.rule = TRY(table.text("rule", ""));
    permit.fingerprints = TRY(table.texts("fingerprints"));
    permit.addressee = TRY(table.text("for", ""));
    permit.reason = TRY(table.text("reason"));
    permit.sealed = TRY(table.text("allowed_by_sealed"));
    permit.made = TRY(table.text("made"));
    permit.until = TRY(table.text("until"));
    permit.uses = static_cast<std::uint64_t>(std::max<std::int64_t>(0, TRY(table.whole("uses", 0))));
    permit.used = static_cast<std::uint64_t>(std::max<std::int64_t>(0, TRY(table.whole("used", 0))));
    permit.revoked = TRY(table.flag("revoked", false));
    return permit;
}

std::string write_permits(std::vector<Permit> const& permits) {
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("keepmum", "permits/1").key("permits").begin_array();
    for (Permit const& permit : permits) {
        out += "\n  ";
        json.begin_object().field("id", permit.id).field("content", permit.content);
        if (!permit.rule.empty()) {
            json.field("rule", permit.rule).key("fingerprints").begin_array();
            for (std::string const& fingerprint : permit.fingerprints) json.value(fingerprint);
            json.end_array();
        }
        json.field("for", permit.addressee).field("reason", permit.reason).field("allowed_by_sealed", permit.sealed);
        json.field("made", permit.made).field("until", permit.until).field("uses", permit.uses).field("used", permit.used);
        json.field("revoked", permit.revoked).end_object();
    }
    json.end_array().end_object();
    return out + "\n";
}

Result<std::vector<Permit>> read_permits(std::string const& path) {
    std::vector<Permit> permits;
    Result<std::string> const text = read_file(path);
    if (!text) {
        if (text.error().fault == Fault::not_found) return permits;
        return tl::unexpected(text.error());
    }
    Tree const root = TRY(parse_json(*text, path));
    for (Tree const& table : TRY(root.tables("permits"))) permits.push_back(TRY(read_permit(table)));
    return permits;
}

}  // namespace

namespace {
// A chain over pieces, so that a file larger than memory can be bound as well.
constexpr std::size_t piece_size = 8u << 20;

std::string bind_piece(Key const& key, std::string const& chain, std::string_view piece) {
    return fingerprint(key, "permit " + chain, piece, 32);
}
}  // namespace

std::string content_binding(Key const& key, std::string_view content) {
    std::string chain;
    do {
        chain = bind_piece(key, chain, content.substr(0, piece_size));
        content.remove_prefix(std::min(piece_size, content.size()));
    } while (!content.empty());
    return chain;
}

Result<std::string> content_binding(Key const& key, Content const& content) {
    std::string chain;
    std::uint64_t at = 0;
    do {
        Blob const piece = TRY(content.read(at, piece_size));
        chain = bind_piece(key, chain, piece.view());
        at += piece_size;
    } while (at < content.size());
    return chain;
}

Result<Permits> Permits::load(std::string const& folder) {
    Permits permits;
    permits.folder_ = folder;
    permits.permits_ = TRY(read_permits(folder + "/permits.json"));
    return permits;
}

Permit const* Permits::find(std::string_view id) const {
    auto const found = std::find_if(permits_.begin(), permits_.end(), [&](Permit const& permit) { return permit.id == id; });
    return found == permits_.end() ? nullptr : &*found;
}

template <class Change>
Result<> Permits::change(Change change) {
    TRY(make_folder(folder_));
    FileLock const lock = TRY(FileLock::take(folder_ + "/permits.lock"));
    permits_ = TRY(read_permits(folder_ + "/permits.json"));
    TRY(change(permits_));
    return write_file(folder_ + "/permits.json", write_permits(permits_), 0600);
}

Result<> Permits::add(Permit permit) {
    return change([&](std::vector<Permit>& permits) -> Result<> {
        permits.push_back(std::move(permit));
        return {};
    });
}

Result<> Permits::revoke(std::string_view id) {
    return change([&](std::vector<Permit>& permits) -> Result<> {
        for (Permit& permit : permits) {
            if (permit.id != id) continue;
            permit.revoked = true;
            return {};
        }
        return fail(Fault::not_found, "there is no permit " + std::string(id) + "; see: keepmum permit list");
    });
}

Result<> Permits::count_uses(std::map<std::string, std::uint64_t> const& uses) {
    if (uses.empty()) return {};
    return change([&](std::vector<Permit>& permits) -> Result<> {
        for (Permit& permit : permits) {
            if (auto const count = uses.find(permit.id); count != uses.end()) permit.used += count->second;
        }
        return {};
    });
}

void apply_permits(std::span<Permit const> permits, std::string_view binding, std::string_view today,
                   Directive const& directive, Verdict& verdict) {
    if (verdict.outcome != Outcome::hold) return;
    std::set<std::string> used;
    std::vector<std::uint32_t> permitted;
    for (Permit const& permit : permits) {
        if (permit.rule.empty() || standing(permit, today) != Standing::valid) continue;
        for (std::uint32_t i = 0; i < verdict.findings.size(); ++i) {
            Finding const& finding = verdict.findings[i];
            auto const& listed = permit.fingerprints;
            if (finding.rule != permit.rule || std::find(listed.begin(), listed.end(), finding.fingerprint) == listed.end()) continue;
            permitted.push_back(i);
            used.insert(permit.id);
        }
    }
    if (!permitted.empty()) judge(directive, verdict, permitted);
    if (verdict.outcome == Outcome::hold && !binding.empty()) {
        for (Permit const& permit : permits) {
            if (!permit.rule.empty() || permit.content != binding || standing(permit, today) != Standing::valid) continue;
            used.insert(permit.id);
            verdict.outcome = Outcome::warn;
            break;
        }
    } else if (!used.empty() && verdict.outcome == Outcome::pass) {
        verdict.outcome = Outcome::warn;  // what was permitted is still in it
    }
    verdict.permits.assign(used.begin(), used.end());
}

Result<Officers> officers(std::string const& folder) {
    std::string const path = folder + "/officers.json";
    TRY(make_folder(folder));
    FileLock const lock = TRY(FileLock::take(folder + "/permits.lock"));
    if (exists(path)) {
        std::string const text = TRY(read_file(path));
        Tree const root = TRY(parse_json(text, path));
        return Officers{TRY(root.text("first")), TRY(root.text("second")), false};
    }
    KeyPair const first = make_key_pair(), second = make_key_pair();
    TRY(write_file(folder + "/officer-1.key", first.secret + "\n", 0600));
    TRY(write_file(folder + "/officer-2.key", second.secret + "\n", 0600));
    std::string out;
    JsonWriter(out).begin_object().field("first", first.open).field("second", second.open).end_object();
    TRY(write_file(path, out + "\n", 0600));
    return Officers{first.open, second.open, true};
}

}  // namespace keepmum
