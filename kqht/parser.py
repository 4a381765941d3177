"""The commands of `kqht` and their words. argparse speaks Vietnamese through the table below."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

_WORDS: Mapping[str, str] = {
    "usage: ": "cách dùng: ",
    "options": "tùy chọn",
    "positional arguments": "tham số",
    "show this help message and exit": "xem hướng dẫn này",
    "show program's version number and exit": "xem phiên bản",
    "the following arguments are required: %s": "thiếu tham số: %s",
    "unrecognized arguments: %s": "không hiểu tham số: %s",
    "expected one argument": "cần một giá trị đi kèm",
    "expected at least one argument": "cần ít nhất một giá trị",
    "invalid choice: %(value)r (choose from %(choices)s)": "giá trị %(value)r không có; hãy chọn trong: %(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "không có lệnh %(parser_name)r; hãy chọn trong: %(choices)s",
    "invalid %(type)s value: %(value)r": "giá trị không hợp lệ: %(value)r",
    "not allowed with argument %s": "không dùng cùng với %s",
    "argument %(argument_name)s: %(message)s": "tham số %(argument_name)s: %(message)s",
    "one of the arguments %s is required": "cần một trong các tham số %s",
    "ambiguous option: %(option)s could match %(matches)s": "tùy chọn %(option)s chưa rõ, có thể là %(matches)s",
    "ignored explicit argument %r": "tham số %r không dùng được ở đây",
}


def _in_vietnamese(text: str) -> str:
    return _WORDS.get(text, text)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one Vietnamese line and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help stands."""
        if "--json" in sys.argv:
            sys.stdout.write(json.dumps({"error": {"code": "usage", "message": message}}, ensure_ascii=False) + "\n")
        sys.stderr.write(f"Lỗi: {message}.\nXem cách dùng: {self.prog} --help\n")
        raise SystemExit(2)


def build() -> Parser:
    """The whole command line."""
    setattr(argparse, "_", _in_vietnamese)  # noqa: B010 - argparse has no other door for its own words
    setattr(argparse, "ngettext", lambda one, many, n: _in_vietnamese(one if n == 1 else many))  # noqa: B010
    parser = Parser(prog="kqht", description="Kết quả học tập toàn khóa lớp 12: lấy, kiểm tra, gửi.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH", parser_class=Parser)
    for add in (_office, _progress, _settings, _account, _operation):
        add(commands)
    return parser


class _Command:
    """One command being described."""

    def __init__(self, commands: Any, name: str, words: str) -> None:
        self._parser: Parser = commands.add_parser(name, help=words, description=words)
        self._parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def arg(self, *names: str, **options: Any) -> _Command:
        """An argument; returns the command, for the next one."""
        self._parser.add_argument(*names, **options)
        return self


def _school(command: _Command) -> _Command:
    command.arg("--school", metavar="MÃ", help="mã trường (tài khoản Sở)")
    return command.arg("--year", metavar="NĂM", help="năm học, ví dụ 2022-2023 (mặc định: năm hiện tại của trường)")


