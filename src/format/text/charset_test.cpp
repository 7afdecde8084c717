// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/charset.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/icu.h"
#include "base/utf8.h"
#include "format/text/charset_score.h"
#include "format/text/han.h"

namespace keepmum {
namespace {

struct Sample {
    Charset charset;
    char const* converter;
    char const* text;
};

constexpr char chinese[] = "机密文件：请勿外传。项目负责人 Wang，电话 13800138000。";
constexpr char traditional[] = "機密文件：請勿外傳。專案負責人姓王，電話是這個號碼。";
constexpr char japanese[] = "この文書は社外秘です。取り扱いに注意してください。";
constexpr char korean[] = "이 문서는 대외비입니다. 외부로 유출하지 마시기 바랍니다.";
constexpr char russian[] = "Этот документ является секретным, не передавать третьим лицам.";
constexpr char french[] = "Le résumé est confidentiel, ne pas le transmettre à l'extérieur.";

TEST(Charset, NamesTheSetByTheBytesAndDecodesBack) {
    Sample const samples[] = {
        {Charset::gb18030, "gb18030", chinese},      {Charset::big5, "Big5", traditional},
        {Charset::shift_jis, "windows-31j", japanese}, {Charset::euc_jp, "EUC-JP", japanese},
        {Charset::euc_kr, "windows-949", korean},    {Charset::windows_1251, "windows-1251", russian},
        {Charset::koi8_r, "KOI8-R", russian},        {Charset::ibm866, "IBM866", russian},
        {Charset::windows_1252, "windows-1252", french}, {Charset::utf16le, "UTF-16LE", chinese},
        {Charset::utf16be, "UTF-16BE", traditional}, {Charset::utf16le, "UTF-16LE", french},
        {Charset::utf32le, "UTF-32LE", french},      {Charset::utf32be, "UTF-32BE", chinese},
        {Charset::iso_2022_jp, "ISO-2022-JP", japanese}, {Charset::utf8, "UTF-8", korean},
        {Charset::hz, "HZ", "机密文件,请勿外传。"},     {Charset::utf7, "UTF-7", "机密文件请勿外传"},
    };
    for (Sample const& sample : samples) {
        std::string const bytes = encode_with_icu(sample.text, sample.converter);
        auto const guess = guess_charset(bytes);
        ASSERT_TRUE(guess) << sample.converter;
        EXPECT_EQ(name_of(guess->charset), name_of(sample.charset)) << sample.converter;
        EXPECT_EQ(decode_charset(bytes, guess->charset).text, sample.text) << sample.converter;
    }
}

// Charsets whose writing is not modelled are read by the declaration, or by the detector's opinion: alone or beside the first choice.
TEST(Charset, ReadsScriptsOfOneByteACharacterAtLeastAsASecondChoice) {
    Sample const samples[] = {
        {Charset::windows_1250, "windows-1250", "Důvěrné: návrh smlouvy s příložkami nesmí opustit kancelář, žádné výjimky."},
        {Charset::iso_8859_2, "ISO-8859-2", "Poufne dokumenty spółki, nie wolno ich wysyłać na zewnątrz, każdy wyjątek zgłaszać."},
        {Charset::windows_1253, "ISO-8859-7", "Το έγγραφο αυτό είναι εμπιστευτικό και δεν πρέπει να δοθεί σε τρίτους."},
        {Charset::windows_1254, "windows-1254", "Bu belge gizlidir, üçüncü kişilere verilmesi yasaktır; şirket dışına çıkarılamaz."},
        {Charset::windows_1255, "windows-1255", "המסמך הזה הוא סודי ואין להעביר אותו לגורמים אחרים מחוץ לחברה"},
        {Charset::windows_1256, "windows-1256", "هذه الوثيقة سرية ولا يجوز تسليمها إلى أي طرف خارج الشركة"},
        {Charset::iso_8859_6, "ISO-8859-6", "هذه الوثيقة سرية ولا يجوز تسليمها إلى أي طرف خارج الشركة"},
        {Charset::iso_8859_5, "ISO-8859-5", russian},
        {Charset::windows_874, "windows-874", "เอกสารนี้เป็นความลับ ห้ามเผยแพร่ให้บุคคลภายนอกบริษัท"},
    };
    for (Sample const& sample : samples) {
        std::string const bytes = encode_with_icu(sample.text, sample.converter);
        auto const guess = guess_charset(bytes);
        ASSERT_TRUE(guess) << sample.converter;
        EXPECT_TRUE(guess->known) << sample.converter;
        EXPECT_TRUE(guess->charset == sample.charset || guess->other == sample.charset) << sample.converter << ": " << name_of(guess->charset);
        EXPECT_EQ(decode_charset(bytes, sample.charset).text, sample.text);
        auto const declared = guess_charset(bytes, Ending::whole, charset_named(sample.converter));
        ASSERT_TRUE(declared) << sample.converter;
        EXPECT_EQ(declared->charset, sample.charset) << sample.converter;
    }
    std::string const apple = encode_with_icu(russian, "x-mac-cyrillic");
    EXPECT_EQ(guess_charset(apple, Ending::whole, charset_named("x-mac-cyrillic"))->charset, Charset::mac_cyrillic);
    // What is sure needs no other opinion, whatever is declared.
    EXPECT_EQ(guess_charset(encode_with_icu(chinese, "gb18030"), Ending::whole, Charset::windows_1253)->charset, Charset::gb18030);
    EXPECT_FALSE(guess_charset(encode_with_icu(chinese, "gb18030"))->other);
}

TEST(Charset, TellsShortChineseTextsApart) {
    for (char const* text : {"绝密文件", "内部资料", "姓名：张伟", "请不要外传", "合同金额", "银行账号", "会议纪要"}) {
        auto const guess = guess_charset(encode_with_icu(text, "gb18030"));
        ASSERT_TRUE(guess) << text;
        EXPECT_EQ(name_of(guess->charset), "GB18030") << text;
    }
    for (char const* text : {"絕密文件", "內部資料", "姓名：張偉", "請不要外傳", "合約金額", "會議記錄"}) {
        auto const guess = guess_charset(encode_with_icu(text, "Big5"));
        ASSERT_TRUE(guess) << text;
        EXPECT_EQ(name_of(guess->charset), "Big5") << text;
    }
}

TEST(Charset, MapsEveryCharacterToItsBytes) {
    std::string const bytes = encode_with_icu("ab密码c", "gb18030");
    DecodedText const text = decode_charset(bytes, Charset::gb18030, 100);
    EXPECT_EQ(text.text, "ab密码c");
    EXPECT_EQ(text.map.to_source({2, 5}), (Span{102, 104}));
    EXPECT_EQ(text.map.to_source({5, 8}), (Span{104, 106}));
    EXPECT_EQ(text.map.to_source({8, 9}), (Span{106, 107}));
    DecodedText const emoji = decode_charset(encode_with_icu("a😀b", "UTF-16LE"), Charset::utf16le);
    EXPECT_EQ(emoji.map.to_source({1, 5}), (Span{2, 6}));
    EXPECT_EQ(emoji.map.to_source({5, 6}), (Span{6, 8}));
}

TEST(Charset, MapsAcrossThePiecesOfTheConverter) {
    std::string text;
    for (int i = 0; i < 400'000; ++i) text += "密a";
    std::string const bytes = encode_with_icu(text, "gb18030");
    DecodedText const decoded = decode_charset("x" + bytes, Charset::gb18030);
    ASSERT_EQ(decoded.text, "x" + text);
    for (std::size_t i : {0u, 174'761u, 349'525u, 349'526u, 399'999u}) {
        EXPECT_EQ(decoded.map.to_source({1 + i * 4, 4 + i * 4}), (Span{1 + i * 3, 3 + i * 3})) << i;
    }
}

TEST(Charset, CountsWhatIsInvalidAndKeepsTheRest) {
    DecodedText const text = decode_charset("ab\xFF" "cd\xC3", Charset::utf8);
    EXPECT_EQ(text.text, "ab\xEF\xBF\xBD" "cd\xEF\xBF\xBD");
    EXPECT_EQ(text.invalid, 2u);
    EXPECT_EQ(text.map.to_source({5, 6}), (Span{3, 4}));
}

TEST(Charset, BinaryIsNotText) {
    std::string noise;
    std::uint64_t state = 12345;
    for (int i = 0; i < 4096; ++i) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        noise += static_cast<char>(state >> 56);
    }
    EXPECT_FALSE(guess_charset(noise));
    EXPECT_FALSE(guess_charset(noise.substr(0, 256)));
    EXPECT_FALSE(guess_charset(std::string(512, '\0')));
    EXPECT_FALSE(guess_charset(std::string("\x7F" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3E\0\1\0\0\0", 24)));
}

TEST(Charset, DeclarationIsAVoteThatBytesOverrule) {
    std::string const bytes = encode_with_icu(chinese, "gb18030");
    EXPECT_EQ(guess_charset(bytes, Ending::whole, Charset::windows_1252)->charset, Charset::gb18030);
    EXPECT_EQ(guess_charset(chinese, Ending::whole, Charset::gb18030)->charset, Charset::utf8);
    EXPECT_EQ(charset_named("GB2312"), Charset::gb18030);
    EXPECT_EQ(charset_named(" Shift_JIS "), Charset::shift_jis);
    EXPECT_EQ(charset_named("x-nonsense"), std::nullopt);
}

// Small and seeded, so that every run sees the same.
class Dice {
  public:
    std::uint64_t roll(std::uint64_t below) {
        state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
        return (state_ >> 33) % below;
    }

  private:
    std::uint64_t state_ = 2026;
};

TEST(Charset, JudgesThePointsThatItDecodes) {
    Dice dice;
    for (int round = 0; round < 4000; ++round) {
        auto const charset = static_cast<Charset>(dice.roll(static_cast<std::uint64_t>(Charset::ebcdic) + 1));
        // Bytes that meet: surrogates, leads and trails, escapes.
        constexpr std::string_view likely("\xD8\xDC\xD9\xDF\0\0\x81\x30\xB0\xA1\x1B$B~{a+-AB\x10\x11", 24);
        std::string bytes;
        for (std::uint64_t left = dice.roll(20) * unit_of(charset); left > 0; --left) {
            bytes += dice.roll(2) ? likely[dice.roll(likely.size())] : static_cast<char>(dice.roll(256));
        }
        DecodedText const text = decode_charset(bytes, charset);
        DecodedPoints const points = decode_points(bytes, charset);
        std::string again;
        for (char32_t const c : points.points) append_utf8(again, c);
        ASSERT_EQ(again, text.text) << name_of(charset);
        ASSERT_EQ(points.invalid, text.invalid) << name_of(charset);
    }
}

TEST(Charset, SourceCodeIsNotDecodedToBeNoUtf7) {
    EXPECT_EQ(guess_charset("a + b - c")->charset, Charset::utf8);
    EXPECT_EQ(guess_charset("for (int i = 0; i < n; i++) k -= i;")->charset, Charset::utf8);
    std::string const secret = encode_with_icu("机密文件请勿外传", "UTF-7");
    EXPECT_EQ(guess_charset("1 +- 1 is 2: " + secret)->charset, Charset::utf7);
    // One letter changed here and there: the quick look must agree with decoding.
    Dice dice;
    for (int round = 0; round < 4000; ++round) {
        std::string bytes = "plain - " + secret + " and " + secret + " end";
        for (std::uint64_t changes = dice.roll(3); changes > 0; --changes) {
            bytes[dice.roll(bytes.size())] = "+-/ aA9\\~"[dice.roll(9)];
        }
        DecodedPoints const points = decode_points(bytes, Charset::utf7);
        std::size_t const plus = bytes.find('+');
        bool const shifts = plus != std::string::npos && bytes.find('-', plus) != std::string::npos;
        bool const reads = shifts && points.invalid == 0 && score_writing(points.points, Charset::utf7) > firm_score;
        ASSERT_EQ(guess_charset(bytes)->charset, reads ? Charset::utf7 : Charset::utf8) << bytes;
    }
}

TEST(Charset, MarksDecide) {
    auto const guess = guess_charset(std::string("\xFF\xFE" "a\0", 4));
    ASSERT_TRUE(guess);
    EXPECT_EQ(guess->charset, Charset::utf16le);
    EXPECT_EQ(guess->mark, 2);
}

TEST(Charset, EbcdicIsRead) {
    std::string const bytes = encode_with_icu("The quick brown fox jumps over the lazy dog every day", "ibm-500");
    ASSERT_TRUE(guess_charset(bytes));
    EXPECT_EQ(guess_charset(bytes)->charset, Charset::ebcdic);
}

TEST(Charset, NewEditionOfGb18030) {
    EXPECT_EQ(decode_charset("\xA6\xD9\xFE\x59", Charset::gb18030).text, "︐龴");
}

// Whether the full look makes text of the bytes.
bool reads_in_a_charset(std::string_view bytes) {
    std::optional<CharsetGuess> const guess = guess_charset(bytes);
    if (!guess || !guess->firm || !guess->known || guess->charset == Charset::utf8) return false;
    return decode_charset(bytes.substr(guess->mark), guess->charset, guess->mark).invalid == 0;
}

// Counts those that read; none of them may be denied.
void expect_no_denial(std::string const& bytes, std::size_t& reading) {
    if (is_utf8(bytes) || !reads_in_a_charset(bytes)) return;
    ++reading;
    EXPECT_TRUE(may_be_firm(bytes)) << testing::PrintToString(bytes);
}

TEST(MayBeFirm, DeniesNothingThatReadsWhereverItIsCut) {
    std::size_t reading = 0;
    for (char const* const text : {chinese, traditional, japanese, korean, russian, french}) {
        for (char const* const charset : {"gb18030", "Big5-HKSCS", "windows-31j", "EUC-JP", "windows-949", "windows-1252",
                                          "windows-1251", "KOI8-R", "IBM866", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE",
                                          "ibm-500"}) {
            std::string const bytes = encode_with_icu(text, charset);
            for (std::size_t from = 0; from + 8 <= bytes.size(); ++from) {
                for (std::size_t size = 8; from + size <= bytes.size(); size += size < 40 ? 1 : 13) {
                    expect_no_denial(bytes.substr(from, size), reading);
                }
            }
        }
    }
    EXPECT_GT(reading, 10'000u);
}

TEST(MayBeFirm, KnowsEveryCharacterOfTheDoubleByteCharsets) {
    std::size_t reading = 0;
    for (Sample const& sample : {Sample{Charset::gb18030, "gb18030", chinese}, Sample{Charset::big5, "Big5-HKSCS", traditional},
                                 Sample{Charset::shift_jis, "windows-31j", japanese}, Sample{Charset::euc_jp, "EUC-JP", japanese},
                                 Sample{Charset::euc_kr, "windows-949", korean}}) {
        std::string const around = encode_with_icu(sample.text, sample.converter);
        for (unsigned lead = 0x80; lead <= 0xFF; ++lead) {
            for (unsigned trail = lead % 2; trail <= 0xFF; trail += 2) {
                std::string const pair{static_cast<char>(lead), static_cast<char>(trail)};
                if (decode_points(pair, sample.charset).invalid == 0) expect_no_denial(around + pair + "." + around, reading);
            }
        }
    }
    EXPECT_GT(reading, 20'000u);
}

TEST(MayBeFirm, NoiseIsDeniedAndNeverReads) {
    std::mt19937 random(3);
    std::size_t reading = 0, denied = 0;
    constexpr std::size_t rounds = 20'000;
    for (std::size_t round = 0; round < rounds; ++round) {
        std::string bytes(8 + random() % 40, ' ');
        for (char& c : bytes) c = static_cast<char>(random() % (round % 2 ? 256 : 0x60) + (round % 2 ? 0 : 0xA0));
        expect_no_denial(bytes, reading);
        denied += !may_be_firm(bytes);
    }
    EXPECT_GT(denied, rounds / 2);
}

TEST(Han, FoldsOneForOne) {
    EXPECT_EQ(fold_han(U'機'), U'机');
    EXPECT_EQ(fold_han(U'密'), U'密');
    EXPECT_EQ(fold_han(U'a'), U'a');
    EXPECT_TRUE(is_common_han(U'國'));
    EXPECT_FALSE(is_common_han(U'龘'));
}

}  // namespace
}  // namespace keepmum
