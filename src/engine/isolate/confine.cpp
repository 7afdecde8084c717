// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/isolate/confine.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "engine/isolate/descriptor.h"

namespace keepmum {
namespace {

// The address sanitizer maps terabytes and asks the system for more than a parser does; builds with
// it find bugs, they do not guard anyone.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool bound_memory = false;
#else
constexpr bool bound_memory = true;
#endif

constexpr unsigned nobody = 65534;

std::string error_text(char const* call) { return std::string(call) + ": " + std::strerror(errno); }

// ---- Landlock, by system call: Debian 12's headers know less than newer kernels do.

struct LandlockRuleset {
    std::uint64_t files, network, scoped;
};

void forbid_files(std::span<char const* const> readable_folders) {
    int const abi = landlock_abi();
    if (abi < 1) return;
    // How many kinds of access to files each version knows.
    unsigned const file_rights = abi == 1 ? 13 : abi == 2 ? 14 : abi <= 4 ? 15 : 16;
    LandlockRuleset rules{};
    rules.files = (1ull << file_rights) - 1;
    rules.network = abi >= 4 ? 3 : 0;  // bind, connect (TCP)
    rules.scoped = abi >= 6 ? 3 : 0;   // abstract sockets, signals: not beyond this domain
    std::size_t const size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
    Descriptor const ruleset(
        static_cast<int>(syscall(SYS_landlock_create_ruleset, &rules, size, 0)));
    if (!ruleset) return;
    for (char const* folder : readable_folders) {
        Descriptor const opened(open(folder, O_PATH | O_CLOEXEC));
        if (!opened) continue;
        landlock_path_beneath_attr beneath{};
        struct stat facts{};
        bool const is_folder = fstat(opened.number(), &facts) == 0 && S_ISDIR(facts.st_mode);
        beneath.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
        if (is_folder) beneath.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
        beneath.parent_fd = opened.number();
        syscall(SYS_landlock_add_rule, ruleset.number(), LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    }
    syscall(SYS_landlock_restrict_self, ruleset.number(), 0);
}

// ---- The seccomp filter.

// Calls that change nothing outside the process.
constexpr int harmless_calls[] = {
    SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev),
    SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(brk), SCMP_SYS(munmap),
    SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(sched_yield),
    SCMP_SYS(membarrier), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(nanosleep), SCMP_SYS(time),
    SCMP_SYS(clock_nanosleep), SCMP_SYS(getrandom), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(sigaltstack), SCMP_SYS(getpid), SCMP_SYS(gettid),
    SCMP_SYS(getppid), SCMP_SYS(restart_syscall), SCMP_SYS(getuid), SCMP_SYS(geteuid),
    SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(getrlimit),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(getcpu), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

// Reading files, for families with folders; which ones is Landlock's to say.
constexpr int reading_calls[] = {
    SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(getdents64),
    SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(fadvise64),
    SCMP_SYS(readlink), SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(readlinkat),
    SCMP_SYS(getdents),
};

// What no library does by accident: the child ends at once, and that is told. All else is refused
// with EPERM, as libraries try this and that (a locale, a name service) and live without.
constexpr int hostile_calls[] = {
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(kill),
    SCMP_SYS(tkill), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
    SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(mount), SCMP_SYS(pivot_root), SCMP_SYS(chroot),
    SCMP_SYS(bpf), SCMP_SYS(io_uring_setup), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd),
    SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load), SCMP_SYS(pidfd_open), SCMP_SYS(rt_sigqueueinfo),
    SCMP_SYS(pidfd_send_signal),
};

class FilterBuilder {
  public:
    FilterBuilder() : context_(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release) {
        good_ = context_ != nullptr;
        if (!good_) return;
        seccomp_attr_set(context_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
        seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);  // a tree, not a list
    }

    template <class... Conditions>
    void rule(std::uint32_t action, int call, Conditions... conditions) {
        if (!good_) return;
        int const failed =
            seccomp_rule_add(context_.get(), action, call, sizeof...(conditions), conditions...);
        // A call that this processor family does not have (fork, open, stat on ARM) needs no rule.
        good_ = failed == 0 || (call < 0 && failed != -ENOMEM);
    }

