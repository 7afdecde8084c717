// keepmum clean: a copy that tells nothing more than it shows, and the proof of it.
//
// Two workers a file: one reads the input and writes the copy, another one that never saw the input looks at the copy. The
// program itself parses neither; it opens, compares, and writes beside and renames.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <set>

#include "base/hash.h"
#include "clean/account.h"
#include "clean/canary.h"
#include "clean/certificate.h"
#include "clean/wishes.h"
#include "cli/clean_tell.h"
#include "cli/context.h"
#include "core/drawn.h"
#include "core/photo.h"
#include "engine/isolate/broker.h"
#include "format/drawing/svg.h"
#include "io/file.h"
#include "io/walk.h"
#include "report/words.h"

namespace keepmum {

namespace {

constexpr std::string_view certificate_suffix = ".keepmum.json";

// Takes what a worker puts out.
class Received final : public Outlet {
  public:
    void put(Evidence evidence) override { all.push_back(std::move(evidence)); }
    void gap(Gap gap) override { gaps.push_back(std::move(gap)); }
    void progress() override {}
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return 1ull << 31; }

    Evidence const* find(std::string_view media) const {
        auto const found = std::find_if(all.begin(), all.end(), [&](Evidence const& one) { return one.media == media; });
        return found == all.end() ? nullptr : &*found;
    }
    std::vector<Evidence> all;
    std::vector<Gap> gaps;
};

// --keep by what people call it.
struct Group {
    std::string_view name;
    std::vector<std::string_view> facts;
};
std::vector<Group> groups() {
    namespace fact = photo_fact;
    return {{"time", {fact::taken, fact::zone}}, {"place", {fact::position, fact::altitude, fact::direction}},
        {"camera", {fact::make, fact::model, fact::lens}},
            {"owner", {fact::owner}}, {"caption", {fact::caption}}};
}

struct Plan {
    std::string out;
    bool into_folder = false, force = false;
    Wishes wishes;
    std::set<std::string, std::less<>> keep;  // names of facts
    std::vector<std::string_view> redact;     // extractors whose findings are painted over
};

// --redact by what people call it: who finds it.
constexpr std::pair<std::string_view, std::string_view> redactions[] = {{"codes", "ocr.codes"}, {"writing", "ocr.text"}};

Result<> plan_redact(Arguments const& arguments, Plan& plan) {
    for (std::string const& given : arguments.values("--redact")) {
        for (std::size_t at = 0; at < given.size();) {
            std::size_t const comma = std::min(given.find(',', at), given.size());
            std::string const word = given.substr(at, comma - at);
            at = comma + 1;
            auto const* const known = std::find_if(std::begin(redactions), std::end(redactions),
                [&](auto const& one) { return one.first == word; });
            if (known == std::end(redactions)) return fail(Fault::invalid, Message::usage_redact, {{"text", word}});
            plan.redact.push_back(known->second);
        }
    }
    if (!plan.redact.empty() && plan.wishes.coarser > 0) return fail(Fault::invalid, Message::usage_redact_coarser);
    return {};
}

Result<> plan_keep(Arguments const& arguments, Plan& plan) {
    for (std::string const& given : arguments.values("--keep")) {
        for (std::size_t at = 0; at < given.size();) {
            std::size_t const comma = std::min(given.find(',', at), given.size());
            std::string const word = given.substr(at, comma - at);
            at = comma + 1;
            bool known = false;
            for (Group const& group : groups()) {
                if (group.name != word) continue;
                known = true;
                plan.keep.insert(group.facts.begin(), group.facts.end());
            }
            if (!known) return fail(Fault::invalid, Message::usage_keep, {{"text", word}});
        }
    }
    return {};
}

Result<> plan_shape(Arguments const& arguments, Wishes& wishes) {
    auto const box_of = [](std::string_view option, std::string const& text) -> Result<Box> {
        std::optional<Box> const box = parse_box(text);
        if (!box) return fail(Fault::invalid, Message::usage_box, {{"option", std::string(option)}, {"text", text}});
        return *box;
    };
    if (arguments.has("--crop")) wishes.crop = TRY(box_of("--crop", arguments.value("--crop")));
    for (std::string const& text : arguments.values("--blur")) wishes.blur.push_back(TRY(box_of("--blur", text)));
    for (std::string const& text : arguments.values("--blot")) wishes.blot.push_back(TRY(box_of("--blot", text)));
    if (!arguments.has("--coarser")) return {};
    std::optional<Wishes> const side = parse_wishes("coarser=" + arguments.value("--coarser"));
    if (!side || side->coarser == 0) return fail(Fault::invalid, Message::usage_coarser, {{"text", arguments.value("--coarser")}});
    wishes.coarser = side->coarser;
    return {};
}

bool is_folder(std::string const& path) {
    struct stat facts;
    return stat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode);
}

