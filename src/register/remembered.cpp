// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/remembered.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/coding.h"
#include "base/earth/date.h"
#include "base/message.h"
#include "base/seal.h"
#include "index/siphash.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/lock.h"
#include "io/mapping.h"
#include "io/system_fault.h"
#include "report/writer.h"

namespace keepmum {

namespace {

constexpr std::uint64_t version = 1;
constexpr std::string_view heading = "keepmum remembered 1\nkey ";
constexpr std::size_t heading_size = heading.size() + 32 + 1;
constexpr std::string_view frame_mark{"\0check\n\xff", 8};
constexpr std::size_t frame_head = 8 + 4 + 8;  // mark, size, keyed check of both
constexpr std::size_t most_frame = 16u << 20;  // a check is far smaller: what says more is damage
constexpr std::string_view sealed_as = "remembered check";

std::string heading_of(RegisterKey const& key) { return std::string(heading) + key.check() + "\n"; }

std::uint64_t check_frame(RegisterKey const& key, std::string_view head) {
    return siphash(SipKey::from(key.derive("remembered frames")), head.substr(0, 12));
}

std::string frame(RegisterKey const& key, std::string_view sealed) {
    Encoder out;
    out.fixed(sealed.size(), 4);
    std::string bytes = std::string(frame_mark) + out.take();
    Encoder check;
    check.fixed(check_frame(key, bytes), 8);
    return bytes + check.take() + std::string(sealed);
}

tl::unexpected<Error> other_key(std::string const& path) {
    return fail(Fault::denied, Message::fault_remembered_key, {}, path);
}

// The files of the folder, in the order of their days.
std::vector<std::string> days_in(std::string const& folder) {
    std::vector<std::string> names = list_folder(folder);
    std::erase_if(names, [](std::string const& name) { return !is_date(name); });
    return names;
}

// Whether a file was begun under another key. One whose heading is damaged tells nothing.
bool is_foreign(std::string const& path, RegisterKey const& key) {
    Result<std::shared_ptr<File>> const file = File::open(path);
    if (!file) return false;
    Result<Blob> const head = (*file)->read(0, heading_size);
    if (!head || !head->view().starts_with(heading) || !head->view().ends_with('\n')) return false;
    return head->size() == heading_size && head->view() != heading_of(key);
}

// A word that a rule or a pack gave; bounded, as a pack may be hostile and a check must stay small.
std::string bounded(std::string const& word) { return word.substr(0, 128); }

void print_seen(Encoder& out, RememberedCheck::Seen const& seen) {
    out.text(seen.rule);
    out.number(static_cast<std::uint64_t>(seen.certainty));
    out.number(seen.labels.size());
    for (std::string const& label : seen.labels) out.text(label);
    out.number(seen.embedded);
    out.fixed(seen.fingerprint, 8);
    out.number(seen.facts.size());
    for (std::uint64_t fact : seen.facts) out.fixed(fact, 8);
}

RememberedCheck::Seen read_seen(Decoder& in) {
    RememberedCheck::Seen seen;
    seen.rule = in.text();
    seen.certainty = static_cast<Certainty>(in.number_to(static_cast<std::uint64_t>(Certainty::certain)));
    for (std::size_t left = in.count(); left > 0 && in.good(); --left) seen.labels.push_back(in.text());
    seen.embedded = in.number_to(1) != 0;
    seen.fingerprint = in.fixed(8);
    for (std::size_t left = in.count(); left > 0 && in.good(); --left) seen.facts.push_back(in.fixed(8));
    return seen;
}

}  // namespace

std::string print_check(RememberedCheck const& check) {
    Encoder out;
    out.number(version);
    out.text(check.day);
    out.text(check.to);
    out.text(check.name);
    out.number(static_cast<std::uint64_t>(check.outcome));
    out.number((check.permitted ? 1 : 0) | (check.cut ? 2 : 0));
    out.number(check.coverage.bytes);
    out.number(check.coverage.read);
    out.number(check.findings.size());
    for (RememberedCheck::Seen const& seen : check.findings) print_seen(out, seen);
    out.number(check.gaps.size());
    for (RememberedCheck::Unseen const& gap : check.gaps) {
        out.number(static_cast<std::uint64_t>(gap.cause));
        out.text(gap.media);
        out.number(gap.embedded);
    }
    out.text(print_sketch(check.sketch));
    return out.take();
}

std::optional<RememberedCheck> read_check(std::string_view bytes) {
    Decoder in(bytes);
    if (in.number() != version) return std::nullopt;
    RememberedCheck check;
    check.day = in.text();
    check.to = in.text();
    check.name = in.text();
    check.outcome = static_cast<Outcome>(in.number_to(static_cast<std::uint64_t>(Outcome::hold)));
    std::uint64_t const flags = in.number_to(3);
    check.permitted = (flags & 1) != 0;
    check.cut = (flags & 2) != 0;
    check.coverage.bytes = in.number();
    check.coverage.read = in.number();
    for (std::size_t left = in.count(); left > 0 && in.good(); --left) check.findings.push_back(read_seen(in));
    for (std::size_t left = in.count(); left > 0 && in.good(); --left) {
        RememberedCheck::Unseen& gap = check.gaps.emplace_back();
        gap.cause = static_cast<Cause>(in.number_to(static_cast<std::uint64_t>(Cause::killed)));
        gap.media = in.text();
        gap.embedded = in.number_to(1) != 0;
    }
    std::optional<Sketch> sketch = read_sketch(in.text());
    if (!in.good() || in.left() > 0 || !sketch || !is_date(check.day)) return std::nullopt;
    check.sketch = std::move(*sketch);
    return check;
}

CheckTags::CheckTags(RegisterKey const& key) : key_(key.derive("remembered tags")) {}

std::uint64_t CheckTags::of(std::string_view purpose, std::string_view text) const {
    std::string const hex = keepmum::fingerprint(key_, purpose, text);
    return std::strtoull(hex.substr(0, 16).c_str(), nullptr, 16);
}

RememberedCheck describe_check(SourceReport const& report, Sketch sketch, CheckTags const& tags) {
    Verdict const& verdict = report.verdict;
    RememberedCheck check;
    check.outcome = verdict.outcome;
    check.permitted = !verdict.permits.empty();
    check.cut = verdict.findings.size() > most_remembered || verdict.gaps.size() > most_remembered;
    check.coverage = verdict.coverage;
    for (Finding const& finding : verdict.findings) {
        if (check.findings.size() == most_remembered) break;
        RememberedCheck::Seen& seen = check.findings.emplace_back();
        seen.rule = bounded(finding.rule);
        seen.certainty = finding.certainty;
        for (std::string const& label : finding.labels) seen.labels.push_back(bounded(label));
        seen.embedded = !finding.place.steps.empty();
        seen.fingerprint = tags.of("fingerprint", finding.fingerprint);
        for (Fact const& fact : finding.facts) seen.facts.push_back(tags.of("fact", fact.key + "=" + fact.value));
    }
    for (Gap const& gap : verdict.gaps) {
        if (check.gaps.size() == most_remembered) break;
        check.gaps.push_back({gap.cause, bounded(gap.media), !gap.place.steps.empty()});
    }
    check.sketch = std::move(sketch);
    return check;
}

Rememberer::Rememberer(std::string folder, RegisterKey const& key, AppendFile file)
    : folder_(std::move(folder)), key_(key), file_(std::move(file)) {}

Result<Rememberer> Rememberer::open(std::string const& folder, RegisterKey const& key, std::string const& today) {
    TRY(make_folder(folder));
    for (std::string const& day : days_in(folder)) {
        if (is_foreign(folder + "/" + day, key)) return other_key(folder);
    }
    TRY(forget_before(folder, day_from_today(-remembered_days)));
    FileLock const lock = TRY(FileLock::take(folder + "/lock"));
    AppendFile file = TRY(AppendFile::open(folder + "/" + today));
    if (file.empty()) TRY(file.append(heading_of(key)));
    return Rememberer(folder, key, std::move(file));
}

Result<> Rememberer::add(RememberedCheck const& check) {
    std::string const bytes = frame(key_, encrypt_record(key_.derive("remembered"), sealed_as, print_check(check)));
    FileLock const lock = TRY(FileLock::take(folder_ + "/lock"));
    TRY(file_.append(bytes));
    ++count_;
    return {};
}

Result<> Rememberer::sync() { return file_.sync(); }

Result<RememberedReader> RememberedReader::open(std::string const& folder, RegisterKey const& key, std::string const& since) {
    RememberedReader reader(folder, key);
    for (std::string const& day : days_in(folder)) {
        if (day < since) continue;
        if (is_foreign(folder + "/" + day, key)) return other_key(folder + "/" + day);
        reader.days_.insert(reader.days_.begin(), day);
    }
    return reader;
}

bool RememberedReader::begin_file() {
    while (!days_.empty()) {
        path_ = folder_ + "/" + days_.back();
        days_.pop_back();
        // Under the lock nobody is in the middle of appending, so what is mapped is never cut off again.
        Result<FileLock> const lock = FileLock::take(folder_ + "/lock");
        Result<Blob> bytes = map_file(path_);
        if (!bytes) {
            damage_.push_back({path_, bytes.error().what});
            continue;
        }
        bytes_ = std::move(*bytes);
        at_ = 0;
        if (bytes_.view().starts_with(heading_of(key_))) at_ = heading_size;
        else skip(0);
        return true;
    }
    return false;
}

// Goes on at the next frame behind `from`, and says what lies between.
void RememberedReader::skip(std::size_t from) {
    std::size_t next = from;
    for (;; ++next) {
        next = bytes_.view().find(frame_mark, next);
        if (next == std::string::npos) break;
        std::string_view const head = bytes_.view().substr(next);
        if (head.size() < frame_head) continue;
        Decoder check(head.substr(12));
        if (check.fixed(8) == check_frame(key_, head)) break;
    }
    std::size_t const end = next == std::string::npos ? bytes_.size() : next;
    std::string const stretch = std::to_string(end - at_) + " bytes at " + std::to_string(at_);
    if (end > at_) damage_.push_back({path_, stretch + " are cut short or were changed"});
    at_ = end;
}

std::optional<RememberedCheck> RememberedReader::next() {
    for (;;) {
        if (at_ >= bytes_.size()) {
            if (!begin_file()) return std::nullopt;
            continue;
        }
        std::string_view const rest = bytes_.view().substr(at_);
        if (rest.size() >= frame_head && rest.starts_with(frame_mark)) {
            Decoder in(rest.substr(8));
            std::uint64_t const size = in.fixed(4), check = in.fixed(8);
            if (check == check_frame(key_, rest) && size <= most_frame && size <= rest.size() - frame_head) {
                std::string_view const sealed = rest.substr(frame_head, static_cast<std::size_t>(size));
                std::optional<std::string> const plain = decrypt_record(key_.derive("remembered"), sealed_as, sealed);
                std::optional<RememberedCheck> read = plain ? read_check(*plain) : std::nullopt;
                if (read) {
                    at_ += frame_head + static_cast<std::size_t>(size);
                    return read;
                }
            }
        }
        skip(at_ + 1);
    }
}

Result<std::uint64_t> forget_before(std::string const& folder, std::string const& day) {
    std::uint64_t count = 0;
    for (std::string const& name : days_in(folder)) {
        if (name >= day) break;
        std::string const path = folder + "/" + name;
        if (unlink(path.c_str()) == 0) ++count;
        else if (errno != ENOENT) return fail_system(Message::system_cannot_delete, errno, path);
    }
    return count;
}

}  // namespace keepmum
