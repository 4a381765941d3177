"""What a refusal says: what happened, that nothing is lost, what to do. One sentence a code, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.problems import Code, Refused
from shared.times import local_time

REFUSALS: Mapping[Code, str] = {
    Code.RULESET: "Chưa có chương trình cho {level} lớp {grade} năm học {school_year}. Hãy kiểm tra lại năm học đã chọn.",
    Code.SEND_ORDER: "Chưa gửi được {what}: phải gửi xong {before} trước (Trường → Lớp → Học sinh → KQHT).",
    Code.FILE_UNREADABLE: "Không đọc được tệp {file}: {reason}. {hint}",
    Code.FILE_MISSING: "Không tìm thấy tệp {file}. Hãy kiểm tra lại tên tệp và thư mục.",
    Code.FILE_NOT_WRITABLE: "Không ghi được tệp {file}: {reason}. Dữ liệu trong tệp vẫn nguyên. {hint}",
    Code.FILE_EXISTS: "Tệp {file} đã có, không ghi đè để khỏi mất dữ liệu. Hãy đặt tên khác.{hint}",
    Code.TEMPLATE_FOREIGN: "Tệp {file} không phải sổ lớp của chương trình này. Hãy dùng sổ tải về bằng “Lấy KQHT lớp” (kqht pull LỚP -o TỆP.xlsx).",
    Code.TEMPLATE_OLDER: "Sổ {file} thuộc mẫu cũ ({found}), chương trình đang dùng mẫu {wanted}. Dữ liệu trong sổ vẫn nguyên. Hãy lấy sổ mới của lớp rồi chép các ô đã sửa sang.",
    Code.TEMPLATE_NEWER: "Sổ {file} thuộc mẫu mới hơn ({found}) chương trình trên máy này ({wanted}). Dữ liệu trong sổ vẫn nguyên. Hãy cập nhật chương trình rồi mở lại.",
    Code.TEMPLATE_DAMAGED: "Sổ {file} bị hỏng: {what}. Các ô điểm trong sổ vẫn nguyên. Hãy lấy sổ mới của lớp rồi chép các ô đã sửa sang, hoặc dùng bản sao trước đó.",
    Code.CLASS_OTHER: "Sổ này là của lớp {found}, không phải lớp {wanted}. Hãy chọn đúng sổ.",
    Code.CLASS_UNKNOWN: "Không có lớp {name} trong các lớp được phép mở. Xem danh sách bằng `kqht classes`.",
    Code.SCHOOL_UNKNOWN: "Không có trường {school} trong phạm vi được phép xem.",
    Code.ACCOUNT_UNKNOWN: "Không có tài khoản {username} trong phạm vi quản lý.",
    Code.ACCOUNT_EXISTS: "Không dùng được tên đăng nhập {username}. Hãy chọn tên khác, ví dụ thêm mã trường vào sau.",
    Code.SEND_UNKNOWN: "Máy chủ chưa nhận lần gửi {send_id}. Dữ liệu trong sổ vẫn nguyên, có thể gửi lại.",
    Code.SEND_REUSED: "Mã lần gửi {send_id} đã dùng cho nội dung khác, nên lần gửi này bị từ chối. Dữ liệu trong sổ vẫn nguyên. Hãy lấy lại lớp rồi gửi lần mới.",
    Code.SEND_MALFORMED: "Máy chủ không hiểu nội dung gửi: {what}. Dữ liệu trong sổ vẫn nguyên. Hãy cập nhật chương trình rồi gửi lại.",
    Code.NOT_SIGNED_IN: "Chưa đăng nhập hoặc phiên đăng nhập đã hết hạn. Dữ liệu trong sổ vẫn nguyên. Hãy đăng nhập: kqht login MÁY_CHỦ --user TÊN.",
    Code.SIGN_IN_FAILED: "Tên đăng nhập hoặc mật khẩu không đúng. Nếu quên mật khẩu, hãy nhờ người quản trị của trường đặt lại.",
    Code.SIGN_IN_THROTTLED: "Đăng nhập sai quá nhiều lần. Hãy chờ {seconds} giây rồi thử lại.",
    Code.FORBIDDEN: "Tài khoản không có quyền làm việc này ({what}). Nếu cần, hãy nhờ người quản trị của trường cấp quyền.",
    Code.NOT_REACHABLE: "Không liên lạc được với máy chủ {server}. Dữ liệu trong sổ vẫn nguyên; có thể làm tiếp không cần mạng và gửi lại sau.",
    Code.SERVICE_FAILED: "Máy chủ gặp lỗi khi xử lý (mã {reference}). Dữ liệu trong sổ vẫn nguyên, có thể gửi lại. Nếu vẫn lỗi, hãy báo mã này cho người hỗ trợ.",
    Code.PORT_TAKEN: "Không mở được {host}:{port}: {reason}. Hãy đóng chương trình đang dùng cổng ấy, hoặc chọn cổng khác bằng --port.",
    Code.DATABASE_UNUSABLE: "Không mở được cơ sở dữ liệu {database}: {reason}. Hãy kiểm tra địa chỉ cơ sở dữ liệu (--database) và máy chủ của nó.",
    Code.PLACE_UNUSABLE: "Không dùng được {file}: {reason}. Chưa có gì bị thay đổi. Hãy kiểm tra lại đường dẫn.",
    Code.NOT_FOUND: "Không có địa chỉ này trên máy chủ. Hãy kiểm tra lại địa chỉ hoặc cập nhật chương trình.",
    Code.REQUEST_INVALID: "Yêu cầu không hợp lệ: {what}. Hãy sửa rồi làm lại.",
    Code.ALREADY_LOCKED: "{block} của lớp {name} đã khóa lúc {at}, bởi {by}.",
    Code.NOT_LOCKED: "{block} của lớp {name} chưa khóa, không cần mở.",
    Code.LOCK_INCOMPLETE: "Chưa khóa được {block} của lớp {name}: còn {errors} lỗi và {blanks} ô trống. Hãy sửa theo danh sách rồi khóa lại.",
    Code.CELL_UNKNOWN: "Không có ô {cell} trong sổ. Hãy ghi dạng 'Lớp 11!F3', dòng phải là dòng của một học sinh.",
    Code.NOT_IN_CONFLICT: "Ô {cell} không có xung đột nào cần xử lý.",
    Code.OFFER_UNKNOWN: "Không có đề nghị sửa {offer}; chưa có gì được ghi. Xem các đề nghị hiện có: kqht repair TỆP.xlsx",
    Code.OFFER_CLOSED: "Không sửa được theo {offer}: {reason}. Chưa có gì được ghi.",
    Code.OFFER_OVERLAP: "Hai đề nghị {first} và {second} cùng sửa một ô; chưa có gì được ghi. Hãy chọn một.",
}


def refusal_text(refused: Refused) -> str:
    """The sentence of a refusal; facts it lacks are left out rather than hiding the rest."""
    facts = dict(refused.params)
    if "at" in facts:
        facts["at"] = local_time(facts["at"])
    return REFUSALS[refused.code].format_map(_Facts(facts)).rstrip()


_UNTOLD = {"hint": "", "reason": "tệp đang mở ở chương trình khác, hoặc chỉ cho đọc"}


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return _UNTOLD.get(key, "…")
