// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/judge/apart.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <optional>

#include "base/message.h"
#include "engine/isolate/confine.h"
#include "engine/isolate/descriptor.h"
#include "host/read.h"
#include "host/snapshot_folder.h"

namespace keepmum {

namespace {

constexpr std::size_t most_answer = 64u << 20;
constexpr int patience_seconds = 120;
constexpr ChildBounds bounds{2048ull << 20, 512ull << 20, patience_seconds};

// What the child sends begins with one of these.
constexpr char good = '+', bad = '-';

// An error as it passes the pipe: its kind as a digit, then where, what in Chinese and what, a NUL between.
std::string refusal(Error const& error) {
    std::string text = bad + std::to_string(static_cast<int>(error.fault));
    for (std::string const* part : {&error.where, &error.zh, &error.what}) text.append(*part).push_back('\0');
    return text;
}

Error read_refusal(std::string_view text) {
    Error error;
    int const kind = text.empty() ? -1 : text[0] - '0';
    if (kind >= 0 && kind <= static_cast<int>(Fault::internal)) error.fault = static_cast<Fault>(kind);
    text.remove_prefix(text.empty() ? 0 : 1);
    for (std::string* part : {&error.where, &error.zh, &error.what}) {
        std::size_t const end = std::min(text.find('\0'), text.size());
        *part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return error;
}

std::string answer_in_child(HostQuestion const& question) {
    std::vector<char const*> readable;
    for (std::string const& path : question.paths) readable.push_back(path.c_str());
    forbid_other_files(readable);
    std::vector<RawFile> files;
    for (std::string const& path : question.paths) {
        Result<std::vector<RawFile>> more = read_raw(path);
        if (!more) return refusal(more.error());
        for (RawFile& file : *more) files.push_back(std::move(file));
    }
    Result<Confinement> const confinement = Confinement::prepare({});
    if (!confinement) return refusal(confinement.error());
    if (Result<void> const entered = confinement->enter(bounds); !entered) return refusal(entered.error());
    if (question.live) return good + print_answer(judge_host(*question.live, *question.programs));
    Result<Snapshot> const snapshot = snapshot_of(std::move(files));
    if (!snapshot) return refusal(snapshot.error());
    HostAnswer const answer = judge_host(*snapshot, *question.programs);
    if (answer.system.empty()) return refusal(error_of(Fault::invalid, Message::fault_no_snapshot, {}, question.paths.front()));
    return good + print_answer(answer);
}

[[noreturn]] void be_child(HostQuestion const& question, int out) {
    int code = 1;
    try {
        std::string const text = answer_in_child(question);
        std::string_view rest = text;
        while (!rest.empty()) {
            ssize_t const put = write(out, rest.data(), rest.size());
            if (put < 0 && errno != EINTR) break;
            if (put > 0) rest.remove_prefix(static_cast<std::size_t>(put));
        }
        code = rest.empty() ? 0 : 1;
    } catch (...) {
        code = 1;  // only memory can run out like this
    }
    _exit(code);
}

// What comes out of the pipe until it closes; nothing where it takes too long or is too much.
std::optional<std::string> receive(int in) {
    std::string text;
    std::time_t const until = std::time(nullptr) + patience_seconds;
    while (true) {
        pollfd waiting{in, POLLIN, 0};
        int const ready = poll(&waiting, 1, 1000);
        if (std::time(nullptr) > until || text.size() > most_answer) return std::nullopt;
        if (ready <= 0) continue;
        char piece[65536];
        ssize_t const got = read(in, piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return std::nullopt;
        if (got == 0) return text;
        text.append(piece, static_cast<std::size_t>(got));
    }
}

}  // namespace

HostAnswer judge_host(Snapshot const& snapshot, Programs const& programs) {
    Machine const machine = read_machine(snapshot, programs);
    HostAnswer answer;
    answer.system = machine.system;
    answer.version = machine.version;
    answer.host = snapshot.host;
    answer.taken = machine.taken;
    for (auto const& [path, entry] : snapshot.entries()) answer.bytes += entry.bytes.size();
    for (Check const& check : host_checks()) answer.answers.push_back({std::string(check.id), check.ask(machine)});
    answer.folders = machine.folders.items;
    gather_facts(machine, answer);
    return answer;
}

Result<HostAnswer> ask_apart(HostQuestion const& question) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return fail(Fault::io, "no pipe to the judge");
    Descriptor in(ends[0]), out(ends[1]);
    pid_t const child = fork();
    if (child < 0) return fail(Fault::io, "the judge cannot be started");
    if (child == 0) be_child(question, out.number());
    out = Descriptor();
    std::optional<std::string> const text = receive(in.number());
    if (!text) kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    std::string const whose = question.paths.empty() ? std::string() : question.paths.front();
    if (!text) return fail(Fault::internal, "the judge of the snapshot took too long or said too much", whose);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || text->empty()) {
        return fail(Fault::internal, "the judge of the snapshot ended early", whose);
    }
    std::string_view const said = std::string_view(*text).substr(1);
    if (text->front() == good) return read_answer(said);
    return tl::unexpected<Error>(read_refusal(said));
}

}  // namespace keepmum
