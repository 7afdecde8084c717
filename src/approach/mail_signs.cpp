// SPDX-License-Identifier: GPL-3.0-or-later
#include "approach/mail_signs.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/utf8.h"
#include "format/link/suffix.h"

namespace keepmum {

namespace {

constexpr std::size_t most_links = 50;  // of one message that are judged

// How much a sign weighs, from the rates of decision 0121.
constexpr double surely = 0.8, strongly = 0.7, likely = 0.5, faintly = 0.25, hardly = 0.1;

// What people write who speak for an organisation.
constexpr auto offices = std::to_array<std::string_view>({
    "bank",
    "support",
    "security",
    "department",
    "ministry",
    "university",
    "institute",
    "embassy",
    "service desk",
    "help desk",
    "helpdesk",
    "human resources",
    "recruit",
    "editor",
    "journal",
    "foundation",
    "committee",
    "agency",
    "customer service",
    "billing",
    "payroll",
    "headquarters",
    "administrator",
    "account team",
    "official",
    "银行",
    "客服",
    "中心",
    "大学",
    "研究院",
    "研究所",
    "委员会",
    "编辑部",
    "杂志",
    "期刊",
    "使馆",
    "招聘",
    "人事",
    "财务",
    "管理员",
    "官方",
    "公安",
    "税务",
    "海关",
    "有限公司",
    "基金会",
    "组委会",
});

struct Remark {
    Bilingual text;
    double strength = 0;
};
constexpr Remark dmarc_failed{{"Your own mail server found that the mail does not come from where it says (DMARC).",
                               "您自己的邮件服务器查出：来信并非出自它声称的地方（DMARC 未通过）。"},
                              strongly};
constexpr Remark spf_failed{
    {"Your own mail server found that it was sent by a server that may not send for this sender (SPF).",
     "您自己的邮件服务器查出：发信服务器无权代发件人发信（SPF 未通过）。"},
    likely};
constexpr Remark other_name{{"The sender's name holds another address than the mail comes from.",
                             "发件人名字里写着的地址，和实际来信地址不是一个。"},
                            likely};
constexpr Remark free_office{
    {"It speaks for an organisation, and comes for the first time and from an address that anybody can have.",
     "自称代表某单位，却是第一次来信，用的还是谁都能申请的免费邮箱。"},
    likely};
constexpr Remark borrowed_name{{"It carries a name that you trust, and comes from an address that is not theirs.",
                                "用了您信任的名字，来信地址却不是他们的。"},
                               strongly};
constexpr Remark free_answer{{"Answers would go to an address that anybody can have, not to the sender's own.",
                              "您的回信会寄到谁都能申请的免费邮箱，而不是发件人自己的地址。"},
                             likely};
constexpr Remark locked_file{{"It brings a file that runs, or that nobody could look into before you.",
                              "带来的附件会运行，或者在您之前谁也没能查看。"},
                             surely};

std::string_view domain_of(std::string_view address) {
    std::size_t const at = address.rfind('@');
    return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

std::string without_comments(std::string_view text) {
    std::string out;
    unsigned depth = 0;
    for (char const c : text) {
        if (c == '(') ++depth;
        else if (c == ')') depth -= depth > 0;
        else if (depth == 0) out += c;
    }
    return out;
}

// " dmarc=fail header.from=…": the result of `method` in one piece of the field.
MailCheck result_of(std::string_view piece, std::string_view method) {
    piece = trimmed(piece);
    if (!piece.starts_with(method)) return MailCheck::none;
    piece = trimmed(piece.substr(method.size()));
    if (!piece.starts_with('=')) return MailCheck::none;
    std::string_view const result = trimmed(piece.substr(1));
    if (result.starts_with("pass")) return MailCheck::pass;
    return result.starts_with("fail") || result.starts_with("softfail") || result.starts_with("permerror")
               ? MailCheck::fail
               : MailCheck::none;
}

class Technical {
  public:
    Technical(SignBook const& book, Trust const& trust, Conversation const& conversation)
        : book_(book), trust_(trust), conversation_(conversation) {}

    std::vector<Sighting> read() {
        bool wrote = false;  // we wrote, or they did before: no first contact any more
        for (std::uint32_t i = 0; i < conversation_.messages.size(); ++i) {
            ChatMessage const& message = conversation_.messages[i];
            if (!message.mine && message.kind != ChatMessage::Kind::system) {
                bool const mail = i < conversation_.mails.size();
                if (mail) read_mail(conversation_.mails[i], message, i, !wrote);
                else read_links(message, i, Where::chat);
            }
            wrote = true;
        }
        return std::move(sightings_);
    }

  private:
    enum class Where : std::uint8_t { chat, first_mail, later_mail, list };

    void add(std::string_view id, std::uint32_t at, double strength, Bilingual told, Span span = {}) {
        std::size_t const sign = book_.find(id);
        if (sign == std::string_view::npos) return;
        Sighting sighting;
        sighting.sign = static_cast<std::uint16_t>(sign);
        sighting.message = at;
        sighting.strength = strength;
        sighting.span = sighting.sentence = span;
        sighting.remark_en = told.en;
        sighting.remark_zh = told.zh;
        sightings_.push_back(std::move(sighting));
    }

    bool is_known(std::string const& address) const { return trust_.known.find(address) != trust_.known.end(); }
    bool is_free(std::string_view domain) const {
        return !domain.empty() && trust_.judge.lists().is(HostKind::freemail, domain);
    }

    void read_mail(MailFacts const& facts, ChatMessage const& message, std::uint32_t at, bool first) {
        bool const bulk = !facts.list_id.empty() || facts.precedence == "list" || facts.precedence == "bulk" ||
                          facts.precedence == "junk";
        MailChecks const checks = read_checks(facts.authentication, trust_.servers);
        bool const proven = is_known(facts.from.address) && checks.dmarc != MailCheck::fail;
        bool const stranger = first && !bulk && !proven;
        if (checks.dmarc == MailCheck::fail) add("l5", at, dmarc_failed.strength, dmarc_failed.text);
        else if (checks.spf == MailCheck::fail && stranger) add("l5", at, spf_failed.strength, spf_failed.text);
        if (!proven) read_sender(facts, at, stranger);
        if (std::any_of(facts.attachments.begin(), facts.attachments.end(),
                        [](std::string const& name) { return is_program_name(name); }))
            add("l6", at, stranger ? locked_file.strength : likely, locked_file.text);
        read_links(message, at, bulk ? Where::list : stranger ? Where::first_mail : Where::later_mail);
    }

    void read_sender(MailFacts const& facts, std::uint32_t at, bool stranger) {
        std::string_view const domain = domain_of(facts.from.address);
        if (domain.empty()) return;
        std::string const host = std::string(domain);
        if (std::optional<Url> const url = read_url("https://" + host + "/")) {
            for (LinkNote const& note : trust_.judge.judge_url(*url).notes) {
                LinkWords const& words = words_of(note.reason);
                if (words.sign == "l1" && words.outcome == Outcome::hold) add_note("l1", at, surely, note);
            }
        }
        bool const free = is_free(domain);
        std::string_view const other = domain_in(facts.from.name);
        if (!other.empty() && registrable_domain(other) != registrable_domain(domain))
            add("l5", at, stranger ? other_name.strength : faintly, other_name.text);
        if (!stranger) return;
        if (names_trusted(facts.from.name, domain)) add("l5", at, borrowed_name.strength, borrowed_name.text);
        else if (free && speaks_for_office(facts.from.name)) add("l5", at, free_office.strength, free_office.text);
        std::string_view const answers = domain_of(facts.reply_to.address);
        if (!free && is_free(answers)) add("l5", at, free_answer.strength, free_answer.text);
    }

    // The domain of an address, or a host, that stands in a name: "support@paypal.example".
    std::string_view domain_in(std::string const& name) {
        std::size_t const at = name.find('@');
        if (at == std::string::npos || at == 0) return {};
        std::size_t end = at + 1;
        while (end < name.size() && (is_alnum(name[end]) || name[end] == '.' || name[end] == '-')) ++end;
        named_ = ascii_lower(std::string_view(name).substr(at + 1, end - at - 1));
        while (named_.ends_with('.')) named_.pop_back();
        return named_.find('.') == std::string::npos ? std::string_view() : std::string_view(named_);
    }

    // Whether a trusted name stands in `name`, as a word or in Chinese, and the sender's domain is not its own.
    bool names_trusted(std::string const& name, std::string_view domain) const {
        std::string const low = ascii_lower(name.substr(0, 200));
        std::u32string const whole = look_of(low);
        std::vector<std::u32string> words;
        for (std::size_t at = 0; at < low.size();) {
            std::size_t end = at;
            while (end < low.size() && (is_alnum(low[end]) || static_cast<unsigned char>(low[end]) >= 0x80)) ++end;
            if (end > at) words.push_back(look_of(std::string_view(low).substr(at, end - at)));
            at = end + 1;
        }
        return std::any_of(
            trust_.judge.trusted().begin(), trust_.judge.trusted().end(), [&](TrustedName const& trusted) {
                if (trusted.look.size() < 3 || compare_host(domain, {trusted}).how == NameLikeness::own) return false;
                bool const chinese = is_cjk(trusted.look.front());
                return chinese ? whole.find(trusted.look) != std::u32string::npos
                               : std::find(words.begin(), words.end(), trusted.look) != words.end();
            });
    }

    static bool speaks_for_office(std::string const& name) {
        std::string const low = ascii_lower(name);
        return std::any_of(offices.begin(), offices.end(),
                           [&](std::string_view office) { return low.find(office) != std::string::npos; });
    }

    void add_note(std::string_view id, std::uint32_t at, double strength, LinkNote const& note, Span span = {}) {
        std::string const en = tell(Language::en, note), zh = tell(Language::zh, note);
        add(id, at, strength, {en, zh}, span);
    }

    void read_links(ChatMessage const& message, std::uint32_t at, Where where) {
        std::size_t judged = 0;
        for (ChatLink const& link : message.links) {
            if (++judged > most_links) return;
            if (std::optional<Url> const url = read_url(link.target))
                take_link(trust_.judge.judge_shown(link.shown, *url), at, where, {});
        }
        for (FoundUrl const& found : find_urls(message.text, most_links))
            take_link(trust_.judge.judge_url(found.url), at, where, found.span);
    }

    void take_link(LinkJudgement const& judgement, std::uint32_t at, Where where, Span span) {
        for (LinkNote const& note : judgement.notes) {
            LinkWords const& words = words_of(note.reason);
            if (words.sign.empty() || words.outcome == Outcome::pass) continue;
            double const strength = weigh(note.reason, words, where);
            std::string_view const id = note.reason == LinkReason::target_differs ? "l2" : words.sign;
            double& before = strongest_[std::pair(at, std::string(id))];
            if (strength <= before) continue;  // one link is enough to show it
            before = strength;
            add_note(id, at, strength, note, span);
        }
    }

    static double weigh(LinkReason reason, LinkWords const& words, Where where) {
        if (words.sign == "l1" && words.outcome == Outcome::hold) return surely;
        // Every fifth honest newsletter shows one address and counts clicks by another.
        if (reason == LinkReason::target_differs) return where == Where::first_mail ? faintly : hardly;
        if (where == Where::list) return hardly;
        if (words.sign == "l6" || words.sign == "l4") return where == Where::later_mail ? likely : surely;
        bool const telling =
            reason == LinkReason::short_link || reason == LinkReason::number_host || words.outcome == Outcome::hold;
        if (where == Where::first_mail) return telling ? strongly : likely;
        return words.outcome == Outcome::hold ? likely : faintly;
    }

    SignBook const& book_;
    Trust const& trust_;
    Conversation const& conversation_;
    std::map<std::pair<std::uint32_t, std::string>, double> strongest_;
    std::string named_;
    std::vector<Sighting> sightings_;
};

}  // namespace

MailChecks read_checks(std::vector<std::string> const& fields, std::vector<std::string> const& servers) {
    for (std::string const& field : fields) {
        std::string const plain = ascii_lower(without_comments(field));
        std::size_t const end = std::min(plain.find(';'), plain.size());
        std::string_view server = trimmed(std::string_view(plain).substr(0, end));
        server = server.substr(0, server.find_first_of(" \t"));  // a version may follow
        if (std::find(servers.begin(), servers.end(), server) == servers.end()) continue;
        MailChecks checks;
        for (std::size_t at = end; at < plain.size();) {
            std::size_t const next = std::min(plain.find(';', at + 1), plain.size());
            std::string_view const piece = std::string_view(plain).substr(at + 1, next - at - 1);
            if (MailCheck const found = result_of(piece, "dmarc"); found != MailCheck::none) checks.dmarc = found;
            if (MailCheck const found = result_of(piece, "spf"); found != MailCheck::none) checks.spf = found;
            if (MailCheck const found = result_of(piece, "dkim");
                found != MailCheck::none && checks.dkim != MailCheck::pass)
                checks.dkim = found;
            at = next;
        }
        return checks;
    }
    return {};
}

std::vector<Sighting> read_technical(SignBook const& book, Trust const& trust, Conversation const& conversation) {
    return Technical(book, trust, conversation).read();
}

}  // namespace keepmum
