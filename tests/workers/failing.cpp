// A worker program whose extractors do what an extractor must never do, each in its own way. The
// broker's test runs them and wants each to end as its own gap.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <cwchar>
#include <stdexcept>
#include <vector>

#include "engine/isolate/record.h"
#include "worker/server.h"

namespace keepmum {
namespace {

// As an attacker would: the pipe is the one descriptor above 2 that can be written to.
int find_pipe() {
    for (int number = 3; number < 1024; ++number) {
        int const flags = fcntl(number, F_GETFL);
        if (flags >= 0 && (flags & O_ACCMODE) == O_WRONLY) return number;
    }
    return -1;
}

void write_raw(std::string_view bytes) { (void)!write(find_pipe(), bytes.data(), bytes.size()); }

Evidence text(std::string content) {
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.content = Blob::take(std::move(content));
    return evidence;
}

Gap refused(std::string what) {
    return {{}, Cause::unreadable, Stage::extract, 0, "", what + ": " + strerror(errno)};
}

// What an honest extractor does: the words, a part of the input, the end.
Done behave(Evidence const& evidence, Outlet& outlet) {
    outlet.put(text(std::string(evidence.content.view())));
    Evidence tail;
    tail.place.steps = {{How::tail, "0"}};
    tail.content = evidence.content.slice(0, evidence.content.size() / 2);
    outlet.put(std::move(tail));
    return {evidence.content.size(), "text/" + evidence.place.source};
}

[[gnu::noinline]] void loop() {
    for (volatile bool going = true; going;) {
    }
}

void allocate() {
    std::vector<std::vector<char>> kept;
    while (true) kept.emplace_back(1 << 20, 'x');
}

void allocate_in_c() {
    while (true) std::memset(std::malloc(1 << 20), 1, 1 << 20);
}

[[gnu::noinline]] int recurse(unsigned depth) {
    char volatile room[4096];
    room[0] = static_cast<char>(depth);
    return depth == 0 ? 0 : recurse(depth - 1) + room[0];
}

void read_late(Evidence const& evidence) {
    timespec const pause{0, 500'000'000};
    nanosleep(&pause, nullptr);
    char volatile const* const last = evidence.content.data() + evidence.content.size() - 1;
    (void)*last;
}

// What libraries that turn names into characters, and numbers into dates, rely on.
void look_about(Outlet& outlet) {
    wchar_t wide[8];
    if (std::mbstowcs(wide, "秘密", 8) != 2) outlet.gap(refused("Chinese characters"));
    time_t const start = 0;
    if (localtime(&start)->tm_hour != 0) outlet.gap(refused("UTC"));
}

void sleep_long() {
    timespec const hour{3600, 0};
    nanosleep(&hour, nullptr);
}

void try_fork(Outlet& outlet) {
    if (fork() < 0) outlet.gap(refused("fork"));
}

void try_open(char const* path, Outlet& outlet) {
    if (open(path, O_RDONLY) < 0) outlet.gap(refused("open"));
}

void try_write(Outlet& outlet) {
    if (open("/tmp/keepmum-was-here", O_WRONLY | O_CREAT, 0600) < 0) outlet.gap(refused("create"));
}

void try_local_socket(Outlet& outlet) {
    if (socket(AF_UNIX, SOCK_STREAM, 0) < 0) outlet.gap(refused("socket"));
}

void try_code(Outlet& outlet) {
    void* const page =
        mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) outlet.gap(refused("executable memory"));
}

void try_trace(Outlet& outlet) {
    if (ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) < 0) outlet.gap(refused("ptrace"));
}

void try_connect(Outlet& outlet) {
    if (socket(AF_INET, SOCK_STREAM, 0) < 0) outlet.gap(refused("socket"));
}

void try_exec(Outlet& outlet) {
    execl("/bin/true", "true", nullptr);
    outlet.gap(refused("exec"));
}

void try_kill(Outlet& outlet) {
    if (kill(getppid(), SIGKILL) < 0) outlet.gap(refused("kill"));
}

void write_to_input(Evidence const& evidence) {
    char* const start = const_cast<char*>(evidence.content.data());
    start[0] = 'X';
}

// One evidence frame, spoilt by `spoil`.
template <class Spoil>
void lie(std::string content, Spoil spoil) {
    WireFrame const frame = encode(text(std::move(content)), {});
    std::string bytes = frame.head + std::string(frame.content.view());
    spoil(bytes);
    write_raw(bytes);
    _exit(0);
}

