// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/marking/us_grammar.h"

#include <algorithm>

#include "base/utf8.h"

namespace keepmum {
namespace {

constexpr std::size_t longest_line = 400;

// What may follow a control's name and belongs to it.
enum class Tail : std::uint8_t {
    none,
    compartments,  // "-G ABCD-EFG"
    numbers,       // "-SIGMA 14 20"
    countries,     // " USA, GBR"
    program,       // "-BUTTER POPCORN"
};
struct Control {
    std::string_view name;
    UsBlock block;
    Tail tail = Tail::none;
};
using enum UsBlock;
constexpr Control controls[] = {
    {"TALENT KEYHOLE", sci, Tail::compartments}, {"TK", sci, Tail::compartments}, {"HCS", sci, Tail::compartments},
    {"COMINT", sci, Tail::compartments}, {"SI", sci, Tail::compartments}, {"KLONDIKE", sci, Tail::compartments},
    {"KDK", sci, Tail::compartments}, {"RESERVE", sci, Tail::compartments}, {"RSV", sci, Tail::compartments},
    {"ENDSEAL", sci, Tail::compartments}, {"EL", sci, Tail::compartments}, {"BUR", sci, Tail::compartments},
    {"SPECIAL ACCESS REQUIRED", sar, Tail::program}, {"SAR", sar, Tail::program}, {"HVSACO", non_ic},
    {"RESTRICTED DATA", aea, Tail::numbers}, {"RD", aea, Tail::numbers}, {"FORMERLY RESTRICTED DATA", aea, Tail::numbers},
    {"FRD", aea, Tail::numbers}, {"DOD UCNI", aea}, {"DOE UCNI", aea}, {"DCNI", aea}, {"UCNI", aea}, {"TFNI", aea},
    {"TRANSCLASSIFIED FOREIGN NUCLEAR INFORMATION", aea}, {"ATOMAL", aea}, {"BOHEMIA", sci}, {"BALK", sci},
    {"FOREIGN GOVERNMENT INFORMATION", fgi, Tail::countries}, {"FGI", fgi, Tail::countries},
    {"RISK SENSITIVE", dissemination}, {"RSEN", dissemination}, {"RS", dissemination},
    {"FOR OFFICIAL USE ONLY", dissemination}, {"FOUO", dissemination}, {"ORCON-USGOV", dissemination},
    {"OC-USGOV", dissemination}, {"ORCON", dissemination}, {"ORIGINATOR CONTROLLED", dissemination}, {"OC", dissemination},
    {"CONTROLLED IMAGERY", dissemination}, {"IMCON", dissemination}, {"IMC", dissemination},
    {"NOT RELEASABLE TO FOREIGN NATIONALS", dissemination}, {"NOFORN", dissemination}, {"NF", dissemination},
    {"PROPIN", dissemination}, {"PR", dissemination}, {"RELIDO", dissemination}, {"REL TO", dissemination, Tail::countries},
    {"REL", dissemination, Tail::countries}, {"EYES ONLY", dissemination}, {"EYES", dissemination},
    {"DEA SENSITIVE", dissemination}, {"DSEN", dissemination}, {"FISA", dissemination}, {"WAIVED", dissemination},
    {"DISPLAY ONLY", dissemination, Tail::countries}, {"DISPLAYONLY", dissemination, Tail::countries},
    {"FED ONLY", dissemination}, {"FEDCON", dissemination}, {"NOCON", dissemination}, {"DL ONLY", dissemination},
    {"DELIBERATIVE", dissemination}, {"ATTORNEY-CLIENT", dissemination}, {"ATTORNEY-WP", dissemination},
    {"WNINTEL", dissemination}, {"LIMDIS", non_ic}, {"LIMITED DISTRIBUTION", non_ic}, {"DS", non_ic}, {"EXDIS", non_ic},
    {"XD", non_ic}, {"NODIS", non_ic}, {"ND", non_ic}, {"SBU NOFORN", non_ic}, {"SBU-NF", non_ic}, {"SBU", non_ic},
    {"SENSITIVE BUT UNCLASSIFIED", non_ic}, {"LES NOFORN", non_ic}, {"LES-NF", non_ic}, {"LES", non_ic},
    {"LAW ENFORCEMENT SENSITIVE", non_ic}, {"SSI", non_ic}, {"SENSITIVE SECURITY INFORMATION", non_ic},
    {"ACCM", non_ic, Tail::program}, {"NNPI", non_ic}, {"NAVAL NUCLEAR PROPULSION INFORMATION", non_ic},
    {"MR", date}, {"25X", date, Tail::compartments}, {"50X", date, Tail::compartments}, {"X", date}};

struct LevelWord {
    std::string_view text;
    UsLevel level;
    bool short_form;
};
constexpr LevelWord levels[] = {
    {"TOP SECRET", UsLevel::top_secret, false}, {"SECRET", UsLevel::secret, false},
    {"CONFIDENTIAL", UsLevel::confidential, false}, {"RESTRICTED", UsLevel::restricted, false},
    {"UNCLASSIFIED", UsLevel::unclassified, false}, {"CONTROLLED", UsLevel::controlled, false},
    {"CUI", UsLevel::controlled, false}, {"TS", UsLevel::top_secret, true}, {"S", UsLevel::secret, true},
    {"C", UsLevel::confidential, true}, {"R", UsLevel::restricted, true}, {"U", UsLevel::unclassified, true}};

class Parser {
  public:
    explicit Parser(std::string_view text) : text_(text.substr(0, std::min(text.find_first_of("\r\n\f)]"), longest_line))) {}

