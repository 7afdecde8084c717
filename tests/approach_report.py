"""What `keepmum approach` says: red always rests on a hard sign with its words and on another group; leaving one sign out changes only conversations that
rested on it; text and page answer five questions within one screen, in English and Chinese, and the page is drawn by Chromium.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
import program  # noqa: E402

ROOT = program.ROOT
HARD = set("a2 a3 e1 e2 k1 k2 k3 k4 k5 l1 l3 l4 m4 t2 t3 t5 t6".split())
QUESTIONS = {  # which answer, why, what was given, what to do, what would change it
    "en": ("What was seen", "What you already gave away", "What to do now", "What would change this", "This accuses nobody"),
    "zh": ("看到了什么", "您已经说出了什么", "现在怎么做", "什么会改变这个结论", "这不是指控任何人"),
}
ANSWER = {"en": {"red": "RED:", "green": "GREEN:"}, "zh": {"red": "红色：", "green": "绿色："}}
faults = []


def expect(good, what):
    if not good:
        faults.append(what)


def judge(lines, without=""):
    done = subprocess.run([program.BUILD / "bin/approach_dialogues", without], input="".join(lines), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def red_rests_on_two(lines):
    results = judge(lines)
    reds = [r for r in results if r["light"] == "red"]
    expect(len(reds) > 20, f"only {len(reds)} are red: the test says nothing")
    for result in reds:
        hard = [s for s in result["signs"] if s[0] in HARD and s[2] >= 60 and s[3]]
        groups = {s[0][0] for s in result["signs"] if s[2] >= 20 and s[0][0] in "parotecmkl"}
        expect(any(groups - {s[0][0]} for s in hard), f"{result['id']} is red without a quoted hard sign and another group")
        expect(0 <= result["turned"] <= result["reddened"], f"{result['id']}: first amber {result['turned']}, red {result['reddened']}")
    return results


def one_sign_less(lines, whole):
    for sign in ("e1", "t2", "o3", "p1", "c3"):
        for before, after in zip(whole, judge(lines, sign)):
            seen = any(s[0] == sign for s in before["signs"])
            if not seen:
                expect(before == after, f"{before['id']}: does not hold {sign}, and changes without it")
            expect(("green", "amber", "red").index(after["light"]) <= ("green", "amber", "red").index(before["light"]), f"{before['id']}: graver without {sign}")
            if sign in before["carrying"]:
                expect(after["light"] != before["light"], f"{before['id']}: is said to rest on {sign}, and does not")


def run(path, *options):
    return subprocess.run([program.KEEPMUM, "approach", "--home", program.HOME, *options, path], cwd=ROOT, capture_output=True, text=True, timeout=120)


def report_answers(language, folder):
    for name, light, code in (("journal-en.txt", "red", 1), ("journal-clean-en.txt", "green", 0), ("advisor-zh.txt", "red", 1), ("advisor-clean-zh.txt", "green", 0)):
        done = run(f"samples/approach/{name}", "--lang", language)
        expect(done.returncode == code, f"{name}: ended with {done.returncode}: {done.stderr}")
        expect(done.stdout.startswith(ANSWER[language][light]), f"{name}, {language}: begins with {done.stdout[:30]}")
        lines = done.stdout.splitlines()
        expect(len(lines) <= 40, f"{name}, {language}: {len(lines)} lines are more than a screen")
        if language == "zh":  # nothing English but what was quoted, names and numbers
            plain = re.sub(r"[“（(].*?[”）)]|samples/\S+|keepmum|12339", "", done.stdout, flags=re.S)
            expect(name.endswith("en.txt") or not re.search(r"[A-Za-z]{4,}", plain), f"{name}: English in a Chinese report: {re.findall('[A-Za-z]{4,}', plain)}")
        if light == "red":
            for question in QUESTIONS[language]:
                expect(question in done.stdout, f"{name}, {language}: does not answer '{question}'")
            expect(re.search(r"message \d|第 \d+ 条", done.stdout), f"{name}: no message is named")
            expect("110101199003074514" not in done.stdout, f"{name}: shows a secret")
            draw(name, language, folder)


def draw(name, language, folder):
    page = folder / f"{language}.html"
    done = run(f"samples/approach/{name}", "--lang", language, "--format", "html", "-o", str(page))
    expect(done.returncode == 1, f"{name}: the page ended with {done.returncode}: {done.stderr}")
    text = page.read_text()
    expect("<script" not in text and "default-src 'none'" in text and not re.search(r'(src|href)="', text), f"{name}: the page runs or loads something")
    expect("110101199003074514" not in text, f"{name}: the page shows a secret")
    for question in QUESTIONS[language]:
        expect(question in text, f"{name}, {language}: the page does not answer '{question}'")
    expect(text.count("<mark") >= 2 and text.count("<li") >= 12, f"{name}: signs are not marked, or the ladder is not drawn")
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        return
    shot = folder / "shot.png"
    subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}/browser", f"--screenshot={shot}",
                    "--window-size=1280,1400", page.as_uri()], capture_output=True, timeout=120, check=True)
    expect(shot.stat().st_size > 60_000, f"{name}: the page as drawn is nearly empty ({shot.stat().st_size} bytes)")


def formats():
    lines = [json.loads(line) for line in run("samples/approach/journal-en.txt", "--format", "jsonl").stdout.splitlines()]
    rules = {line["rule"] for line in lines if line["type"] == "finding"}
    expect("approach.red" in rules and any(rule in {f"approach.{sign}" for sign in HARD} for rule in rules), f"jsonl holds {rules}")
    expect(any(line["type"] == "verdict" and line["outcome"] == "hold" for line in lines), "jsonl: red does not hold")
    expect(json.loads(run("samples/approach/journal-en.txt", "--format", "sarif").stdout)["runs"][0]["results"], "sarif: no results")


def main():
    lines = [line for name in ("hard_negatives", "dialogues_tune") for line in open(ROOT / f"tests/approach/{name}.jsonl", encoding="utf-8")]
    one_sign_less(lines, red_rests_on_two(lines))
    with tempfile.TemporaryDirectory() as name:
        for language in ("en", "zh"):
            report_answers(language, pathlib.Path(name))
    formats()
    unread = run("samples/leaky/crop.png")
    expect(unread.returncode == 1 and "GREEN" not in unread.stdout, "a picture without a word is called green")
    print("\n".join(faults) or "approach: red rests on two, reports answer")
    return bool(faults)


sys.exit(main())