void flood() {
    std::string const bytes =
        encode(text(std::string(1 << 20, 'f')), {}).head + std::string(1 << 20, 'f');
    while (true) write_raw(bytes);
}

void flood_progress() {
    std::string bytes;
    for (int i = 0; i < 4096; ++i) bytes += encode_progress().head;
    while (true) write_raw(bytes);
}

void run_away(std::string_view how, Evidence const& evidence, Outlet& outlet) {
    if (how == "loop") loop();
    if (how == "allocate") allocate();
    if (how == "allocate-in-c") allocate_in_c();
    if (how == "recurse") recurse(~0u);
    if (how == "silent") sleep_long();
    if (how == "fork") try_fork(outlet);
    if (how == "open") try_open("/etc/passwd", outlet);
    if (how == "open-license") try_open("/usr/share/common-licenses/GPL-3", outlet);
    if (how == "write") try_write(outlet);
    if (how == "connect") try_connect(outlet);
    if (how == "local-socket") try_local_socket(outlet);
    if (how == "exec") try_exec(outlet);
    if (how == "code") try_code(outlet);
    if (how == "trace") try_trace(outlet);
    if (how == "kill-parent") try_kill(outlet);
    if (how == "write-input") write_to_input(evidence);
    if (how == "look-about") look_about(outlet);
    if (how == "read-late") read_late(evidence);
    if (how == "exit-0") _exit(0);
    if (how == "exit-3") _exit(3);
    if (how == "crash") *static_cast<int volatile*>(nullptr) = 1;
    if (how == "abort") std::abort();
    if (how == "throw") throw std::runtime_error("secret words of the file");
    if (how == "half") {
        write_raw(encode(text("half a sentence"), {}).head);
        _exit(0);
    }
    if (how == "close-pipe") {
        close(find_pipe());
        sleep_long();
    }
    if (how == "lie-size") lie("x", [](std::string& bytes) { bytes[15] = 1; });
    if (how == "lie-meta") lie("x", [](std::string& bytes) { bytes[7] = 1; });
    if (how == "lie-tag") lie("x", [](std::string& bytes) { bytes[0] = '?'; });
    if (how == "lie-enum") lie("x", [](std::string& bytes) { bytes[17] = 0x7F; });
    if (how == "lie-text") lie("\xFF\xFE", [](std::string&) {});
    if (how == "lie-done") {
        write_raw(encode(Done{1, ""}, 77).head);
        sleep_long();
    }
    if (how == "flood") flood();
    if (how == "flood-progress") flood_progress();
    if (how == "put-too-much") {
        for (int i = 0; i < 64; ++i) outlet.put(text(std::string(1 << 20, 'h')));
    }
}

class Misbehaving final : public Extractor {
  public:
    explicit Misbehaving(std::string_view how) : how_(how) {}
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        if (how_ == "error") return fail(Fault::unsupported, "no such version");
        if (how_ != "good") {
            outlet.put(text("before"));
            run_away(how_, evidence, outlet);
            return Done{evidence.content.size(), ""};
        }
        return behave(evidence, outlet);
    }

  private:
    std::string_view how_;
};

#define WAY(name)                                            \
    ExtractorRow {                                           \
        name, [] {                                           \
            static Misbehaving const instance(name);         \
            return static_cast<Extractor const*>(&instance); \
        }                                                    \
    }

ExtractorRow const ways[] = {
    WAY("good"),           WAY("loop"),     WAY("allocate"),    WAY("allocate-in-c"),
    WAY("recurse"),        WAY("silent"),   WAY("fork"),        WAY("open"),
    WAY("write"),          WAY("connect"),  WAY("exec"),        WAY("code"),
    WAY("local-socket"),   WAY("trace"),    WAY("kill-parent"), WAY("write-input"),
    WAY("exit-0"),         WAY("exit-3"),   WAY("crash"),       WAY("abort"),
    WAY("throw"),          WAY("error"),    WAY("half"),        WAY("close-pipe"),
    WAY("lie-size"),       WAY("lie-meta"), WAY("lie-tag"),     WAY("lie-enum"),
    WAY("lie-text"),       WAY("lie-done"), WAY("flood"),       WAY("put-too-much"),
    WAY("flood-progress"), WAY("read-late"), WAY("open-license"), WAY("look-about"),
};

}  // namespace
}  // namespace keepmum

int main(int argc, char** argv) {
#ifdef FOLDER
    char const* const folders[] = {FOLDER, "/no/such/folder"};
    return keepmum::serve(argc, argv, keepmum::ways, folders);
#else
    return keepmum::serve(argc, argv, keepmum::ways, {});
#endif
}
