// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/signs/spoken.h"

#include "base/icu.h"
#include "base/utf8.h"
#include "format/text/han.h"

namespace keepmum {

namespace {

bool is_pause(char32_t c) {
    switch (c) {
        case ',':
        case ':':
        case '(':
        case ')':
        case '[':
        case ']':
        case '"':
        case U'、':
        case U'，':
        case U'：':
        case U'（':
        case U'）':
        case U'“':
        case U'”':
        case U'「':
        case U'」':
        case U'《':
        case U'》':
        case U'–':
        case U'—':
        case U'…': return true;
        default: return false;
    }
}

bool is_stop(char32_t c) {
    switch (c) {
        case '!':
        case '?':
        case ';':
        case '\n':
        case '\r':
        case U'。':
        case U'！':
        case U'？':
        case U'；':
        case U'｡':
        case 0x2028:
        case 0x2029: return true;
        default: return false;
    }
}

// Words as people type them, and what they stand for; apostrophes are out.
struct Short {
    std::string_view as, first, second;
};
constexpr Short shorts[] = {
    {"arent", "are", "not"},
    {"cannot", "can", "not"},
    {"cant", "can", "not"},
    {"couldnt", "could", "not"},
    {"didnt", "did", "not"},
    {"doesnt", "does", "not"},
    {"dont", "do", "not"},
    {"hasnt", "has", "not"},
    {"havent", "have", "not"},
    {"im", "i", "am"},
    {"isnt", "is", "not"},
    {"mustnt", "must", "not"},
    {"neednt", "need", "not"},
    {"pls", "please", ""},
    {"plz", "please", ""},
    {"shouldnt", "should", "not"},
    {"u", "you", ""},
    {"ur", "your", ""},
    {"wasnt", "was", "not"},
    {"wont", "will", "not"},
    {"wouldnt", "would", "not"},
    {"youre", "you", "are"},
    {"youve", "you", "have"},
};

bool is_apostrophe(char32_t c) { return c == '\'' || c == U'’' || c == U'ʼ' || c == U'`'; }

class Reader {
  public:
    Reader(std::string_view message, Spoken& spoken) : message_(message), spoken_(spoken) {}

    void read() {
        for (std::size_t at = 0; at < message_.size();) {
            auto const c = static_cast<unsigned char>(message_[at]);
            if (c < 0x80) {
                take_ascii(static_cast<char>(c), at);
                ++at;
                continue;
            }
            CodePoint const point = decode_utf8(message_, at);
            take(point.value, at, at + point.length);
            at += point.length;
        }
        end_word();
        end_sentence();
    }

  private:
    void take_ascii(char c, std::size_t at) {
        if (is_alpha(c)) return add_letter(static_cast<unsigned char>(to_lower(c)), at, at + 1);
        if (is_digit(c)) return add_digit(at, at + 1);
        if (c == '\'') return;  // "don't" is one word
        if (c == '.' || c == ',') {
            bool const inside = at + 1 < message_.size() && static_cast<unsigned char>(message_[at + 1]) > ' ';
            if (inside && in_number_ && is_digit(message_[at + 1])) return;  // 1,500
            end_word();
            if (c == ',') return add_pause(at, at + 1);
            if (!inside && !is_title()) end_sentence();
            return;
        }
        take_other(static_cast<unsigned char>(c), at, at + 1);
    }

    // "Mr." and "e.g." end no sentence.
    bool is_title() const {
        if (spoken_.words.empty() || spoken_.words.size() <= first_) return false;
        SpokenWord const& last = spoken_.words.back();
        if (last.what != SpokenWord::What::word) return false;
        std::string_view const word = spoken_.letters(last);
        return word.size() == 1 || word == "mr" || word == "mrs" || word == "ms" || word == "dr" || word == "prof" ||
               word == "approx" || word == "st" || word == "vs" || word == "no";
    }

    void take(char32_t c, std::size_t begin, std::size_t end) {
        if (is_ignorable(c) || is_apostrophe(c)) return;
        if (is_stop(c) || is_pause(c)) return take_other(c, begin, end);
        if (is_cjk(c)) {
            if (is_nfkc_plain(c)) return add_sign(fold_han(c), begin, end);
        } else if (is_nfkc_plain(c)) {
            return take_plain(c, begin, end);
        }
        std::string one;
        append_utf8(one, c);
        std::string const folded = normalize_nfkc(one);
        for (std::size_t at = 0; at < folded.size();) {
            CodePoint const point = decode_utf8(folded, at);
            take_plain(point.value, begin, end);
            at += point.length;
        }
    }