def _office(commands: Any) -> None:
    add: Callable[[str, str], _Command] = lambda name, words: _Command(commands, name, words)  # noqa: E731
    pull = add("pull", "Lấy KQHT lớp vào sổ mới, hoặc cập nhật một sổ đã có")
    pull.arg("target", nargs="?", metavar="LỚP|TỆP.xlsx", help="tên lớp, hoặc sổ cần cập nhật")
    pull.arg("--all", action="store_true", help="Lấy KQHT toàn khóa: mọi lớp được phép mở")
    pull.arg("--grades", metavar="10,11,12", help="chỉ lấy các khối này")
    _school(pull).arg("-o", "--output", metavar="TỆP", help="tệp .xlsx (với --all: thư mục)")
    add("check", "Kiểm tra sổ, không cần mạng").arg("files", nargs="+", metavar="TỆP.xlsx", help="các sổ lớp")
    words = "Sửa nhanh các lỗi sửa được chắc chắn, và đề nghị những chỗ cần hỏi; cho xem trước"
    repair = add("repair", words).arg("file", metavar="TỆP.xlsx")
    repair.arg("--yes", action="store_true", help="sửa luôn những chỗ chắc chắn, không hỏi")
    words = "sửa theo một đề nghị, hoặc mọi đề nghị có mã bắt đầu như vậy; nhắc lại được"
    repair.arg("--take", action="append", default=[], metavar="MÃ", help=words)
    _import(add)
    add("status", "Tình trạng của sổ, không cần mạng").arg("file", metavar="TỆP.xlsx")
    send = add("send", "Gửi các ô đã sửa").arg("file", metavar="TỆP.xlsx")
    send.arg("--dry-run", action="store_true", help="chỉ xem sẽ gửi những ô nào")
    resolve = add("resolve", "Xử lý các ô xung đột").arg("file", metavar="TỆP.xlsx")
    resolve.arg("--take", choices=("mine", "theirs"), required=True, help="mine: giữ của tôi; theirs: lấy của máy chủ")
    resolve.arg("--cell", metavar="TRANG!Ô", help="chỉ một ô, ví dụ 'Lớp 11!F3'")
    history = add("history", "Lịch sử một ô, không cần mạng").arg("file", metavar="TỆP.xlsx")
    history.arg("--cell", metavar="TRANG!Ô", required=True, help="ví dụ 'Lớp 11!F3'")
    undo = add("undo", "Hoàn tác một lần gửi bằng một lần gửi ngược lại").arg("file", metavar="TỆP.xlsx")
    undo.arg("--send", metavar="MÃ", help="mã lần gửi (mặc định: lần gửi cuối của sổ)")


def _import(add: Callable[[str, str], _Command]) -> None:
    words = "Nhập từ bảng của phần mềm khác vào sổ lớp; cho xem trước từng ô, không cần mạng"
    command = add("import-sheet", words).arg("file", metavar="TỆP", help="tệp .xlsx, .xls, .xlsb, .ods hay .csv")
    command.arg("--into", metavar="SỔ.xlsx", required=True, help="sổ lớp nhận giá trị")
    command.arg("--sheet", metavar="TRANG", action="append", default=[], help="chỉ trang này; lặp lại được")
    command.arg("--grade", choices=("10", "11", "12"), help="bảng là kết quả của khối này")
    command.arg("--term", choices=("hk1", "hk2", "cn"), help="cột không ghi kỳ là của kỳ này")
    mapping = (
        "cột mang tiêu đề (hoặc chữ cột, ví dụ F) đi vào đâu, ví dụ 'Toán=11.mathematics.year'; 'Toán=': không lấy"
    )
    command.arg("--map", metavar="TIÊU_ĐỀ=CỘT", action="append", default=[], help=mapping)
    command.arg("--overwrite-mine", action="store_true", help="ghi cả lên ô đã sửa mà chưa gửi")
    command.arg("--forget", action="store_true", help="quên các cột đã xác nhận lần trước của bảng này")
    command.arg("--full", action="store_true", help="liệt kê mọi ô, mọi dòng")
    command.arg("--yes", action="store_true", help="nhập luôn, không hỏi, nếu không có cột nào cần chọn")


def _progress(commands: Any) -> None:
    _school(_Command(commands, "classes", "Các lớp được phép mở, khóa và tiến độ"))
    _school(_Command(commands, "progress", "Thống kê tiến độ nhập thông tin và kết quả (mục 2.4)"))
    for name, words in (("complete", "Xét hoàn thành: khóa một khối học kỳ"), ("reopen", "Mở khóa, có lý do")):
        command = _Command(commands, name, words).arg("school_class", metavar="LỚP")
        command.arg("--grade", choices=("10", "11", "12"), required=True, help="khối")
        command.arg("--period", choices=("hk1", "hk2"), required=True, help="hk1: HK I; hk2: HK II - CN")
        if name == "reopen":
            command.arg("--reason", metavar="LÝ_DO", required=True, help="lý do mở khóa")
        _school(command)
    stage = _Command(commands, "stage", "Đặt giai đoạn nhập liệu của trường").arg("stage", choices=("1", "2"))
    _school(stage)


