// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <cstdlib>

#include "packs/signs/phrase_book.h"

using namespace keepmum;

namespace {

constexpr std::string_view book = R"(
[class]
take = ['take', 'photo*', '拍']
ship = ['=ship', 'navy ship', '军舰']
sum = ['$ #', '# 元']
negator = ['not', '别']
negator-after = ['不用了']
turn = ['but']
[[row]]
id = 'a'
title = { en = 'T', zh = '题' }
why = { en = 'W', zh = '因' }
phrases = ['{take} .. {ship}', '~ {take} & {sum} & !{turn}', '? {ship} ?']
)";

PhraseBook load() {
    BookText const text{"book.toml", std::string(book), BookText::Layer::shipped};
    return PhraseBook::load("approach", {&text, 1}, {}).value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static PhraseBook const phrases = load();
    std::string_view const message(reinterpret_cast<char const*>(data), size);
    PhraseBook::Scratch scratch;
    std::vector<PhraseFound> found;
    phrases.read(message, scratch, found);
    for (PhraseFound const& one : found) {
        bool const inside = one.sentence.begin <= one.span.begin && one.span.end <= one.sentence.end;
        if (one.span.begin >= one.span.end || one.span.end > size || !inside) std::abort();
    }
    return 0;
}