    void take_plain(char32_t c, std::size_t begin, std::size_t end) {
        if (c < 0x80) {
            auto const plain = static_cast<char>(c);
            if (is_alpha(plain)) return add_letter(static_cast<unsigned char>(to_lower(plain)), begin, end);
            if (is_digit(plain)) return add_digit(begin, end);
            return take_other(c, begin, end);
        }
        if (is_cjk(c)) return add_sign(fold_han(c), begin, end);
        if (is_letter(c)) return add_letter(fold_case(base_letter(fold_case(c))), begin, end);
        take_other(c, begin, end);
    }

    void take_other(char32_t c, std::size_t begin, std::size_t end) {
        if (is_stop(c)) {
            end_word();
            if (c == '?' || c == U'？') add_sign('?', begin, end);
            return end_sentence();
        }
        if (is_pause(c)) {
            end_word();
            return add_pause(begin, end);
        }
        end_word();
        if (c > ' ' && c != '-' && c != '_' && c != '/' && !is_blank(c)) add_sign(c, begin, end);
    }

    void add_letter(char32_t c, std::size_t begin, std::size_t end) {
        if (in_number_ || !in_word_) {
            end_word();
            in_word_ = true;
            word_ = {};
            word_.letters = static_cast<std::uint32_t>(spoken_.folded.size());
            word_.begin = static_cast<std::uint32_t>(begin);
        }
        if (c < 0x80) spoken_.folded.push_back(static_cast<char>(c));
        else append_utf8(spoken_.folded, c);
        word_.end = static_cast<std::uint32_t>(end);
    }

    void add_digit(std::size_t begin, std::size_t end) {
        if (in_word_ && !in_number_) {  // "type45" stays one word
            spoken_.folded.push_back(message_[begin]);
            word_.end = static_cast<std::uint32_t>(end);
            return;
        }
        if (!in_number_) {
            end_word();
            in_word_ = in_number_ = true;
            word_ = {};
            word_.what = SpokenWord::What::number;
            word_.begin = static_cast<std::uint32_t>(begin);
        }
        word_.end = static_cast<std::uint32_t>(end);
    }

    void end_word() {
        if (!in_word_) return;
        in_word_ = in_number_ = false;
        word_.letters_size = static_cast<std::uint32_t>(spoken_.folded.size()) - word_.letters;
        if (word_.what == SpokenWord::What::number) word_.letters_size = 0;
        Short const* const written =
            word_.letters_size > 8 || word_.letters_size == 0 ? nullptr : find_short(spoken_.letters(word_));
        if (!written) return push(word_);
        SpokenWord second = word_;
        set_letters(word_, written->first);
        push(word_);
        if (written->second.empty()) return;
        set_letters(second, written->second);
        push(second);
    }

    static Short const* find_short(std::string_view letters) {
        for (Short const& one : shorts) {
            if (one.as == letters) return &one;
        }
        return nullptr;
    }

    void set_letters(SpokenWord& word, std::string_view letters) {
        word.letters = static_cast<std::uint32_t>(spoken_.folded.size());
        word.letters_size = static_cast<std::uint32_t>(letters.size());
        spoken_.folded += letters;
    }

    void add_sign(char32_t c, std::size_t begin, std::size_t end) {
        end_word();
        SpokenWord word;
        word.what = SpokenWord::What::sign;
        word.sign = c;
        word.begin = static_cast<std::uint32_t>(begin);
        word.end = static_cast<std::uint32_t>(end);
        push(word);
    }

    void add_pause(std::size_t begin, std::size_t end) {
        if (spoken_.words.size() == first_ || spoken_.words.back().what == SpokenWord::What::pause) return;
        SpokenWord word;
        word.what = SpokenWord::What::pause;
        word.begin = static_cast<std::uint32_t>(begin);
        word.end = static_cast<std::uint32_t>(end);
        push(word);
    }

    void push(SpokenWord const& word) {
        spoken_.words.push_back(word);
        if (spoken_.words.size() - first_ >= longest_sentence) end_sentence();
    }

    void end_sentence() {
        end_word();
        if (spoken_.words.size() > first_)
            spoken_.sentences.push_back({first_, static_cast<std::uint32_t>(spoken_.words.size())});
        first_ = static_cast<std::uint32_t>(spoken_.words.size());
    }

    std::string_view message_;
    Spoken& spoken_;
    SpokenWord word_;
    bool in_word_ = false, in_number_ = false;
    std::uint32_t first_ = 0;
};

}  // namespace

void read_spoken(std::string_view message, Spoken& spoken) {
    spoken.folded.clear();
    spoken.words.clear();
    spoken.sentences.clear();
    Reader(message, spoken).read();
}

}  // namespace keepmum
