// Runs cases of the differential test at EL0 of whatever executes this program: qemu-aarch64, or an Arm CPU.
//   runner CASES ANSWERS [fenced]
// CASES is what QemuRunner.cs writes: the content of the data window, then one record for each case. The program is a
// signal handler: every case ends in a signal (BRK where it completes), the handler notes the state that the signal frame holds,
// puts the next case's state there, and returns into it.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <ucontext.h>
#include <unistd.h>

enum { WORDS = 64, PAGE = 4096, WINDOW = 2 * PAGE, QUADS = WINDOW / 8 };
#define WINDOW_ADDRESS 0x10000000ul
#define CODE_ADDRESS 0x10080000ul
#define FENCED_ADDRESS 0x101A0000ul // the window again, its second page for reading only
#define FUZZ_CODE_ADDRESS 0x101C0000ul // two pages
#define BRK 0xD4200000u

// X0 to X30, SP, PC, NZCV, V0 to V31 low half first, FPCR, FPSR.
struct state { uint64_t x[31], sp, pc, nzcv, v[64], fpcr, fpsr; };
struct request { uint32_t count, padding, words[WORDS]; struct state state; };
struct answer { uint32_t signal, changes; uint64_t address; struct state state; };
struct change { uint64_t index, value; };

static const struct request *next_case, *end_of_cases;
static const uint64_t *pristine;
static uint64_t *const window = (uint64_t *)WINDOW_ADDRESS;
static uint32_t *const page = (uint32_t *)CODE_ADDRESS;
static FILE *answers;
static const struct request *running;

static struct fpsimd_context *fpsimd(ucontext_t *context)
{
    struct _aarch64_ctx *head = (struct _aarch64_ctx *)context->uc_mcontext.__reserved;
    while (head->magic != FPSIMD_MAGIC) head = (struct _aarch64_ctx *)((char *)head + head->size);
    return (struct fpsimd_context *)head;
}

static void collect(int signal, siginfo_t *info, ucontext_t *context)
{
    static struct change changes[QUADS];
    struct answer answer = { .signal = signal, .address = (uint64_t)info->si_addr };
    struct fpsimd_context *fp = fpsimd(context);
    memcpy(answer.state.x, context->uc_mcontext.regs, sizeof answer.state.x);
    answer.state.sp = context->uc_mcontext.sp;
    answer.state.pc = context->uc_mcontext.pc;
    answer.state.nzcv = context->uc_mcontext.pstate & 0xF0000000u;
    memcpy(answer.state.v, fp->vregs, sizeof answer.state.v);
    answer.state.fpcr = fp->fpcr;
    answer.state.fpsr = fp->fpsr;
    for (int i = 0; i < QUADS; i++)
    {
        if (window[i] == pristine[i]) continue;
        changes[answer.changes++] = (struct change){ i, window[i] };
        window[i] = pristine[i];
    }
    fwrite(&answer, sizeof answer, 1, answers);
    fwrite(changes, sizeof changes[0], answer.changes, answers);
}

static void start(const struct request *request, ucontext_t *context)
{
    uint32_t *code = (uint32_t *)request->state.pc;
    struct fpsimd_context *fp = fpsimd(context);
    for (int i = 0; i < WORDS; i++) code[i] = i < (int)request->count ? request->words[i] : BRK;
    __builtin___clear_cache((char *)code, (char *)(code + WORDS));
    memcpy(context->uc_mcontext.regs, request->state.x, sizeof request->state.x);
    context->uc_mcontext.sp = request->state.sp;
    context->uc_mcontext.pc = request->state.pc;
    context->uc_mcontext.pstate = (context->uc_mcontext.pstate & ~0xF0000000ull) | request->state.nzcv;
    memcpy(fp->vregs, request->state.v, sizeof request->state.v);
    fp->fpcr = request->state.fpcr;
    fp->fpsr = request->state.fpsr;
}

static void on_signal(int signal, siginfo_t *info, void *context)
{
    if (running) collect(signal, info, context);
    if (next_case == end_of_cases) exit(fclose(answers) == 0 ? 0 : 1);
    running = next_case++;
    start(running, context);
}

static void map_fixed(uint64_t address, size_t size, int protection, int file, off_t offset)
{
    int flags = MAP_FIXED | (file < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED);
    if (mmap((void *)address, size, protection, flags, file, offset) == MAP_FAILED) perror("mmap"), exit(2);
}

// Another view of the window takes shared memory, for which QEMU translates otherwise.
static void map_window_twice(void)
{
    int file = memfd_create("window", 0);
    if (file < 0 || ftruncate(file, WINDOW) != 0) perror("memfd_create"), exit(2);
    map_fixed(WINDOW_ADDRESS, WINDOW, PROT_READ | PROT_WRITE, file, 0);
    map_fixed(FENCED_ADDRESS, PAGE, PROT_READ | PROT_WRITE, file, 0);
    map_fixed(FENCED_ADDRESS + PAGE, PAGE, PROT_READ, file, PAGE);
}

static void handle_signals(void)
{
    static char stack[1 << 16];
    stack_t alternate = { .ss_sp = stack, .ss_size = sizeof stack };
    struct sigaction action = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK };
    sigaltstack(&alternate, NULL);
    int signals[] = { SIGTRAP, SIGILL, SIGSEGV, SIGBUS };
    for (int i = 0; i < 4; i++) sigaction(signals[i], &action, NULL);
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    int file = open(argv[1], O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) return perror(argv[1]), 2;
    char *cases = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    answers = fopen(argv[2], "wb");
    if (cases == MAP_FAILED || !answers) return perror(argv[2]), 2;
    pristine = (uint64_t *)cases;
    next_case = (struct request *)(cases + WINDOW);
    end_of_cases = (struct request *)(cases + status.st_size);
    if (argc > 3) map_window_twice();
    else map_fixed(WINDOW_ADDRESS, WINDOW, PROT_READ | PROT_WRITE, -1, 0);
    memcpy(window, pristine, WINDOW);
    map_fixed(CODE_ADDRESS, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, -1, 0);
    map_fixed(FUZZ_CODE_ADDRESS, 2 * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, -1, 0);
    for (int i = 0; i < PAGE / 4; i++) page[i] = BRK;
    handle_signals();
    __asm__ volatile("brk #0" ::: "memory");
    return 3;
}