Result<Plan> make_plan(Arguments const& arguments) {
    Plan plan;
    if (arguments.words.empty()) return fail(Fault::invalid, Message::usage_clean);
    if (!arguments.has("--output")) return fail(Fault::invalid, Message::usage_clean_out);
    plan.out = arguments.value("--output");
    if (plan.out.empty()) return fail(Fault::invalid, Message::usage_clean_out_empty);
    plan.force = arguments.has("--force");
    TRY(plan_keep(arguments, plan));
    TRY(plan_shape(arguments, plan.wishes));
    TRY(plan_redact(arguments, plan));
    for (std::string const& path : arguments.words) {
        if (path == "-") return fail(Fault::invalid, Message::usage_clean_input);
    }
    bool const many = arguments.words.size() > 1 || is_folder(arguments.words.front());
    if (many && exists(plan.out) && !is_folder(plan.out)) return fail(Fault::invalid, Message::usage_clean_many, {}, plan.out);
    plan.into_folder = many || is_folder(plan.out) || plan.out.back() == '/';
    while (plan.out.size() > 1 && plan.out.back() == '/') plan.out.pop_back();
    return plan;
}

bool may_be_called(std::string_view extension, std::string_view made) {
    std::string lower(extension);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    static constexpr std::pair<std::string_view, std::string_view> also[] = {{"jpeg", "jpg"}, {"jpe", "jpg"}, {"jfif", "jpg"},
        {"tiff", "tif"}, {"apng", "png"}, {"dib", "bmp"},
                                                                            {"pnm", "pbm"}, {"pnm", "pgm"}, {"pnm", "ppm"}, {"pnm", "pam"}};
    return lower == made || std::find(std::begin(also), std::end(also), std::pair<std::string_view,
        std::string_view>(lower, made)) != std::end(also);
}

// The name with an extension that fits what was written.
std::string name_with(std::string const& name, std::string const& extension) {
    std::size_t const slash = name.rfind('/'), dot = name.rfind('.');
    std::size_t const begin = slash == std::string::npos ? 0 : slash + 1;
    bool const has = dot != std::string::npos && dot > begin;
    if (has && may_be_called(std::string_view(name).substr(dot + 1), extension)) return name;
    return (has ? name.substr(0, dot) : name) + "." + extension;
}

// Ctrl-C waits until a file is whole or not there at all.
class Unbroken {
  public:
    Unbroken() {
        sigset_t set;
        sigemptyset(&set);
        for (int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, signal);
        sigprocmask(SIG_BLOCK, &set, &before_);
    }
    ~Unbroken() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

  private:
    sigset_t before_;
};

class Run {
  public:
    Run(Context& context, Plan plan, Broker& broker, CleanTelling& telling) : context_(context), plan_(std::move(plan)), broker_(broker),
        telling_(telling) {}

