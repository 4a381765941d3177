"""The whole story on the guide's school: the same commands a school uses, one after the other, on an embedded service."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shlex
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from kqht import cli
from kqht.cutting_proxy import CuttingProxy
from shared.layout import FIRST_ROW, SHEET_TITLES, sheet_layout
from shared.problems import Code, Refused
from shared.records import a1

TEACHER, COLLEAGUE, ADMIN = "chủ nhiệm 12A1", "bộ môn 12A1", "quản trị trường"
_FEW = 5  # typed cells that are told one by one
_LINES = 14  # of each command's words that the story shows


class Story:
    """Runs commands as different people, shows what they see, and remembers how each ended."""

    def __init__(self, folder: Path, server: str, tokens: Mapping[str, str], out: TextIO) -> None:
        self.out = out
        self.folder = folder
        self.server = server
        self.steps: list[dict[str, Any]] = []
        self._tokens = tokens

    def tell(self, line: str) -> None:
        """A sentence of the story."""
        self.out.write(f"\n■ {line}\n")

    def run(self, person: str, *arguments: str, ends: int = 0, server: str | None = None) -> None:
        """One command as one person, its words shown; the story fails when it does not end as told."""
        words = io.StringIO()
        shown = contextlib.redirect_stdout(words), contextlib.redirect_stderr(words)
        with self._as(person, server or self.server), shown[0], shown[1]:
            code = cli.main(list(arguments))
        lines = words.getvalue().splitlines()
        self.out.write(f"  [{person}] $ kqht {shlex.join(arguments)}\n")
        self.out.write("".join(f"      {line}\n" for line in lines[:_LINES]))
        if len(lines) > _LINES:
            self.out.write(f"      … ({len(lines) - _LINES} dòng nữa)\n")
        as_told = code == ends
        if not as_told:
            self.out.write(f"      ✖ kết thúc với mã {code}, lẽ ra là {ends}\n")
        self.steps.append({"person": person, "command": list(arguments), "exit_code": code, "as_told": as_told})

    def type_in(self, person: str, book: str, cells: Mapping[tuple[str, int, str], Any]) -> None:
        """Type values into a workbook as a person would, and save it: (sheet, n-th student, column) → value."""
        from openpyxl import load_workbook

        workbook = load_workbook(book)
        for (sheet, student, column), value in cells.items():
            address = place(sheet, student, column)
            workbook[SHEET_TITLES[sheet]][address] = value
            if len(cells) <= _FEW:
                where = f"{SHEET_TITLES[sheet]}!{address} của {Path(book).name}"
                self.out.write(f"  [{person}] gõ {value} vào ô {where}\n")
        if len(cells) > _FEW:
            self.out.write(f"  [{person}] dán {len(cells)} ô vào {Path(book).name}\n")
        workbook.save(book)

    def book(self, name: str) -> str:
        """The path of a workbook of the story."""
        return str(self.folder / name)

    @contextlib.contextmanager
    def _as(self, person: str, server: str) -> Iterator[None]:
        mine = {"KQHT_SERVER": server, "KQHT_TOKEN": self._tokens[person], "KQHT_HOME": str(self.folder / "may")}
        kept = {name: os.environ.get(name) for name in mine}
        os.environ |= mine
        try:
            yield
        finally:
            for name, value in kept.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


def place(sheet: str, student: int, column: str) -> str:
    """The address of a column of the n-th student (from 1) in a fresh workbook of the guide's school."""
    return a1(FIRST_ROW + student - 1, sheet_layout("THPT", "2022-2023", sheet).index[column])


