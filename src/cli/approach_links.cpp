// keepmum approach --link, --qr: is this link or code what it claims to be? Nothing is opened.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "approach/link/look_inside.h"
#include "approach/link/tell_link.h"
#include "base/message.h"
#include "base/utf8.h"
#include "base/width.h"
#include "cli/approach_links.h"
#include "engine/setup.h"
#include "io/walk.h"
#include "report/words.h"

namespace keepmum {

namespace {

// What was found out about one thing handed in.
struct Looked {
    std::string name;
    LinkThing thing = LinkThing::link;
    std::vector<JudgedLink> links;
    std::vector<Gap> gaps;
    Coverage coverage;
};

std::size_t columns() {
    winsize window{};
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0)
        return std::clamp<std::size_t>(window.ws_col, 40, 100);
    return 80;
}

Looked look_at_link(LinkJudge const& judge, std::string const& text) {
    Looked looked{text, LinkThing::link, {}, {}, {text.size(), text.size()}};
    Place place;
    place.source = text;
    if (std::optional<LinkJudgement> judgement = judge.judge_link(text)) {
        looked.links.push_back({LinkThing::link, text, place, std::move(*judgement)});
    } else {
        Gap gap;
        gap.place = place;
        gap.cause = Cause::unsupported;
        gap.bytes = text.size();
        gap.detail = "that is no link";
        looked.gaps.push_back(std::move(gap));
        looked.coverage.read = 0;
    }
    return looked;
}

// A picture in which no code is found is no gap where all of it could be read: the answer says so.
Looked look_at_picture(LinkJudge const& judge, InsideLooker& looker, Item const& item) {
    Looked looked{item.name, LinkThing::code, {}, {}, {}};
    if (item.gap) {
        looked.gaps.push_back(*item.gap);
        return looked;
    }
    SeenInside seen = looker.look(item);
    for (SeenCode const& code : seen.codes)
        looked.links.push_back({LinkThing::code, item.name, code.place, judge.judge_payload(code.payload)});
    looked.gaps = std::move(seen.gaps);
    looked.coverage = {seen.bytes, seen.read};
    return looked;
}

std::string tell(Context const& context, std::vector<Looked> const& all, LinkJudge const& judge) {
    std::string out;
    std::vector<JudgedLink> links;
    for (Looked const& looked : all) {
        links.insert(links.end(), looked.links.begin(), looked.links.end());
        std::string const name = show_name(looked.name);
        for (Gap const& gap : looked.gaps) {
            std::string const cause = say(context.language, message_of(gap.cause));
            if (looked.thing == LinkThing::link)
                out += say(context.language, Message::link_no_link, {{"text", name}}) + "\n";
            else out += say(context.language, Message::link_not_read, {{"name", name}, {"cause", cause}}) + "\n";
        }
        if (looked.thing == LinkThing::code && looked.links.empty() && looked.gaps.empty())
            out += say(context.language, Message::link_no_code, {{"name", name}}) + "\n";
    }
    if (!out.empty() && !links.empty()) out += "\n";
    if (!links.empty()) out += tell_links(context.language, links, columns());
    if (judge.trusted().empty()) {
        std::string const advice = say(context.language, Message::link_no_trusted, {{"file", context.folders.config + "/trusted.toml"}});
        out += "\n";
        for (std::string const& line : wrap(advice, columns())) out += line + "\n";
    }
    return out;
}

Result<> write_report(Context const& context, Arguments const& arguments, std::vector<Looked> const& all,
                      Format format) {
    bool lasting = false;
    Key const key = machine_key(context.folders, lasting);
    Glossary glossary;
    for (Rule const& rule : link_rules()) glossary.add(rule);
    glossary.add(link_directive());
    WriterOptions options;
    options.language = context.language;
    options.detail = Detail::full;
    options.glossary = &glossary;
    std::unique_ptr<ByteSink> sink =
        arguments.has("--output") ? TRY(file_sink(arguments.value("--output"))) : descriptor_sink(STDOUT_FILENO);
    std::unique_ptr<Writer> const writer = make_writer(format, std::move(sink), options);
    RunFacts facts;
    facts.version = KEEPMUM_VERSION;
    facts.directive = link_directive().id;
    writer->begin(facts);
    Summary summary;
    for (Looked const& looked : all) {
        SourceReport report = report_of(looked.links, looked.gaps, looked.coverage, key);
        report.verdict.source = looked.name;
        ++summary.sources;
        summary.bytes += looked.coverage.bytes;
        summary.read += looked.coverage.read;
        summary.findings += report.verdict.findings.size();
        summary.gaps += report.verdict.gaps.size();
        summary.outcome = std::max(summary.outcome, report.verdict.outcome);
        writer->source(std::move(report));
    }
    summary.setup = "sha256:" + sha256_hex(KEEPMUM_VERSION);
    writer->end(summary);
    return writer->finish();
}

}  // namespace

Result<Trust> make_trust(Context const& context, Arguments const& arguments) {
    HostLists lists = TRY(HostLists::load(context.folders));
    TrustFile file = TRY(load_trusted(context.folders, arguments.values("--trusted")));
    Trust trust{LinkJudge(std::move(lists), std::move(file.names)),
                TRY(load_known(context.folders, arguments.values("--known"))), std::move(file.servers)};
    for (std::string const& server : arguments.values("--my-server")) trust.servers.push_back(ascii_lower(server));
    return trust;
}

Result<int> approach_links(Context const& context, Arguments const& arguments) {
    std::vector<std::string> links = arguments.values("--link"), pictures = arguments.values("--qr");
    if (!arguments.words.empty() && !links.empty() && !pictures.empty()) {
        return fail(Fault::invalid, Message::usage_link_or_qr, {{"text", arguments.words.front()}});
    }
    // "--qr *.png": what follows is more of the same.
    std::vector<std::string>& more = pictures.empty() ? links : pictures;
    more.insert(more.end(), arguments.words.begin(), arguments.words.end());
    Trust const trust = TRY(make_trust(context, arguments));
    LinkJudge const& judge = trust.judge;
    std::vector<Looked> all;
    for (std::string const& text : links) all.push_back(look_at_link(judge, text));
    if (!pictures.empty()) {
        SetupOptions const chosen = TRY(setup_options(arguments));
        InsideLooker looker = TRY(InsideLooker::make(context.folders.workers(), chosen.limits));
        std::unique_ptr<Source> const source = walk(pictures);
        while (std::optional<Item> const item = source->next()) all.push_back(look_at_picture(judge, looker, *item));
    }
    Outcome worst = Outcome::pass;
    for (Looked const& looked : all) {
        if (!looked.gaps.empty()) worst = Outcome::hold;
        for (JudgedLink const& link : looked.links) worst = std::max(worst, link.judgement.outcome);
    }
    Format const format = *parse_format(arguments.value("--format", "text"));
    if (format != Format::text) {
        TRY(write_report(context, arguments, all, format));
    } else {
        std::string const text = tell(context, all, judge);
        std::unique_ptr<ByteSink> sink =
            arguments.has("--output") ? TRY(file_sink(arguments.value("--output"))) : descriptor_sink(STDOUT_FILENO);
        TRY(sink->append(text));
        TRY(sink->finish());
    }
    return worst == Outcome::hold ? exit_hold : exit_pass;
}

}  // namespace keepmum
