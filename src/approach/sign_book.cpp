// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/sign_book.h"

#include <algorithm>

#include "base/utf8.h"
#include "io/file.h"

namespace keepmum {

namespace {

constexpr std::string_view keys[] = {"stage", "weight", "hard", "alone", "what", "against"};
constexpr std::string_view wording_classes[] = {"step", "answer"};  // the other side's sentences, and ours, by number

Result<> add_texts(std::vector<BookText>& texts, std::string const& folder, BookText::Layer layer) {
    for (std::string const& name : list_folder(folder)) {
        if (!name.ends_with(".toml")) continue;
        std::string const file = folder + "/" + name;
        texts.push_back({file, TRY(read_file(file)), layer});
    }
    return {};
}

Result<Sign::What> read_what(Tree const& tree) {
    std::string const word = TRY(tree.text("what", "sign"));
    if (word == "sign") return Sign::What::sign;
    if (word == "counter") return Sign::What::counter;
    if (word == "refusal") return Sign::What::refusal;
    if (word == "given") return Sign::What::given;
    if (word == "wording") return Sign::What::wording;
    if (word == "verdict") return Sign::What::verdict;
    return tree.complain("what", "must be sign, counter, refusal, given, wording or verdict");
}

Result<Sign> read_sign(PhraseRow const& row) {
    Tree const& tree = row.data;
    Sign sign;
    sign.what = TRY(read_what(tree));
    sign.id = row.id;
    if (row.id.empty() || !is_lower(row.id.front())) return tree.complain("id", "must begin with a small letter");
    sign.group = row.id.front();
    std::int64_t const stage = TRY(tree.whole("stage", 0));
    if (stage < 0 || stage > 8) return tree.complain("stage", "must be 0 to 8");
    sign.stage = static_cast<unsigned>(stage);
    std::string const weight = TRY(tree.text("weight", "low"));
    if (weight == "high") sign.weight = SignWeight::high;
    else if (weight == "middle") sign.weight = SignWeight::middle;
    else if (weight != "low") return tree.complain("weight", "must be low, middle or high");
    sign.hard = TRY(tree.flag("hard", false));
    sign.alone = TRY(tree.flag("alone", false));
    sign.against = TRY(tree.texts("against"));
    return sign;
}

}  // namespace

double Sign::strength(bool weak) const {
    double const whole = weight == SignWeight::high ? 0.8 : weight == SignWeight::middle ? 0.5 : 0.25;
    return weak ? whole / 2 : whole;
}

Result<SignBook> SignBook::load(std::span<BookText const> texts, PhraseBook::Examples examples, BookText const& wording) {
    SignBook book;
    book.phrases_ = TRY(PhraseBook::load("approach", texts, keys, examples));
    for (PhraseRow const& row : book.phrases_.rows()) book.signs_.push_back(TRY(read_sign(row)));
    if (wording.text.empty()) return book;
    book.wording_ = TRY(Wording::parse(wording.text, wording.file));
    if (!std::ranges::equal(book.wording_.classes(), wording_classes))
        return fail(Fault::invalid, "must have the classes step and answer", wording.file);
    for (std::size_t i = 0; i < book.signs_.size(); ++i) {
        if (book.signs_[i].what == Sign::What::wording) book.worded_ = i;
    }
    return book;
}

Result<SignBook> SignBook::load(Folders const& folders, PhraseBook::Examples examples) {
    std::vector<BookText> texts;
    TRY(add_texts(texts, folders.shipped + "/packs/approach/signs", BookText::Layer::shipped));
    TRY(add_texts(texts, folders.machine + "/approach/signs", BookText::Layer::local));
    TRY(add_texts(texts, folders.config + "/approach/signs", BookText::Layer::local));
    std::string const learned = folders.shipped + "/packs/approach/wording.txt";
    return load(texts, examples, {learned, TRY(read_file(learned))});
}

std::string_view SignBook::title(Language language, std::size_t sign) const {
    Rule const& rule = row(sign).rule;
    return language == Language::zh ? rule.title_zh : rule.title_en;
}

std::string_view SignBook::why(Language language, std::size_t sign) const {
    Rule const& rule = row(sign).rule;
    return language == Language::zh ? rule.why_zh : rule.why_en;
}

std::string_view SignBook::advice(Language language, std::size_t sign) const {
    return language == Language::zh ? row(sign).advice_zh : row(sign).advice_en;
}

}  // namespace keepmum