def demo(given: argparse.Namespace) -> cli.Result:
    """Tell the story; the workbooks stay in the folder."""
    folder = Path(given.dir or tempfile.mkdtemp(prefix="kqht-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    with _service(folder) as (server, tokens):
        story = Story(folder, server, tokens, sys.stderr if given.json else sys.stdout)
        for chapter in (
            _pull,
            _check_and_repair,
            _two_on_one_class,
            _lock_met_offline,
            _lost_reply,
            _sample,
            _progress,
        ):
            chapter(story)
    failed = [step for step in story.steps if not step["as_told"]]
    lines = [f"Các sổ còn ở {folder}."]
    lines.insert(0, "✖ Có bước không như mong đợi." if failed else "✔ Mọi bước diễn ra như mong đợi.")
    return cli.Result({"dir": str(folder), "steps": story.steps}, lines, cli.FINDINGS if failed else cli.DONE)


_MARK = ".kqht-demo"  # says that everything in the folder is a demo's own


def _clear(folder: Path) -> None:
    """Empty a folder of an earlier demo; anybody else's files are left alone and the demo is refused."""
    if any(folder.iterdir()) and not (folder / _MARK).exists():
        raise Refused(Code.PLACE_UNUSABLE, file=str(folder), reason="thư mục đã có tệp khác; hãy chọn thư mục trống")
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / _MARK).touch()


@contextlib.contextmanager
def _service(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    from addin.client import sign_in
    from server.app import create_app
    from server.database import open_engine
    from server.demo.guide_school import demo_accounts, guide_schools
    from server.loading import load_school
    from server.migrate import migrate
    from server.serve import make_server

    engine = open_engine(f"sqlite:///{(folder / 'kqht.db').as_posix()}")
    migrate(engine)
    schools = guide_schools()
    for school in schools:
        cli.say(f"Nạp {school.name}, năm học {school.school_year} …")
        load_school(engine, school)
    server = make_server(create_app(engine=engine), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    address = f"http://127.0.0.1:{server.effective_port}"
    try:
        yield (
            address,
            {person: sign_in(address, *who)["token"] for person, who in _people(demo_accounts(schools)).items()},
        )
    finally:
        server.close()
        thread.join()
        engine.dispose()


def _people(accounts: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    school = next(a["school"] for a in accounts if a["role"] == "staff" and a["classes"] == ["12A1"])
    here = [a for a in accounts if a["school"] == school]
    teacher = next(a for a in here if a["classes"] == ["12A1"] and "complete" in a["rights"]["12A1"])
    colleague = next(a for a in here if a["classes"] == ["12A1"] and a is not teacher)
    admin = next(a for a in here if a["role"] == "school_admin")
    people = {TEACHER: teacher, COLLEAGUE: colleague, ADMIN: admin}
    return {name: (account["username"], account["password"]) for name, account in people.items()}


def _pull(story: Story) -> None:
    story.tell("Cô chủ nhiệm lấy lớp 12A1 vào sổ Excel; thầy bộ môn cũng lấy lớp ấy về máy mình.")
    story.run(TEACHER, "classes")
    story.run(TEACHER, "pull", "12A1", "-o", story.book("12A1-co.xlsx"))
    story.run(COLLEAGUE, "pull", "12A1", "-o", story.book("12A1-thay.xlsx"))
    story.run(ADMIN, "pull", "--all", "-o", story.book("toan-khoa"))


def _check_and_repair(story: Story) -> None:
    book = story.book("12A1-co.xlsx")
    story.tell("Không cần mạng: kiểm tra sổ. Điểm của tài liệu hướng dẫn còn nguyên lỗi in, nên có việc để tìm.")
    story.run(TEACHER, "check", book, ends=1)
    story.tell("Cô sửa mã học lực sai, và gõ nhầm như vẫn thường gõ: dấu phẩy, thiếu dấu thập phân.")
    typed = {
        ("11", 1, "academic_rating.year"): "G",
        ("11", 4, "mathematics.year"): "7,6",
        ("11", 5, "physics.year"): 73,
    }
    story.type_in(TEACHER, book, typed)
    story.run(TEACHER, "repair", book, "--yes")
    story.run(TEACHER, "send", book, "--dry-run")
    story.run(TEACHER, "send", book)
    story.run(TEACHER, "history", book, "--cell", f"Lớp 11!{place('11', 1, 'academic_rating.year')}")


def _two_on_one_class(story: Story) -> None:
    hers, his = story.book("12A1-co.xlsx"), story.book("12A1-thay.xlsx")
    story.tell("Hai người cùng sửa một lớp, có một ô trùng nhau: không ai mất gì, ô trùng thành xung đột để chọn.")
    story.type_in(TEACHER, hers, {("12", 6, "mathematics.semester_1"): 7.7, ("12", 7, "physics.semester_1"): 6.5})
    story.run(TEACHER, "send", hers)
    story.type_in(COLLEAGUE, his, {("12", 6, "mathematics.semester_1"): 7.9, ("12", 8, "physics.semester_1"): 8.1})
    story.run(COLLEAGUE, "send", his, ends=4)
    story.run(COLLEAGUE, "resolve", his, "--take", "mine")
    story.run(COLLEAGUE, "send", his)
    story.run(TEACHER, "pull", hers)


def _lock_met_offline(story: Story) -> None:
    book = story.book("12A1-co.xlsx")
    block = ("12A1", "--grade", "11", "--period", "hk1")
    story.tell("Quản trị trường khóa HK I lớp 11 trong lúc cô đang sửa ở nhà, không có mạng.")
    story.run(ADMIN, "complete", "12A3", "--grade", "11", "--period", "hk1", ends=1)
    story.run(ADMIN, "complete", *block)
    story.type_in(TEACHER, book, {("11", 9, "geography.semester_1"): 9.0})
    story.run(TEACHER, "send", book, ends=4)
    story.run(TEACHER, "status", book)
    story.tell("Ô ấy được giữ trong sổ. Mở khóa có lý do, gửi lại, và khóa lại.")
    story.run(ADMIN, "reopen", *block, "--reason", "Sửa điểm Địa lý theo bài kiểm tra bù")
    story.run(TEACHER, "send", book)


def _lost_reply(story: Story) -> None:
    book = story.book("12A1-co.xlsx")
    story.tell("Mạng đứt đúng lúc máy chủ trả lời: đã ghi hay chưa? Gửi lại cùng mã, máy chủ trả đúng biên nhận cũ.")
    story.type_in(TEACHER, book, {("12", 10, "literature.semester_1"): 7.4})
    with CuttingProxy(story.server, cut_after=20) as bad_line:
        story.run(TEACHER, "send", book, ends=3, server=bad_line.address)
    story.run(TEACHER, "send", book)
    story.run(TEACHER, "undo", book)


def _sample(story: Story) -> None:
    from server.demo.sample import SAMPLE_FIRST, SAMPLE_GRADE, t2_cells

    book = story.book("12A1-mau-excel.xlsx")
    story.tell("Bảng Excel mẫu của tài liệu (mục 2.2, Cách 2), dán vào sổ với nguyên lỗi của nó, rồi kiểm tra.")
    story.run(COLLEAGUE, "pull", "12A1", "-o", book)
    keys = sheet_layout("THPT", "2022-2023", SAMPLE_GRADE).by_key
    story.type_in(
        COLLEAGUE,
        book,
        {
            (SAMPLE_GRADE, SAMPLE_FIRST + i, key): _number(text)
            for i, row in enumerate(t2_cells(), 1)
            for key, text in row.items()
            if key in keys
        },
    )
    story.run(COLLEAGUE, "check", book, ends=1)


def _number(text: str | None) -> float | str | None:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def _progress(story: Story) -> None:
    story.tell("Thống kê tiến độ của trường (mục 2.4).")
    story.run(ADMIN, "progress")
