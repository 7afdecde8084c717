// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"
#include "recognise/level.h"

namespace keepmum {

namespace {

constexpr Option common[] = {
    {"--lang", "", "en|zh", {"language of what is said; else the locale's", "显示语言；默认随系统区域设置"}, "en|zh"},
    {"--home", "", "DIR", {"keep keepmum's own files under DIR", "把 keepmum 自己的文件都放在 DIR 下"}, ""},
    {"--help", "-h", "", {"show this help", "显示本帮助"}, ""},
};

constexpr Option setup[] = {
    {"--directive", "", "FILE", {"apply this directive instead of the usual one", "使用指定的守则文件"}, ""},
    {"--pack", "", "FILE", {"add a rule pack (keepmum, gitleaks or Betterleaks TOML); may be repeated", "增加一个规则包（keepmum、gitleaks 或 Betterleaks 的 TOML）；可重复"}, ""},
};

constexpr Option words = {"--words", "", "FILE", {"add a list of words of the house; may be repeated", "增加一份本单位敏感词清单；可重复"}, ""};

constexpr Option sites = {"--sites", "", "FILE", {"add protected sites, for photos taken at, near or of them; may be repeated", "增加受保护场所清单（照片拍到场所或在其附近时报告）；可重复"}, ""};

constexpr Option register_key = {"--key", "", "FILE", {"the register's key, where it is kept apart from it", "登记库的钥匙（与登记库分开保管时）"}, ""};

constexpr Option check_options[] = {
    {"--format", "", "FORMAT", {"text, jsonl, sarif or html", "报告格式：text、jsonl、sarif 或 html"}, "text|jsonl|sarif|html"},
    {"--output", "-o", "FILE", {"write the report to FILE", "把报告写入 FILE"}, ""},
    setup[0],
    setup[1],
    words,
    sites,
    register_key,
    {"--remember", "", "", {"keep keyed fingerprints and the verdict, no content, for keepmum recall", "留下带钥匙的指纹和结论（不留内容），供 keepmum recall 以后重新判断"}, ""},
    {"--to", "", "LABEL", {"with --remember: where it goes, as a label of your house (supplier, press), never a person", "与 --remember 一起用：发往何处，写本单位的标签（如供应商、媒体），不写人"}, ""},
    {"--names", "", "", {"with --remember: keep the files' names too", "与 --remember 一起用：也留下文件名"}, ""},
    {"--jobs", "-j", "N", {"work on N files at once; else as many as there are processors", "同时检查 N 个文件；默认等于处理器数"}, ""},
    {"--limits", "", "KEY=N,…", {"bytes, members, depth, pictures, memory, seconds: what one file may cost", "单个文件允许的开销：bytes、members、depth、pictures、memory、seconds"}, ""},
    {"--verbose", "-v", "", {"show everything, not one screen", "显示全部内容，不限一屏"}, ""},
    {"--as", "", "KIND", {"post: also say what it tells of the one who posts it", "post：同时指出这条内容会透露发布者的哪些情况"}, "post"},
};

constexpr Option rules_options[] = {setup[0], setup[1]};

constexpr Option directive_options[] = {
    {"--format", "", "FORMAT", {"text or html (for printing)", "text 或 html（用于打印）"}, "text|html"},
    {"--output", "-o", "FILE", {"write to FILE", "写入 FILE"}, ""},
    setup[0],
};

constexpr Option permit_options[] = {
    {"--rule", "", "RULE", {"permit only this rule's findings, not the whole content", "只许可该规则的发现，而不是整份内容"}, ""},
    {"--reason", "", "TEXT", {"why it may leave", "为什么可以发出"}, ""},
    {"--for", "", "WHOM", {"whom it may go to", "发给谁"}, ""},
    {"--by", "", "NAME", {"who allowed it; kept sealed", "由谁批准；姓名密封保存"}, ""},
    {"--until", "", "DATE", {"last day of the permit, YYYY-MM-DD", "许可的最后一天，YYYY-MM-DD"}, ""},
    {"--uses", "", "N", {"how many checks it may answer", "最多可用于几次检查"}, ""},
    setup[0],
    setup[1],
    words,
    sites,
    register_key,
};

constexpr Option recall_options[] = {
    {"--since", "", "DATE", {"only checks of this day and later, YYYY-MM-DD", "只看这一天及以后的检查，YYYY-MM-DD"}, ""},
    {"--to", "", "LABEL", {"only checks of what went there", "只看发往该处的检查"}, ""},
    {"--forget-before", "", "DATE", {"delete what was remembered before this day, and judge nothing", "删除这一天以前留下的记录，不做判断"}, ""},
    {"--format", "", "FORMAT", {"text or jsonl", "text 或 jsonl"}, "text|jsonl"},
    setup[0],
    setup[1],
    register_key,
};

constexpr Option register_options[] = {
    {"--level", "", "LEVEL", {"internal, confidential, secret or top: what the directive goes by", "密级：internal（内部）、confidential（秘密）、secret（机密）、top（绝密）"}, protection_levels},
    {"--until", "", "DATE", {"last day on which it is protected, YYYY-MM-DD", "保护的最后一天，YYYY-MM-DD"}, ""},
    {"--name", "", "NAME", {"what reports call it; else the file's name", "报告中的名称；默认为文件名"}, ""},
    {"--holder", "", "NAME", {"who holds this copy; kept sealed", "这一份由谁持有；姓名密封保存"}, ""},
    {"--reason", "", "TEXT", {"why a holder's name is opened", "为什么要查看持有人姓名"}, ""},
    {"--columns", "", "NAME,…", {"of a table: the columns that are protected, as its first row names them", "表格中受保护的列，按首行的列名"}, ""},
    {"--need", "", "N", {"of a table: so many cells of one row are a finding; else 2", "表格中同一行出现几项才算；默认 2"}, ""},
    {"--delta", "", "WHAT", {"of a table: FILE holds only rows to add, or to remove", "FILE 里只有要增加（add）或去掉（remove）的行"}, "add|remove"},
    {"--plain", "", "", {"half the space; excerpts are then known in typed text, not in poor scans", "只占一半空间；能认出打字的摘录，认不出模糊的扫描件"}, ""},
    register_key,
    {"--limits", "", "KEY=N,…", {"bytes, members, depth, pictures, memory, seconds: what one file may cost", "单个文件允许的开销：bytes、members、depth、pictures、memory、seconds"}, ""},
};

constexpr Option approach_options[] = {
    {"--link", "", "URL", {"is this link what it claims to be? It is not opened; may be repeated", "这个链接是不是它声称的那个？只看不打开；可重复"}, ""},
    {"--qr", "", "IMAGE", {"the same of the codes in a picture; may be repeated", "同样判断图片里的二维码；可重复"}, ""},
    {"--known", "", "FILE", {"mail addresses of people you know, in any text or a vCard; may be repeated", "您认识的人的邮箱（文本或 vCard）；可重复"}, ""},
    {"--my-server", "", "NAME", {"your own mail server: its checks of senders count, no others; may be repeated", "您自己的邮件服务器：只采信它对发件人的核验；可重复"}, ""},
    {"--trusted", "", "FILE", {"names that you trust, one a line, beside trusted.toml; may be repeated", "您信任的名字，一行一个（在 trusted.toml 之外）；可重复"}, ""},
    {"--me", "", "NAME", {"which of the writers you are, where the export does not say", "聊天记录里哪个名字是您（导出文件没有写明时）"}, ""},
    check_options[0],
    check_options[1],
    setup[0],
    setup[1],
    words,
    {"--limits", "", "KEY=N,…", {"bytes, members, depth, pictures, memory, seconds: what one file may cost", "单个文件允许的开销：bytes、members、depth、pictures、memory、seconds"}, ""},
    {"--verbose", "-v", "", {"show everything, not one screen", "显示全部内容，不限一屏"}, ""},
};

constexpr Option host_options[] = {
    check_options[0],
    check_options[1],
    setup[0],
    {"--exemptions", "", "FILE", {"apply these exemptions instead of the usual ones", "使用指定的豁免文件"}, ""},
    {"--scan-folders", "", "", {"also check the files in folders that programs carry away from here", "同时检查会被程序带走的文件夹里的文件"}, ""},
    {"--hash-addresses", "", "", {"write made-up hardware addresses instead of the true ones", "用编造的硬件地址代替真实地址"}, ""},
    {"--verbose", "-v", "", {"show everything, not one screen", "显示全部内容，不限一屏"}, ""},
};

constexpr Option clean_options[] = {
    {"--output", "-o", "OUT", {"where the copy goes: a file, or a folder", "副本写到哪里：文件或文件夹"}, ""},
    {"--force", "", "", {"replace what is there already", "覆盖已有的文件"}, ""},
    {"--keep", "", "WHAT,…", {"write these facts anew: time, place, camera, owner, caption", "重新写入这些信息：time（时间）、place（地点）、camera（相机）、owner（所有人）、caption（说明）"}, ""},
    {"--coarser", "", "SIDE", {"so many pixels along the longer side, no more", "长边最多这么多像素"}, ""},
    {"--crop", "", "X,Y,W,H", {"only this part, in pixels from the upper left of the upright picture", "只留这一部分（从转正后的左上角起，以像素计）"}, ""},
    {"--blur", "", "X,Y,W,H", {"make this part unreadable; may be repeated; of the cut picture", "把这一部分变得无法辨认；可重复；按裁剪后的图计"}, ""},
    {"--blot", "", "X,Y,W,H", {"paint this part black; may be repeated; of the cut picture", "把这一部分涂黑；可重复；按裁剪后的图计"}, ""},
    {"--redact", "", "WHAT,…", {"paint over what is found and read the copy again: codes, writing", "涂黑找到的内容并重新识读副本：codes（二维码、条码）、writing（文字）"}, ""},
    {"--verify", "", "", {"check cleaned files against their certificates instead", "改为按证书核对清理过的文件"}, ""},
    {"--format", "", "FORMAT", {"text or jsonl", "text 或 jsonl"}, "text|jsonl"},
    {"--limits", "", "KEY=N,…", {"bytes, members, depth, memory, seconds: what one file may cost", "单个文件允许的开销：bytes、members、depth、memory、seconds"}, ""},
};

constexpr Option none[] = {common[2]};

constexpr Command table[] = {
    {"check", "[PATH…|-]",
     {"may this leave? what would it give away?", "这些内容可以发出吗？会泄露什么？"},
     {"Reads each file to its last byte, looks into everything inside it, and says whether it may leave: 0 yes or look first, 1 not yet. A folder is checked whole. '-' is standard input. "
      "What cannot be read is named and holds: nothing is called clean that was not read.",
      "逐字节读完每个文件及其内部的全部内容，回答能否发出：退出码 0 表示可以（或先看一看），1 表示暂时不能。文件夹会整个检查，“-”表示标准输入。读不了的部分会被点名并拦下：没有读完的，绝不说干净。"},
     check_options, run_check},
    {"clean", "PATH… -o OUT | --verify OUT…",
     {"a copy of a picture that tells nothing more than it shows", "给图片做一份干净的副本：除了画面，什么都不透露"},
     {"Writes each picture anew from its pixels alone: no place, time, camera, name, thumbnail or hidden rest is carried over, since nothing but the visible picture is. "
      "The original is never touched. Each copy is proved: every byte accounted for, no word of the old metadata left, the same picture, the same again when cleaned once more; "
      "OUT.keepmum.json says so, and --verify checks it again. What cannot be cleaned is refused by name, and ends with 1. A folder is cleaned whole, into a folder OUT. What the picture shows stays in it.",
      "只用像素重新写出每张图片：拍摄地点、时间、相机、姓名、缩略图和藏在里面的残留都不会带走，因为带走的只有看得见的画面。原文件绝不改动。每份副本都经过证明：每个字节都有归属、旧的附加信息一个词不剩、画面相同、再清理一次也不变；"
      "证书是 OUT.keepmum.json，可用 --verify 再次核对。不能清理的会点名拒绝，退出码为 1。文件夹会整个清理到文件夹 OUT。画面上的内容仍在画面上。"},
     clean_options, run_clean},
    {"approach", "FILE… | --link URL… | --qr IMAGE…",
     {"is someone trying to sound me out? is this link what it claims?", "有人在打探我吗？这个链接可信吗？"},
     {"Reads a conversation (an export of WhatsApp, Telegram, Signal, WeChat or LinkedIn, mails, or text pasted into a file) and looks in what the other side wrote for the signs by which people are "
      "sounded out and recruited. Answers green, amber or red, quotes every sign, and says how far it has gone, what you already gave away, what would change the answer and what to do now. "
      "--link and --qr judge a link, or the codes in a picture, by what stands in them: names that pass for others you trust, addresses that hide where they lead, codes that let somebody in. "
      "Ends with 1 where it is red or something could not be read. Nothing is opened, sent, kept or looked up anywhere, and nobody is accused.",
      "读取一段聊天（WhatsApp、Telegram、Signal、微信或 LinkedIn 的导出，邮件，或粘贴到文件里的文字），在对方说的话里寻找打探和拉拢的迹象，给出绿、黄、红三种结论；每个迹象都附原话，"
      "并说明走到了哪一步、您已经说出了什么、什么会改变结论、现在怎么做。--link 和 --qr 只凭文字判断链接或图片里的二维码：冒充您信任的名字、藏起去向的网址、放人进来的码。"
      "红色或有读不了的内容时，退出码为 1。不打开、不外发、不留存、不联网查询，也不指控任何人。"},
     approach_options, run_approach},
    {"host", "[snapshot DIR | judge PATH… | diff BEFORE AFTER]",
     {"is this computer fit to hold secrets?", "这台电脑能存放秘密吗？"},
     {"Looks at this computer (networks, Wi-Fi, Bluetooth, wireless mice and keyboards, clouds and chats, removable media, remote control, shares, cameras, disks) and answers: fit to hold secrets or not, "
      "because of what, and what to do, with the command, what it breaks, how to undo it. 'snapshot DIR' writes down what it saw, without keys and passwords; 'judge' answers the same about such a folder, or about files that another "
      "system's own commands wrote (tools/collect.ps1 for Windows, tools/collect_macos.sh, osquery, an Android bug report); 'diff' names what changed between two snapshots, before and after a journey. "
      "Nothing is ever changed, nothing is sent. What could not be seen is said and counts: run it with sudo to see all. Ends with 1 where the computer is not fit or nobody can say.",
      "查看这台电脑（网络、无线网、蓝牙、无线键鼠、网盘和聊天、移动介质、远程控制、共享、摄像头、磁盘），回答能不能存放秘密、因为什么、怎么办，并给出命令、影响和恢复方法。“snapshot DIR”把看到的内容写下来，不含密钥和密码；"
      "“judge”对这样的文件夹，或其他系统自带命令导出的文件（Windows 用 tools/collect.ps1，苹果电脑用 tools/collect_macos.sh，以及 osquery、安卓错误报告）作出同样的回答；“diff”列出两次快照之间的变化，用于出差前后。"
      "不做任何改动，不外发任何内容。看不到的会说明并计入结论：用 sudo 运行可以看全。不合格或无法断定时，退出码为 1。"},
     host_options, run_host},
    {"permit", "add PATH… | list | revoke ID | open ID",
     {"answer a hold: it may leave all the same", "对“暂时不能发出”给出许可"},
     {"A permit is bound to the content, not to a name or a line: a changed file needs a new one. Each use is counted. Who allowed it is kept sealed; lists and reports show the permit, not the person.",
      "许可与内容绑定，而不与文件名或行号绑定：文件一改就要重新许可。每次使用都会计数。批准人姓名密封保存；清单和报告只显示许可，不显示人。"},
     permit_options, run_permit},
    {"register", "add PATH… | table FILE | background PATH… | list | remove NAME… | stats | export FILE | import FILE | verify | rebuild | open ID",
     {"the documents that are protected: an excerpt of one is known again", "登记受保护的文件，以便认出它们的摘录"},
     {"Add a document and check knows passages of it again, in any kind of file, whichever state they come from: each revision, tracked changes accepted or rejected, comments. "
      "table protects a table saved as CSV: several cells of one row of its --columns, near each other in any file, are known again; given again it takes in what changed. "
      "The register holds no text, only fingerprints under a key, which may be kept apart. background names public text that is never protected. export and import carry a register to another "
      "machine with the same key. verify reads every byte of it; rebuild mends what can be mended. open shows a sealed holder to two key holders together. add ends with 1 where a file could not be registered.",
      "登记之后，check 能在任何格式的文件里认出它的段落，不论来自哪种状态：历次修订、接受或拒绝修订后的文字、批注。table 登记一张存为 CSV 的表格：--columns 所列各列中，同一行的几项在任何文件里靠近出现就能认出；再次登记时只更新有变化的行。登记库里没有原文，只有用钥匙算出的指纹，钥匙可以分开保管。background 指定公开文字，永不算作受保护。"
      "export 和 import 把登记库带到有同一把钥匙的另一台电脑。verify 逐字节核对，rebuild 尽量修复。open 由两位持钥人一起查看密封的持有人。有文件未能登记时，add 的退出码为 1。"},
     register_options, run_register},
    {"recall", "",
     {"what already left that would be held today?", "已经发出的，今天会被拦下吗？"},
     {"Judges the checks that were made with check --remember once more, under the register and the directive of today, and names those that would be held now. "
      "What is remembered is no content, so words, rules, tables and pictures that were added since cannot be judged: the answer says so. A check is named by its id, which "
      "check shows and which the same content has again, its day and where it went. Days are forgotten after a year. Ends with 1 where something would be held now, or was damaged.",
      "把用 check --remember 做过的检查按今天的登记库和守则重新判断，列出今天会被拦下的。留下的不是内容，所以此后新增的敏感词、规则、表格和图片无法重新判断，结果中会说明。"
      "每次检查用编号（check 会显示，内容相同则编号相同）、日期和去向来指明。记录满一年即删除。有今天会被拦下的，或记录有损坏，退出码为 1。"},
     recall_options, run_recall},
    {"rules", "list | explain RULE | cost",
     {"what is looked for, and why", "查找哪些内容、为什么"},
     {"list shows every rule; explain shows one with the file and line of each of its fields; cost shows what each costs in speed.",
      "list 列出全部规则；explain 逐项说明一条规则及其出处；cost 显示每条规则的速度开销。"},
     rules_options, run_rules},
    {"directive", "print",
     {"the rules of the house, as a checklist for people", "守则清单，供人阅读和张贴"},
     {"Prints the directive as a one-page checklist in English and Chinese that can be followed without any program.",
      "把守则打印成一页中英文对照的清单，不用任何程序也能照着做。"},
     directive_options, run_directive},
    {"doctor", "",
     {"what works on this computer", "这台电脑上哪些功能可用"},
     {"Says what works here: the sandbox, the readers of each kind of file, fonts and folders.",
      "说明本机可用的功能：沙箱、各类文件的读取程序、字体和文件夹。"},
     none, run_doctor},
    {"help", "[COMMAND]",
     {"show help", "显示帮助"},
     {"Shows what a command does. 'help man', 'help reference' and 'help bash|zsh|fish' print the manual page, the reference and shell completions.",
      "说明各命令的用法。“help man”“help reference”“help bash|zsh|fish”分别输出手册页、参考页和命令补全脚本。"},
     none, run_help},
};

}  // namespace

std::span<Command const> commands() { return table; }
std::span<Option const> common_options() { return common; }

}  // namespace keepmum