    // The paths of one argument.
    Result<> take(std::string const& argument) {
        std::unique_ptr<Source> const source = walk({argument});
        bool const folder = is_folder(argument);
        while (std::optional<Item> const item = source->next()) {
            if (item->gap) {
                refuse(item->name, item->gap->cause, item->gap->detail);
                continue;
            }
            std::size_t const slash = item->name.rfind('/');
            std::string const base = argument.ends_with('/') ? argument : argument + "/";
            // Copies that lie in the folder that is cleaned are no originals.
            if (folder && plan_.out.starts_with(base) && item->name.starts_with(plan_.out + "/")) continue;
            std::string const relative = folder && item->name.starts_with(base) ? item->name.substr(base.size())
                                         : slash == std::string::npos           ? item->name : item->name.substr(slash + 1);
            TRY(clean(*item, plan_.into_folder ? plan_.out + "/" + relative : plan_.out));
        }
        return {};
    }
    int exit_code() const { return blocked_ ? exit_failed : refused_ ? exit_hold : exit_pass; }

  private:
    void refuse(std::string const& name, Cause cause, std::string const& detail, std::string const& why = {}) {
        refused_ = true;
        telling_.refused(name, cause, detail, why);
    }

    Result<> clean(Item const& item, std::string const& wanted) {
        Result<std::shared_ptr<File>> const file = File::open(item.path);
        if (!file) return refuse(item.name, Cause::unreadable, file.error().what), Result<>();
        if (item.name.ends_with(certificate_suffix)) return {};  // of an earlier cleaning
        Evidence evidence;
        evidence.place.source = item.name;
        evidence.large = *file;
        Wishes wishes = plan_.wishes;
        if (!plan_.keep.empty() && !read_facts(evidence, wishes)) {
            return refuse(item.name, Cause::unreadable, "the facts to be kept could not be read"), Result<>();
        }
        Received received;
        draw(evidence, received);
        std::optional<PictureAccount> const account = work(evidence, wishes, received);
        Evidence const* const copy = account ? received.find(account->cleaned.media) : nullptr;
        if (!received.gaps.empty()) return refuse(item.name, received.gaps.front().cause, received.gaps.front().detail), Result<>();
        if (!copy) return refuse(item.name, Cause::killed, "the worker gave no copy"), Result<>();
        Result<Blob> const input = (*file)->read(0, (*file)->size());
        if (!input || (*file)->changed()) return refuse(item.name, Cause::unreadable, "it changed while it was read",
            say(context_.language, Message::clean_why_changing)), Result<>();
        Evidence const* const canaries = received.find(canary_media);
        std::string_view const words = canaries ? canaries->content.view() : std::string_view();
        Certificate certificate = certify(*account, wishes, words);
        certificate.input = {input->size(), sha256_hex(input->view())};
        certificate.output = {copy->size(), sha256_hex(copy->content.view())};
        if (!prove(item.name, words, copy->content.view(), !wishes.keep.empty())) return {};
        return write(item, name_for(item, wanted, account->cleaned.extension), copy->content.view(), certificate);
    }

    // A drawing becomes its picture first, by a worker of its own.
    void draw(Evidence& evidence, Received& received) {
        Result<Blob> const head = evidence.large->read(0, std::min<std::uint64_t>(evidence.large->size(), 64 * 1024));
        if (!head || !is_svg(head->view())) return;
        Evidence drawing = evidence;
        drawing.reason = drawn_for_copy;
        broker_.run("drawing", "drawing.picture", drawing, received);
        Evidence const* const picture = received.find("image/png");
        Result<Blob> const file = evidence.large->read(0, evidence.large->size());
        if (!picture || !file) {
            Gap none{{}, Cause::killed, Stage::decode, evidence.size(), {}, "the worker gave no picture"};
            if (received.gaps.empty()) received.gaps.push_back(std::move(none));
            return;
        }
        evidence.content = Blob::take(proof_job(file->view(), picture->content.view()));
        evidence.large.reset();
        evidence.media = drawn_media;
    }

