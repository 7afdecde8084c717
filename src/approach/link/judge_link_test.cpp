// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/link/judge_link.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "approach/link/tell_link.h"
#include "io/file.h"

namespace keepmum {
namespace {

LinkJudge usual() {
    HostLists lists;
    std::string const file = std::string(KEEPMUM_SOURCE) + "/packs/approach/hosts.toml";
    Result<> const read = lists.read(*read_file(file), file);
    EXPECT_TRUE(read) << read.error().what;
    return LinkJudge(std::move(lists), {read_trusted_name("paypal.com"), read_trusted_name("apple.com"), read_trusted_name("中国银行")});
}

bool says(LinkJudgement const& judgement, LinkReason reason) {
    return std::any_of(judgement.notes.begin(), judgement.notes.end(), [reason](LinkNote const& note) { return note.reason == reason; });
}

TEST(JudgeLink, SaysWhatIsWrong) {
    struct {
        std::string_view link;
        Outcome outcome;
        LinkReason reason;
    } const all[] = {
        {"https://www.paypal.com/signin", Outcome::pass, LinkReason::trusted},
        {"https://example.org/", Outcome::pass, LinkReason::nothing_known},
        {"https://paypa1.com/", Outcome::hold, LinkReason::same_look},
        {"https://paypal.com.account-check.example/", Outcome::hold, LinkReason::as_beginning},
        {"https://paypal-login.example/", Outcome::warn, LinkReason::added_word},
        {"https://xn--pple-43d.example/login", Outcome::hold, LinkReason::mixed_scripts},
        {"https://gооgle.example/docs", Outcome::hold, LinkReason::mixed_scripts},
        {"https://аррӏе.com/", Outcome::hold, LinkReason::posing_script},
        {"https://中國銀行.com/", Outcome::hold, LinkReason::same_look},
        {"https://login.bank.example@198.51.100.7/verify", Outcome::hold, LinkReason::user_is_host},
        {"https://ana@files.example/", Outcome::warn, LinkReason::user_part},
        {"https://paypal.com@198.51.100.7/verify", Outcome::hold, LinkReason::user_is_host},
        {"http://203.0.113.45/update.apk", Outcome::hold, LinkReason::program_from_nowhere},
        {"http://3405803821/", Outcome::hold, LinkReason::odd_number_host},
        {"http://192.168.1.1/", Outcome::pass, LinkReason::inside_host},
        {"https://bit.ly/3xYzAbC", Outcome::warn, LinkReason::short_link},
        {"https://example.org/setup.exe", Outcome::warn, LinkReason::program},
        {"https://example.org:4444/", Outcome::warn, LinkReason::odd_port},
        {"https:\\\\example.org\\x", Outcome::hold, LinkReason::disguised},
        {"javascript:alert(1)", Outcome::hold, LinkReason::script},
        {"https://l.facebook.com/?u=https%3A%2F%2Fpaypa1.com%2F", Outcome::hold, LinkReason::leads_on},
        {"sgnl://linkdevice?uuid=1&pub_key=2", Outcome::hold, LinkReason::device_link},
        {"zoommtg://zoom.example/join?x", Outcome::warn, LinkReason::opens_app},
    };
    LinkJudge const judge = usual();
    for (auto const& one : all) {
        std::optional<LinkJudgement> const judgement = judge.judge_link(one.link);
        ASSERT_TRUE(judgement) << one.link;
        EXPECT_EQ(judgement->outcome, one.outcome) << one.link;
        EXPECT_TRUE(says(*judgement, one.reason)) << one.link;
    }
    for (std::string_view none : {"", "hello there", "mailto:a@b.example", "report.docx"}) EXPECT_FALSE(judge.judge_link(none)) << none;
}

TEST(JudgeLink, TextAgainstTarget) {
    LinkJudge const judge = usual();
    Url const evil = *read_url("https://evil.example/x");
    EXPECT_TRUE(says(judge.judge_shown("www.paypal.com", evil), LinkReason::target_differs));
    EXPECT_FALSE(says(judge.judge_shown("our page", evil), LinkReason::target_differs));
    EXPECT_FALSE(says(judge.judge_shown("www.evil.example/y", evil), LinkReason::target_differs));
    EXPECT_FALSE(says(judge.judge_shown("https://example.org/", *read_url("https://click.list-manage.com/x")), LinkReason::target_differs));
}

TEST(JudgeLink, CodesByWhatTheyDo) {
    struct {
        std::string_view payload;
        Outcome outcome;
        LinkReason reason;
    } const all[] = {
        {"WIFI:S:CoffeeGuest;;", Outcome::warn, LinkReason::open_wifi},
        {"WIFI:T:WEP;S:Old;P:abc;;", Outcome::warn, LinkReason::weak_wifi},
        {"WIFI:T:WPA;S:Lab\\;7;P:p\\:w\\;x;H:true;;", Outcome::pass, LinkReason::shared_wifi},
        {"WIFI:T:SAE;S:HQ;P:x;;", Outcome::pass, LinkReason::shared_wifi},
        {"WIFI:T:WPA2-EAP;S:Corp;E:PEAP;PH2:MSCHAPV2;I:ana;P:pw;;", Outcome::warn, LinkReason::personal_wifi},
        {"2@EXAMPLEref,EXAMPLEpub,EXAMPLEid,EXAMPLEsecret", Outcome::hold, LinkReason::device_link},
        {"tg://login?token=abc", Outcome::hold, LinkReason::device_link},
        {"https://login.weixin.qq.com/l/abc", Outcome::warn, LinkReason::sign_in},
        {"otpauth://totp/Example:ana?secret=JBSWY3DPEHPK3PXP", Outcome::warn, LinkReason::sign_in_key},
        {"wxp://f2f0abc", Outcome::warn, LinkReason::payment},
        {"bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT", Outcome::warn, LinkReason::payment},
        {"BCD\n002\n1\nSCT\n\nA\nDE89370400440532013000\nEUR1", Outcome::warn, LinkReason::payment},
        {"BEGIN:VCARD\nN:Li;;;\nEND:VCARD", Outcome::pass, LinkReason::contact},
        {"tel:+861012345678", Outcome::pass, LinkReason::calls},
        {"geo:39.9,116.4", Outcome::pass, LinkReason::contact},
        {"LPA:1$rsp.example$ABC", Outcome::warn, LinkReason::profile},
        {"Scan for your prize: paypa1.com/win", Outcome::hold, LinkReason::same_look},
        {"Table 14", Outcome::pass, LinkReason::text_only},
    };
    LinkJudge const judge = usual();
    for (auto const& one : all) {
        LinkJudgement const judgement = judge.judge_payload(one.payload);
        EXPECT_EQ(judgement.outcome, one.outcome) << one.payload;
        EXPECT_TRUE(says(judgement, one.reason)) << one.payload;
        EXPECT_EQ(judgement.shown.find("secret=JB"), std::string::npos);
        EXPECT_EQ(judgement.shown.find("p\\:w"), std::string::npos);
    }
}

TEST(JudgeLink, EveryReasonIsTold) {
    std::set<std::string_view> ids;
    for (int i = 0; i <= static_cast<int>(LinkReason::nothing_known); ++i) {
        LinkWords const& words = words_of(static_cast<LinkReason>(i));
        EXPECT_EQ(static_cast<int>(words.reason), i);
        EXPECT_TRUE(ids.insert(words.id).second) << words.id;
        EXPECT_FALSE(words.told.en.empty() || words.told.zh.empty());
        EXPECT_EQ(words.told.en.find("{what}") == std::string_view::npos, words.told.zh.find("{what}") == std::string_view::npos) << words.id;
        EXPECT_TRUE(words.outcome != Outcome::hold || !words.sign.empty()) << "red without a sign: " << words.id;
    }
}

TEST(JudgeLink, RedHasAFindingAndAClause) {
    LinkJudge const judge = usual();
    Place place;
    place.source = "x";
    std::vector<JudgedLink> const links = {{LinkThing::link, "x", place, *judge.judge_link("https://paypa1.com/")}};
    SourceReport const report = report_of(links, {}, {1, 1}, Key{});
    EXPECT_EQ(report.verdict.outcome, Outcome::hold);
    ASSERT_FALSE(report.verdict.because.empty());
    EXPECT_EQ(report.verdict.because[0].clause, "link-red");
    EXPECT_EQ(report.verdict.findings.at(0).rule, "approach.l1");
    Gap gap;
    SourceReport const unread = report_of({}, {gap}, {1, 0}, Key{});
    EXPECT_EQ(unread.verdict.outcome, Outcome::hold);
}

TEST(JudgeLink, ToldInBothLanguages) {
    LinkJudge const judge = usual();
    Place place;
    std::vector<JudgedLink> const links = {{LinkThing::link, "x", place, *judge.judge_link("https://paypa1.com/")}};
    EXPECT_NE(tell_links(Language::en, links, 80).find("Do not open it."), std::string::npos);
    EXPECT_NE(tell_links(Language::zh, links, 80).find("不要打开"), std::string::npos);
}

}  // namespace
}  // namespace keepmum