def _settings(commands: Any) -> None:
    profile = _Command(
        commands, "class-profile", "Chương trình từng khối của lớp, môn chuyên; quản trị trường đặt được"
    )
    profile.arg("school_class", metavar="LỚP")
    profile.arg("--specialised", metavar="MÔN|none", help="đặt môn chuyên, ví dụ Toán; none: lớp không chuyên")
    _school(profile)
    words = "Trường, năm học, giai đoạn; số môn mà chương trình GDTX 2018 còn để ngỏ (sở, quản trị trường đặt được)"
    school = _Command(commands, "school", words).arg("--school", metavar="MÃ", help="mã trường (tài khoản Sở)")
    for name, number in (("least", "số môn tối thiểu của một mức"), ("chosen", "số môn lựa chọn")):
        told = f"chỉ GDTX: {number}, từ 1 đến 12; none: theo chương trình"
        school.arg(f"--{name}-subjects", metavar="N|none", type=_count, help=told)


def _count(text: str) -> str:
    """A number of subjects, or the word that clears it."""
    if text != "none" and not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"phải là một số hoặc none: {text}")
    return text


def _account(commands: Any) -> None:
    login = _Command(commands, "login", "Đăng nhập").arg(
        "server", metavar="MÁY_CHỦ", help="ví dụ http://127.0.0.1:8765"
    )
    login.arg("--user", metavar="TÊN", required=True, help="tên đăng nhập")
    login.arg("--password-stdin", action="store_true", help="đọc mật khẩu từ đầu vào chuẩn")
    _Command(commands, "logout", "Đăng xuất").arg("--everywhere", action="store_true", help="đăng xuất mọi nơi")
    _Command(commands, "whoami", "Đang đăng nhập là ai")
    own = _Command(commands, "password", "Đổi mật khẩu của chính mình")
    own.arg("--password-stdin", action="store_true", help="đọc hai dòng từ đầu vào chuẩn: mật khẩu cũ, mật khẩu mới")
    users = _Command(commands, "users", "Tài khoản và quyền của trường")
    users.arg(
        "action",
        nargs="?",
        default="list",
        choices=("list", "add", "set", "password", "disable", "enable", "signout", "remove"),
    )
    users.arg("name", nargs="?", metavar="TÊN", help="tên đăng nhập")
    users.arg("--full-name", metavar="HỌ_TÊN", help="họ tên")
    users.arg(
        "--role", choices=("staff", "school_admin"), help="staff: giáo viên, nhân viên; school_admin: quản trị trường"
    )
    users.arg("--classes", metavar="12A1,12A2", help="các lớp được cấp quyền")
    users.arg("--rights", metavar="view,profile,results,complete", help="quyền trên các lớp đó")
    users.arg("--password-stdin", action="store_true", help="đọc mật khẩu từ đầu vào chuẩn")
    _school(users)


def _operation(commands: Any) -> None:
    serve = _Command(commands, "serve", "Chạy dịch vụ")
    serve.arg("--host", default="127.0.0.1", metavar="ĐỊA_CHỈ", help="mặc định 127.0.0.1")
    serve.arg("--port", default=8765, type=int, metavar="CỔNG", help="mặc định 8765; 0: cổng trống bất kỳ")
    words = "mặc định: SQLite trong thư mục dữ liệu của người dùng"
    data = _Command(
        commands, "demo-data", "Nạp trường mẫu của tài liệu hướng dẫn và của các chương trình khác; in các tài khoản"
    )
    demo = _Command(commands, "demo", "Diễn lại toàn bộ công việc trên trường mẫu")
    demo.arg("--dir", metavar="THƯ_MỤC", help="nơi để lại các sổ (mặc định: thư mục tạm)")
    backup = _Command(commands, "backup", "Sao lưu cơ sở dữ liệu").arg("file", metavar="TỆP")
    restore = _Command(commands, "restore", "Phục hồi cơ sở dữ liệu từ bản sao lưu").arg("file", metavar="TỆP")
    for command in (serve, data, backup, restore):
        command.arg("--database", metavar="URL", help=words)
    _Command(commands, "doctor", "Kiểm tra máy này: thư mục, đăng nhập, máy chủ")