    void allow_narrowly() {
        auto const no_code = [](unsigned argument) {
            return SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
        };
        rule(SCMP_ACT_ALLOW, SCMP_SYS(mmap), no_code(2));
        rule(SCMP_ACT_ALLOW, SCMP_SYS(mprotect), no_code(2));
        rule(SCMP_ACT_ALLOW, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_GETFD));
        rule(SCMP_ACT_ALLOW, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_GETFL));
        rule(SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), SCMP_A2(SCMP_CMP_EQ, 0));  // asks, does not set
    }

    void allow_reading() {
        constexpr unsigned changes =
            O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
        rule(SCMP_ACT_ALLOW, SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, changes, 0));
        rule(SCMP_ACT_ALLOW, SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, changes, 0));
        for (int call : reading_calls) rule(SCMP_ACT_ALLOW, call);
    }

    // Threads alone: whoever asks for a process is killed by forbid().
    void allow_threads() {
        constexpr unsigned thread = CLONE_THREAD | CLONE_VM | CLONE_SIGHAND;
        rule(SCMP_ACT_ALLOW, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, thread, thread));
    }

    void forbid() {
        for (int call : hostile_calls) rule(SCMP_ACT_KILL_PROCESS, call);
        // Name services ask a local socket first; nothing innocent asks for another kind.
        rule(SCMP_ACT_KILL_PROCESS, SCMP_SYS(socket), SCMP_A0(SCMP_CMP_NE, AF_UNIX));
        rule(SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
        rule(SCMP_ACT_ERRNO(ENOSYS),
             SCMP_SYS(clone3));  // then clone is tried, whose flags can be seen
    }

    // The finished program's bytes; empty on failure.
    std::string bytes() const {
        Descriptor const file(memfd_create("filter", MFD_CLOEXEC));
        if (!good_ || !file || seccomp_export_bpf(context_.get(), file.number()) != 0) return {};
        struct stat facts;
        if (fstat(file.number(), &facts) != 0) return {};
        std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
        if (pread(file.number(), bytes.data(), bytes.size(), 0) != facts.st_size) return {};
        return bytes;
    }

  private:
    std::unique_ptr<void, decltype(&seccomp_release)> context_;
    bool good_ = false;
};

// ---- The rest.

// Best effort: what cannot be given up here, the filter still forbids to use.
void drop_privileges() {
    bool const root = geteuid() == 0;
    if (root) {
        (void)!unshare(CLONE_NEWNET | CLONE_NEWIPC);
        (void)!setgroups(0, nullptr);
        (void)!setresgid(nobody, nobody, nobody);
        (void)!setresuid(nobody, nobody, nobody);
    } else {
        (void)!unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC);
    }
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

// Where memory runs out, the system should end a child and not the program that asked.
void offer_to_die_first() {
    Descriptor const score(open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
    if (score) (void)!write(score.number(), "500", 3);
}

std::uint64_t mapped_now() {
    Descriptor const statm(open("/proc/self/statm", O_RDONLY | O_CLOEXEC));
    char text[128] = {};
    if (!statm || read(statm.number(), text, sizeof text - 1) <= 0) return 256ull << 20;
    unsigned long long pages = 0;
    std::sscanf(text, "%llu", &pages);
    return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

bool limit(__rlimit_resource_t resource, std::uint64_t value) {
    rlimit now;
    if (getrlimit(resource, &now) != 0) return false;
    now.rlim_max = std::min<rlim_t>(now.rlim_max, value);
    now.rlim_cur = now.rlim_max;
    return setrlimit(resource, &now) == 0;
}

}  // namespace

Result<Confinement> Confinement::prepare(std::span<char const* const> readable_folders, Threads threads) {
    static_assert(sizeof(Instruction) == sizeof(sock_filter));
    Confinement made;
    made.mapped_before_ = mapped_now();
    made.threads_ = threads;
    offer_to_die_first();

    FilterBuilder builder;
    for (int call : harmless_calls) builder.rule(SCMP_ACT_ALLOW, call);
    builder.allow_narrowly();
    if (readable_folders.empty()) {
        builder.rule(SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH));
    } else {
        builder.allow_reading();
    }
    if (threads == Threads::allowed) builder.allow_threads();
    builder.forbid();
    std::string const bytes = builder.bytes();
    if (bytes.empty() || bytes.size() % sizeof(Instruction) != 0) {
        return fail(Fault::unsupported, "no system call filter can be made");
    }
    made.filter_.resize(bytes.size() / sizeof(Instruction));
    std::memcpy(made.filter_.data(), bytes.data(), bytes.size());

    drop_privileges();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return fail(Fault::unsupported, error_text("no_new_privs"));
    }
    forbid_files(readable_folders);
    return made;
}

Result<void> Confinement::enter(ChildBounds const& bounds) const {
    constexpr std::uint64_t stack = 16ull << 20;
    bool limited = limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
                   (threads_ == Threads::allowed || limit(RLIMIT_NPROC, 0)) &&
                   limit(RLIMIT_NOFILE, 32) && limit(RLIMIT_STACK, stack) &&
                   limit(RLIMIT_CPU, bounds.seconds + 1);
    if (bound_memory) {
        std::uint64_t const space = mapped_before_ + bounds.mapped + bounds.memory + stack;
        limited = limited && limit(RLIMIT_DATA, bounds.memory) && limit(RLIMIT_AS, space);
    }
    if (!limited) return fail(Fault::unsupported, error_text("setrlimit"));
    sock_fprog program{};
    program.len = static_cast<unsigned short>(filter_.size());
    // Same layout, asserted above; the kernel only reads it.
    program.filter = reinterpret_cast<sock_filter*>(const_cast<Instruction*>(filter_.data()));
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0) {
        return fail(Fault::unsupported, error_text("seccomp"));
    }
    return {};
}

void forbid_other_files(std::span<char const* const> readable) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) forbid_files(readable);
}

int landlock_abi() {
    long const abi =
        syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi > 0 ? static_cast<int>(abi) : 0;
}

bool seccomp_offered() {
    std::uint32_t const action = SECCOMP_RET_KILL_PROCESS;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

bool user_namespaces_offered() {
    pid_t const child = fork();
    if (child == 0) _exit(unshare(CLONE_NEWUSER) == 0 ? 0 : 1);
    int status = 1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

}  // namespace keepmum
