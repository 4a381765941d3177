"""What an offer says of itself, in Vietnamese: what it would change, what it cannot know, why it cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def take_offer(offer: str) -> str:
    """How to take an offer, at the end of a finding."""
    return f" Nếu đúng vậy, hãy sửa một lần theo đề nghị {offer} (kqht repair)."


def take_command(offer: str) -> str:
    """The command that takes an offer."""
    return f"Nếu đúng: kqht repair TỆP.xlsx --take {offer}"


def student_row(student: str, row: int) -> str:
    """A student's row: `Nguyễn Văn An (dòng 5)`."""
    return f"{student} (dòng {row})"


def lost_cell(student: str, subject: str, start: str, fill: str | None, score: str) -> str:
    """An offer to move a row back by one cell and give the lost one its place."""
    what = f"điền {fill} vào {start}" if fill else f"để trống {start}"
    return f"{student}: mất một ô ở môn {subject}. Dời các ô từ {start} sang phải một ô, {what} ({score})"


def extra_cell(student: str, subject: str, start: str, score: str) -> str:
    """An offer to move a row back by one cell over the one that is too many."""
    return f"{student}: thừa một ô ở môn {subject}. Bỏ ô {start}, dời các ô sau sang trái một ô ({score})"


def fitting(after: int, total: int) -> str:
    """How many subjects fit their formula."""
    return f"khớp {after}/{total} môn"


def which_was_lost(subject: str, fill: str) -> str:
    """What an offer cannot know: which of a subject's three cells was lost."""
    return (
        f"Không rõ ô nào của môn {subject} bị mất; CN {fill} là giá trị duy nhất theo công thức. "
        f"Hãy đối chiếu môn {subject} với sổ điểm."
    )


def without_place(value: str, where: str) -> str:
    """A value that a move leaves out."""
    return f"Giá trị {value} ở {where} bị bỏ."


def exchange(first: str, second: str) -> str:
    """An offer to exchange two columns."""
    return f"Đổi chỗ cột {first} với cột {second}"


def lost_points(count: int) -> str:
    """An offer for all scores of a sheet that have lost their decimal point."""
    return f"Chia cho 10 cả {count} điểm thiếu dấu thập phân"


def left_alone(count: int) -> str:
    """Students whom an exchange of columns passes by."""
    return f"{count} học sinh đã khớp công thức được giữ nguyên."


def one_cell(student: str, where: str, before: str, after: str) -> str:
    """An offer for one cell."""
    return f"{student}: {where} {before} → {after}"


def is_locked(blocks: Iterable[str]) -> str:
    """Why an offer cannot be taken: it writes in locked blocks."""
    return f"{', '.join(blocks)} đã khóa; muốn sửa phải mở khóa trước"


def rows_of_nobody(rows: Sequence[int]) -> str:
    """Why columns cannot be exchanged: whose some of their cells are is not known."""
    return f"chưa rõ dòng {', '.join(map(str, rows))} là của học sinh nào; hãy sửa Mã định danh trước"


def columns_gone(names: Iterable[str]) -> str:
    """Why an offer cannot be taken: columns are missing from the sheet."""
    return f"trang thiếu cột {', '.join(names)}"


CELLS_UNTOLD = "có ô hoặc dòng chưa đọc được chắc chắn; hãy sửa các lỗi của trang trước"
"""Why an offer cannot be taken: something in its cells cannot be told."""