    // The copy as the wishes want it; what is to be redacted becomes a wish, and the copy is read again until nothing more is found.
    std::optional<PictureAccount> work(Evidence& evidence, Wishes& wishes, Received& received) {
        constexpr int most_rounds = 4;
        if (!received.gaps.empty()) return {};  // the drawing could not be drawn
        for (int round = 0;; ++round) {
            received = Received();
            evidence.reason = print(wishes);
            broker_.run("clean", "clean.picture", evidence, received);
            Evidence const* const lines = received.find(account_media);
            std::optional<PictureAccount> account = lines ? parse_account(lines->content.view()) : std::nullopt;
            Evidence const* const copy = account && !plan_.redact.empty() ? received.find(account->cleaned.media) : nullptr;
            if (!received.gaps.empty() || !copy) return account;
            Gap trouble{{}, Cause::unsupported, Stage::decode, evidence.size(), "", ""};
            if (account->cleaned.frames > 1 || account->cleaned.seconds > 0) trouble.detail = "parts of an animation cannot be changed";
            else if (!find_readable(*copy, account->cleaned, wishes, received)) return account;
            else if (round == most_rounds || print(wishes).size() >= 4000) trouble.detail =
                "writing or codes in it could not all be painted over";
            if (!trouble.detail.empty()) received.gaps.push_back(std::move(trouble));
            if (!received.gaps.empty()) return account;
        }
    }

    // Adds to the wishes what is to be painted over; whether there is any. What cannot be read is a gap.
    bool find_readable(Evidence const& copy, Cleaned const& cleaned, Wishes& wishes, Received& received) {
        std::size_t const before = wishes.blot.size();
        for (std::string_view const reader : plan_.redact) {
            Evidence picture;
            picture.content = copy.content;
            picture.media = copy.media;
            Received read;
            broker_.run("ocr", reader, picture, read);
            for (Gap& gap : read.gaps) received.gaps.push_back(std::move(gap));
            for (Evidence const& found : read.all) {
                for (Mark const& mark : found.marks) {
                    if (mark.what == Mark::What::box) wishes.blot.push_back(with_margin(mark, cleaned));
                }
            }
        }
        return wishes.blot.size() > before;
    }

    // Hundredths of a pixel into pixels, a fifth of its lesser side more all around, inside of the picture.
    static Box with_margin(Mark const& mark, Cleaned const& cleaned) {
        std::int64_t const margin = std::min(mark.c, mark.d) / 5 + 200;
        auto const pixels = [](std::int64_t hundredths, std::uint32_t most) {
            return static_cast<std::uint32_t>(std::clamp<std::int64_t>(hundredths / 100, 0, most));
        };
        std::uint32_t const left = std::min(pixels(mark.a - margin, cleaned.width), cleaned.width - 1),
                            top = std::min(pixels(mark.b - margin, cleaned.height), cleaned.height - 1);
        std::uint32_t const right = pixels(std::int64_t{mark.a} + mark.c + margin + 99, cleaned.width),
                            bottom = pixels(std::int64_t{mark.b} + mark.d + margin + 99, cleaned.height);
        return {left, top, std::max(right, left + 1) - left, std::max(bottom, top + 1) - top};
    }

    Certificate certify(PictureAccount const& account, Wishes const& wishes, std::string_view canaries) const {
        Certificate out;
        out.version = KEEPMUM_VERSION;
        Cleaned const& cleaned = account.cleaned;
        out.media = cleaned.media;
        out.width = cleaned.width;
        out.height = cleaned.height;
        out.frames = cleaned.frames;
        out.seconds = cleaned.seconds;
        Wishes asked = wishes;
        for (auto const& [name, value] : asked.keep) out.kept.push_back(name);
        asked.keep.clear();
        out.wishes = print(asked);
        out.changed = cleaned.changed;
        out.left_out = cleaned.left_out;
        out.removed = account.removed;
        out.removed_more = account.removed_more;
        out.db = cleaned.db;
        out.apart = cleaned.apart;
        std::optional<std::vector<std::string>> const words = read_canaries(canaries);
        out.canaries = words ? words->size() : 0;
        return out;
    }

