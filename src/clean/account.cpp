// SPDX-License-Identifier: GPL-3.0-or-later
#include "clean/account.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

namespace keepmum {

namespace {

constexpr std::size_t most_lines = 1000, most_line = 500, most_names = 100;

class Lines {
  public:
    void add(std::string_view name, std::string_view value) {
        std::string plain(value.substr(0, most_line));
        for (char& c : plain) {
            if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > '~') c = '?';
        }
        text_.append(name).append(": ").append(plain).append("\n");
    }
    void add(std::string_view name, std::uint64_t value) { add(name, std::to_string(value)); }
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

template <class Take>
bool each_line(std::string_view lines, Take const& take) {
    for (std::size_t count = 0; !lines.empty(); ++count) {
        std::size_t const end = lines.find('\n'), colon = lines.find(": ");
        if (end == std::string_view::npos || colon == std::string_view::npos || colon > end || count > most_lines) return false;
        if (!take(lines.substr(0, colon), lines.substr(colon + 2, end - colon - 2))) return false;
        lines.remove_prefix(end + 1);
    }
    return true;
}

template <class Number>
bool number(std::string_view text, Number& value) {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

void note_removed(Walk const& walk, PictureAccount& account) {
    Cleaned const& cleaned = account.cleaned;
    std::vector<PictureAccount::Removed>& out = account.removed;
    std::set<std::pair<Owner, std::string_view>> more;
    auto const add = [&](Owner owner, std::string const& what, std::uint64_t bytes) {
        std::string const kind(word(owner));
        auto const same = [&](PictureAccount::Removed const& removed) { return removed.owner == kind && removed.what == what; };
        auto const known = std::find_if(out.begin(), out.end(), same);
        if (known != out.end()) known->bytes += bytes;
        else if (out.size() < most_names) out.push_back({kind, what, bytes});
        else more.emplace(owner, what);
    };
    for (Owned const& part : walk.map) {
        if (part.owner == Owner::picture || part.owner == Owner::structure) continue;
        // The walker takes a viewer of one page; which pages a copy with several lacks, `left_out` says.
        bool const page = part.owner == Owner::hidden_picture && walk.media == "image/tiff" && part.what.starts_with("page ");
        bool const left = std::any_of(cleaned.left_out.begin(), cleaned.left_out.end(),
            [&](std::string const& what) { return what.starts_with(part.what + ","); });
        if (page && cleaned.frames > 1 && !left) continue;
        add(part.owner, part.what, part.size);
    }
    // What shares its bytes with the picture has none of its own in the map.
    for (Piece const& piece : walk.pieces) {
        bool const shares = std::any_of(walk.map.begin(), walk.map.end(), [&](Owned const& part) {
            return part.owner == Owner::picture && part.offset < piece.offset + piece.stored && piece.offset < part.offset + part.size;
        });
        auto const is_this = [&](PictureAccount::Removed const& removed) { return removed.what == piece.name; };
        if (piece.what == Piece::What::rows && shares && std::none_of(out.begin(), out.end(), is_this))
            add(Owner::hidden_picture, piece.name, piece.stored);
    }
    account.removed_more = more.size();
}

std::string print(PictureAccount const& account) {
    Lines lines;
    Cleaned const& cleaned = account.cleaned;
    lines.add("media", cleaned.media);
    lines.add("extension", cleaned.extension);
    lines.add("width", cleaned.width);
    lines.add("height", cleaned.height);
    lines.add("frames", cleaned.frames);
    lines.add("seconds", cleaned.seconds);
    lines.add("hundredths-of-db", static_cast<std::uint64_t>(std::max(0.0, cleaned.db * 100)));
    lines.add("apart", static_cast<std::uint64_t>(cleaned.apart));
    for (std::string const& what : cleaned.changed) lines.add("changed", what);
    for (std::string const& what : cleaned.left_out) lines.add("left-out", what);
    for (PictureAccount::Removed const& removed : account.removed) lines.add("removed",
        std::to_string(removed.bytes) + "/" + removed.owner + "/" + removed.what);
    lines.add("removed-more", account.removed_more);
    return lines.take();
}

std::optional<PictureAccount> parse_account(std::string_view lines) {
    PictureAccount account;
    Cleaned& cleaned = account.cleaned;
    std::uint64_t hundredths = 0;
    bool const good = each_line(lines, [&](std::string_view name, std::string_view value) {
        if (name == "media") return cleaned.media = value, true;
        if (name == "extension") return cleaned.extension = value,
            value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string_view::npos;
        if (name == "width") return number(value, cleaned.width);
        if (name == "height") return number(value, cleaned.height);
        if (name == "frames") return number(value, cleaned.frames);
        if (name == "seconds") return number(value, cleaned.seconds);
        if (name == "hundredths-of-db") return number(value, hundredths);
        if (name == "apart") return number(value, cleaned.apart);
        if (name == "changed") return cleaned.changed.emplace_back(value), true;
        if (name == "left-out") return cleaned.left_out.emplace_back(value), true;
        if (name == "removed-more") return number(value, account.removed_more);
        std::size_t const slash = value.find('/'), second = value.find('/', slash == std::string_view::npos ? slash : slash + 1);
        if (name != "removed" || second == std::string_view::npos) return false;
        PictureAccount::Removed& removed = account.removed.emplace_back();
        removed.owner = value.substr(slash + 1, second - slash - 1);
        removed.what = value.substr(second + 1);
        return number(value.substr(0, slash), removed.bytes);
    });
    cleaned.db = double(hundredths) / 100;
    if (!good || cleaned.media.empty() || cleaned.extension.empty()) return {};
    return account;
}

std::string proof_job(std::string_view canaries, std::string_view output) {
    std::string out;
    for (std::size_t i = 0; i < 8; ++i) out.push_back(static_cast<char>(std::uint64_t{canaries.size()} >> (8 * i)));
    return out.append(canaries).append(output);
}

std::optional<TwoFiles> read_job(std::string_view job) {
    constexpr std::size_t head = 8;
    std::uint64_t size = 0;
    for (std::size_t i = head; i-- > 0 && job.size() >= head;) size = size << 8 | static_cast<unsigned char>(job[i]);
    if (job.size() < head || size > job.size() - head) return {};
    return TwoFiles{job.substr(head, size), job.substr(head + size)};
}

std::string print(PictureProof const& proof) {
    Lines lines;
    lines.add("unexplained", proof.unexplained);
    for (std::string const& what : proof.strange) lines.add("strange", what);
    lines.add("same-again", proof.same_again ? "yes" : "no");
    for (std::size_t i = 0; i < std::min<std::size_t>(proof.canaries_found.size(), 100); ++i) lines.add("canary", proof.canaries_found[i]);
    return lines.take();
}

std::optional<PictureProof> parse_proof(std::string_view lines) {
    PictureProof proof;
    bool counted = false;
    bool const good = each_line(lines, [&](std::string_view name, std::string_view value) {
        if (name == "unexplained") return counted = number(value, proof.unexplained);
        if (name == "strange") return proof.strange.emplace_back(value), true;
        if (name == "canary") return proof.canaries_found.emplace_back(value), true;
        if (name != "same-again") return false;
        proof.same_again = value == "yes";
        return value == "yes" || value == "no";
    });
    if (!good || !counted) return {};
    return proof;
}

}  // namespace keepmum