    std::optional<UsMarking> parse() {
        if (!take_owner() || !take_level()) return std::nullopt;
        marking_.length = at_;
        if (marking_.foreign) take_countries();  // //JOINT SECRET CAN GBR USA
        if (marking_.foreign) marking_.length = at_;
        while (take_block_mark()) {
            if (!take_block()) break;
            marking_.length = at_;
        }
        return std::move(marking_);
    }

  private:
    std::string_view rest() const { return text_.substr(at_); }
    bool at_word_end(std::size_t at) const { return at >= text_.size() || !(is_alnum(text_[at]) || text_[at] == '_'); }

    bool take(std::string_view word) {
        if (!rest().starts_with(word) || !at_word_end(at_ + word.size())) return false;
        at_ += word.size();
        return true;
    }
    void skip_blanks() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    std::size_t run_of_capitals() const {
        std::size_t end = at_;
        while (end < text_.size() && (is_upper(text_[end]) || is_digit(text_[end]))) ++end;
        return at_word_end(end) ? end - at_ : 0;
    }

    // "//GBR ", "//NATO ", "//COSMIC ", "//JOINT "; nothing for a marking of the US.
    bool take_owner() {
        if (!rest().starts_with("//")) return true;
        at_ += 2;
        skip_blanks();
        marking_.foreign = true;
        if (rest().starts_with("CTS")) return false;
        if (take("COSMIC") || take("NATO") || take("JOINT")) {
            skip_blanks();
            return true;
        }
        std::size_t const size = run_of_capitals();
        if (size < 3 || size > 4) return false;
        at_ += size;
        skip_blanks();
        return true;
    }

    bool take_level() {
        for (LevelWord const& word : levels) {
            if (!take(word.text)) continue;
            marking_.level = word.level;
            marking_.short_form = word.short_form;
            return true;
        }
        return false;
    }

    // "//" with or without blanks around it; short forms of old also part with one "/".
    bool take_block_mark() {
        std::size_t const back = at_;
        skip_blanks();
        if (rest().starts_with("//")) at_ += 2;
        else if (marking_.short_form && marking_.controls.empty() && rest().starts_with('/')) at_ += 1;
        else {
            at_ = back;
            return false;
        }
        skip_blanks();
        return true;
    }

    bool take_block() {
        for (bool first = true;; first = false) {
            std::size_t const begin = at_;
            std::optional<UsBlock> const block = take_control();
            if (!block) {
                if (first) return take_unknown();
                at_ = begin;
                return take_unknown();
            }
            put(begin, *block);
            std::size_t const end = at_;
            skip_blanks();
            if (!rest().starts_with('/') || rest().starts_with("//")) {
                at_ = end;
                return true;
            }
            ++at_;
            skip_blanks();
        }
    }

    void put(std::size_t begin, UsBlock block) {
        if (!marking_.blocks.empty() && block < marking_.blocks.back()) marking_.in_order = false;
        std::string control(text_.substr(begin, at_ - begin));
        marking_.noforn |= control.find("NOFORN") != std::string::npos || control.ends_with("NF");
        marking_.release |= control.starts_with("REL TO") || control == "REL";
        marking_.controls.push_back(std::move(control));
        marking_.blocks.push_back(block);
    }