    // The facts that are wanted, from the same reader that reports use.
    bool read_facts(Evidence const& evidence, Wishes& wishes) {
        Received received;
        broker_.run("photo", "photo.facts", evidence, received);
        Evidence const* const facts = received.find(photo_media);
        if (!facts) return received.gaps.empty();
        std::string_view lines = facts->content.view();
        while (!lines.empty()) {
            std::size_t const end = std::min(lines.find('\n'), lines.size()), colon = lines.substr(0, end).find(": ");
            if (colon != std::string_view::npos && plan_.keep.count(lines.substr(0, colon)) > 0) {
                wishes.keep.emplace_back(lines.substr(0, colon), lines.substr(colon + 2, end - colon - 2));
            }
            lines.remove_prefix(std::min(end + 1, lines.size()));
        }
        return print(wishes).size() < 4000;
    }

    // Whether the copy holds; tells where it does not.
    bool prove(std::string const& name, std::string_view canaries, std::string_view copy, bool kept) {
        std::string const why = find_fault(canaries, copy, kept);
        if (!why.empty()) refuse(name, Cause::unsupported, why, why);
        return why.empty();
    }

    // Nothing else may be called like that, neither before nor in this run.
    bool may_write(Item const& item, std::string const& path) {
        struct stat there, original;
        bool const same = stat(path.c_str(), &there) == 0 && stat(item.path.c_str(), &original) == 0 && there.st_dev == original.st_dev
            && there.st_ino == original.st_ino;
        if (!written_.insert(path).second) {
            refuse(item.name, Cause::unsupported, "", say(context_.language, Message::clean_why_name, {{"output", show_name(path)}}));
            return false;
        }
        if (same || (!plan_.force && (exists(path) || exists(path + std::string(certificate_suffix))))) {
            blocked_ = true;
            complain(context_.language, error_of(Fault::invalid, same ? Message::fault_original : Message::fault_stands, {}, path));
            return false;
        }
        return true;
    }

    // A copy in another format is called like its own, unless there is a picture of that name to be cleaned too.
    std::string name_for(Item const& item, std::string const& wanted, std::string const& extension) const {
        std::string path = name_with(wanted, extension);
        if (path == wanted || !plan_.into_folder) return path;
        std::string const beside = item.path.substr(0, item.path.rfind('/') + 1) + path.substr(path.rfind('/') + 1);
        return exists(beside) || written_.count(path) > 0 ? wanted + "." + extension : path;
    }

    Result<> write(Item const& item, std::string const& path, std::string_view copy, Certificate const& certificate) {
        if (!may_write(item, path)) return {};
        std::size_t const slash = path.rfind('/');
        if (plan_.into_folder && slash != std::string::npos && !is_folder(path.substr(0, slash))) TRY(make_folder(path.substr(0, slash)));
        Unbroken const unbroken;
        TRY(write_file(path, copy));
        Result<> const second = write_file(path + std::string(certificate_suffix), print(certificate));
        if (!second) {
            unlink(path.c_str());
            return second;
        }
        telling_.cleaned(item.name, path, certificate);
        return {};
    }

    std::string find_fault(std::string_view canaries, std::string_view copy, bool kept);

    Context& context_;
    Plan plan_;
    Broker& broker_;
    CleanTelling& telling_;
    std::set<std::string> written_;
    bool refused_ = false, blocked_ = false;
};

// What is wrong with a copy, in the language of the reader; "" where nothing is.
std::string judge(Language language, Broker& broker, std::string_view canaries, std::string_view copy, bool kept) {
    Evidence evidence;
    evidence.content = Blob::take(proof_job(canaries, copy));
    if (kept) evidence.reason = kept_facts;
    Received received;
    broker.run("clean", "clean.proof", evidence, received);
    Evidence const* const lines = received.find(account_media);
    std::optional<PictureProof> const proof = lines ? parse_proof(lines->content.view()) : std::nullopt;
    if (!proof || !received.gaps.empty()) {
        std::string const detail = received.gaps.empty() ? "no proof came back" : received.gaps.front().detail;
        return say(language, Message::clean_refused_detail, {{"cause", say(language, message_of(Cause::killed))}, {"detail", detail}});
    }
    if (proof->unexplained > 0) {
        std::string list;
        for (std::string const& what : proof->strange) list += (list.empty() ? "" : ", ") + show_text(what);
        return say(language, Message::clean_why_unexplained, {{"count", say_size(language, proof->unexplained)}, {"list", list}});
    }
    if (!proof->canaries_found.empty()) return say(language, Message::clean_why_canaries);
    if (!proof->same_again) return say(language, Message::clean_why_again);
    return {};
}

std::string Run::find_fault(std::string_view canaries, std::string_view copy,
    bool kept) { return judge(context_.language, broker_, canaries, copy, kept); }

// Why a cleaned file is not to be trusted; "" where it is. Errors: the file itself cannot be read.
Result<std::string> verify(Language language, Broker& broker, std::string const& path) {
    std::shared_ptr<File> const file = TRY(File::open(path));
    Blob const copy = TRY(file->read(0, file->size()));
    std::string const beside = path + std::string(certificate_suffix);
    Result<std::string> const text = read_file(beside, 1u << 20);
    if (!text) return say(language, Message::clean_why_no_certificate, {{"file", show_name(beside)}});
    Result<Certificate> const certificate = parse_certificate(*text, beside);
    if (!certificate) return say(language, Message::clean_why_certificate, {{"what", certificate.error().what}});
    bool const same = certificate->output.bytes == copy.size() && certificate->output.sha256 == sha256_hex(copy.view());
    if (!same) return say(language, Message::clean_why_changed);
    return judge(language, broker, {}, copy.view(), !certificate->kept.empty());
}

Result<int> verify_all(Context& context, Arguments const& arguments, Broker& broker, CleanTelling& telling) {
    if (arguments.words.empty()) return fail(Fault::invalid, Message::usage_verify);
    for (std::string_view const option : {"--output", "--force", "--keep", "--coarser", "--crop", "--blur", "--blot", "--redact"}) {
        if (arguments.has(option)) return fail(Fault::invalid, Message::usage_verify_no, {{"option", std::string(option)}});
    }
    bool good = true;
    for (std::string const& path : arguments.words) {
        std::string const why = TRY(verify(context.language, broker, path));
        telling.verified(path, why);
        good = good && why.empty();
    }
    if (!telling.whole()) return fail(Fault::io, Message::fault_unwritten);
    return good ? exit_pass : exit_hold;
}

Result<int> run_all(Context& context, Arguments const& arguments) {
    Limits limits = TRY(setup_options(arguments)).limits;
    // Writing takes longer than reading, and says nothing meanwhile.
    if (!arguments.has("--limits")) limits.seconds = 300;
    limits.silent_seconds = limits.seconds;
    std::unique_ptr<CleanTelling> const telling = arguments.value("--format") == "jsonl" ? tell_as_lines() : tell_as_text(context.language);
    if (arguments.has("--verify")) {
        Broker broker(context.folders.workers(), limits);
        return verify_all(context, arguments, broker, *telling);
    }
    Plan plan = TRY(make_plan(arguments));
    Broker broker(context.folders.workers(), limits);
    if (plan.into_folder && !is_folder(plan.out)) TRY(make_folder(plan.out));
    Run run(context, std::move(plan), broker, *telling);
    for (std::string const& path : arguments.words) TRY(run.take(path));
    telling->end();
    if (!telling->whole()) return fail(Fault::io, Message::fault_unwritten);
    return run.exit_code();
}

}  // namespace

int run_clean(Context& context, Arguments const& arguments) {
    Result<int> const done = run_all(context, arguments);
    return done ? *done : complain(context.language, done.error());
}

}  // namespace keepmum