    std::optional<UsBlock> take_control() {
        if (take_countries_eyes_only()) return dissemination;
        Control const* best = nullptr;
        for (Control const& control : controls) {
            bool const numbered = control.name == "25X" || control.name == "50X" || control.name == "X";
            if (!rest().starts_with(control.name) || (best && best->name.size() >= control.name.size())) continue;
            std::size_t const end = at_ + control.name.size();
            if (numbered ? end < text_.size() && is_digit(text_[end]) : at_word_end(end)) best = &control;
        }
        if (!best) return take_other();
        at_ += best->name.size();
        switch (best->tail) {
            case Tail::none: break;
            case Tail::compartments: take_compartments(best->block == sci); break;
            case Tail::numbers: take_compartments(true); break;
            case Tail::countries: take_countries(); break;
            case Tail::program: take_program(); break;
        }
        while (best->block == date && at_ < text_.size() && is_digit(text_[at_])) ++at_;
        if (best->block == date) take_compartments(false);
        return best->block;
    }

    // A day to declassify on; a category of CUI.
    std::optional<UsBlock> take_other() {
        std::size_t const size = run_of_capitals();
        if (size == 8 && std::all_of(rest().begin(), rest().begin() + 8, is_digit)) {
            at_ += size;
            return date;
        }
        if (marking_.level != UsLevel::controlled && marking_.level != UsLevel::unclassified) return std::nullopt;
        if (take("SP")) {
            if (!rest().starts_with('-')) return std::nullopt;
            ++at_;
            std::size_t const name = run_of_capitals();
            at_ += name;
            return name >= 2 ? std::optional(category) : std::nullopt;
        }
        if (marking_.level == UsLevel::controlled && size >= 2 && size <= 12) {
            at_ += size;
            return category;
        }
        return std::nullopt;
    }

    void take_compartments(bool with_words) {
        for (;;) {
            std::size_t const back = at_;
            bool const dash = rest().starts_with('-');
            if (!dash && !(with_words && at_ > 0 && rest().starts_with(' ') && inside_compartment_)) break;
            ++at_;
            std::size_t const size = run_of_capitals();
            bool const dashed = size == 0 && dash;
            std::size_t end = at_;
            while (dashed && end < text_.size() && (is_upper(text_[end]) || is_digit(text_[end]))) ++end;
            std::size_t const taken = size ? size : end - at_;
            if (taken == 0 || taken > 12) {
                at_ = back;
                break;
            }
            at_ += taken;
            inside_compartment_ = true;
        }
        inside_compartment_ = false;
    }

    // Codes of countries and groups, parted by blanks, commas or "/".
    void take_countries() {
        for (;;) {
            std::size_t const back = at_;
            while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == ',')) ++at_;
            std::size_t const size = run_of_capitals();
            if (at_ == back || size < 3 || size > 4) {
                at_ = back;
                return;
            }
            at_ += size;
        }
    }

    // "USA/GBR EYES ONLY"
    bool take_countries_eyes_only() {
        std::size_t const back = at_;
        for (int count = 0; count < 40; ++count) {
            std::size_t const size = run_of_capitals();
            if (size < 3 || size > 4) break;
            at_ += size;
            if (rest().starts_with(" EYES ONLY")) {
                at_ += 10;
                return true;
            }
            if (!rest().starts_with('/') || rest().starts_with("//")) break;
            ++at_;
        }
        at_ = back;
        return false;
    }

    void take_program() {
        if (!rest().starts_with('-')) return;
        std::size_t end = at_ + 1;
        while (end < text_.size() && (is_upper(text_[end]) || is_digit(text_[end]) || text_[end] == '-' || text_[end] == '_' ||
                                      (text_[end] == ' ' && end + 1 < text_.size() && is_upper(text_[end + 1])))) ++end;
        if (end - at_ < 2 || end - at_ > 110 || !at_word_end(end)) return;
        at_ = end;
    }

    // A block of capitals that no list knows: still part of the marking where one has been understood before
    // it or nothing but it follows.
    bool take_unknown() {
        std::size_t end = at_;
        while (end < text_.size() && (is_upper(text_[end]) || is_digit(text_[end]) || text_[end] == '-' ||
                                      (text_[end] == ' ' && end + 1 < text_.size() && is_upper(text_[end + 1])))) ++end;
        if (end - at_ < 2 || end - at_ > 40 || !at_word_end(end)) return false;
        at_ = end;
        marking_.known = false;
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool inside_compartment_ = false;
    UsMarking marking_;
};

}  // namespace

std::string_view word(UsLevel level) {
    switch (level) {
        case UsLevel::unclassified: return "unclassified";
        case UsLevel::controlled: return "controlled";
        case UsLevel::restricted: return "restricted";
        case UsLevel::confidential: return "confidential";
        case UsLevel::secret: return "secret";
        case UsLevel::top_secret: return "top-secret";
    }
    return "";
}

std::optional<UsMarking> parse_us_marking(std::string_view text) { return Parser(text).parse(); }

}  // namespace keepmum
