"""The few Vietnamese words that the service puts into the sentences of `shared.messages` and `shared.refusals`."""

from __future__ import annotations

from collections.abc import Mapping

SOMEONE = "người nhập ban đầu"
UNKNOWN_COLUMN = "không có cột"

# What an account may not do (`auth.forbidden`).
SENDING = "gửi dữ liệu lớp"
COMPLETING = "khóa hoặc mở khóa lớp"
MANAGING = "quản trị trường"
MANAGING_ACCOUNT = "quản lý tài khoản này"
MANAGING_SCHOOLS = "quản lý các trường"
SEEING_DEPARTMENT = "xem tiến độ toàn sở"

ANY_OF_YEAR = "nào của năm học {year}"  # “Không có lớp {name} …” (`class.unknown`)

# What is wrong in a request (`request.invalid`).
REASON_MISSING = "chưa ghi lý do"
OWN_ACCOUNT = "không thể tự khóa, xóa hoặc đổi vai trò của tài khoản đang dùng"
NO_SUCH_YEAR = "trường chưa có năm học này"
NO_SUCH_CLASS = "trường không có lớp {name} trong năm học này"
NO_SUCH_RIGHT = "không có quyền nào tên là {right}; các quyền là {rights}"
ONLY_GDTX = "chỉ trường GDTX mới đặt được số môn này; ở THPT, thông tư 22/2021 đã quy định"
NOT_SCORED = "môn chuyên {subject} không thuộc các môn tính điểm trong báo cáo của lớp; hãy chọn một trong: {known}"
BODY_NOT_JSON = "nội dung không phải JSON"
BODY_TOO_LARGE = "nội dung quá lớn, nhiều nhất 8 MB"
BODY_NOT_GZIP = "nội dung nén bị hỏng"
METHOD_NOT_ALLOWED = "địa chỉ này không nhận thao tác đó"
BODY_NOT_OBJECT = "nội dung phải là một đối tượng JSON"
UNKNOWN_FIELD = "không có mục nào tên là {name}"
MISSING_FIELD = "thiếu {name}"
WRONG_FIELD = "{name} {must}"
WRONG_ROW = "dòng thứ {number} không đọc được"
MORE_FAULTS = "và {count} chỗ khác"
ROW_TWICE = "một học sinh có hai dòng cho cùng một trang"

# The fields of requests: what each is called, and what it must be.
_LINE = "phải là chữ trên một dòng, nhiều nhất {most} ký tự"
_FROM_8 = "phải có ít nhất 8 ký tự, nhiều nhất 256 ký tự"
_ID = "phải gồm chữ không dấu, số và các dấu _ . : -, nhiều nhất 64 ký tự"
_FEW = "phải là số nguyên từ 1 đến 12, hoặc null để bỏ"
_YES_OR_NO = "phải là true hoặc false"
FIELDS: Mapping[str, tuple[str, str]] = {
    "all": ("mục thoát trên mọi máy", _YES_OR_NO),
    "before": ("mốc lịch sử", "phải là số nguyên từ 1"),
    "chosen_subjects": ("số môn lựa chọn", _FEW),
    "classes": ("các lớp và quyền", 'phải có dạng {"12A1": ["view", "results"]}'),
    "code": ("mã trường", "không dùng được; hãy chọn mã khác, gồm chữ, số và các dấu _ . -, nhiều nhất 32 ký tự"),
    "column": ("cột", _LINE.format(most=200)),
    "current": ("mật khẩu hiện tại", "phải là chữ, nhiều nhất 256 ký tự"),
    "disabled": ("mục khóa tài khoản", _YES_OR_NO),
    "full_name": ("họ tên", _LINE.format(most=200)),
    "grade": ("khối", "phải là 10, 11 hoặc 12"),
    "grades": ("các khối", "phải là 10, 11, 12, cách nhau bằng dấu phẩy"),
    "least_subjects": ("số môn tối thiểu của một mức", _FEW),
    "level": ("cấp học", "phải là THPT hoặc GDTX"),
    "name": ("tên trường", _LINE.format(most=200)),
    "new": ("mật khẩu mới", _FROM_8),
    "password": ("mật khẩu", _FROM_8),
    "period": ("học kỳ", "phải là hk1 hoặc hk2"),
    "reason": ("lý do", "phải là chữ, nhiều nhất 1000 ký tự"),
    "revoke_tokens": ("mục đăng xuất mọi nơi", _YES_OR_NO),
    "role": ("vai trò", "phải là staff hoặc school_admin"),
    "rows": ("các dòng", "phải là một danh sách dòng, nhiều nhất 50000 ô"),
    "school_year": ("năm học", "phải có dạng 2022-2023"),
    "send_id": ("mã lần gửi", _ID),
    "source": ("nguồn gửi", "phải là workbook"),
    "specialised": ("môn chuyên", _LINE.format(most=200)),
    "stage": ("giai đoạn", "phải là 1 hoặc 2"),
    "student_code": ("mã định danh học sinh", _LINE.format(most=64)),
    "undo_id": ("mã lần hoàn tác", _ID),
    "username": ("tên đăng nhập", "phải gồm chữ, số và các dấu . _ @ -, nhiều nhất 64 ký tự"),
}


def wrong(field: str) -> str:
    """That a field is not what it must be."""
    name, must = FIELDS[field]
    return WRONG_FIELD.format(name=name, must=must)


def cited(text: object) -> str:
    """What a request said, as far as a sentence can repeat it."""
    return "“" + "".join(letter for letter in str(text)[:64] if letter.isprintable()) + "”"


# What an answer is, by its status: the titles of problems, and the description of the API.
STATUSES: Mapping[int, str] = {
    200: "đã xong",
    201: "đã tạo",
    204: "đã xong, không có nội dung",
    400: "yêu cầu không hợp lệ",
    401: "chưa đăng nhập, hoặc mật khẩu không đúng",
    403: "không có quyền",
    404: "không có, hoặc ngoài phạm vi được xem",
    405: "địa chỉ không nhận thao tác này",
    409: "trái với điều máy chủ đang giữ",
    413: "nội dung quá lớn",
    422: "chưa đủ điều kiện",
    429: "phải chờ",
    500: "máy chủ gặp lỗi",
}

# What each operation of the API does, by its view.
OPERATIONS: Mapping[str, str] = {
    "post_login": "Đăng nhập: đổi mật khẩu lấy mã đăng nhập",
    "post_logout": "Đăng xuất, ở đây hoặc trên mọi máy",
    "get_me": "Tài khoản đang đăng nhập, trường và quyền theo lớp",
    "put_password": "Đổi mật khẩu của chính mình; mọi nơi phải đăng nhập lại",
    "get_schools": "Các trường được phép xem",
    "post_school": "Thêm một trường (sở)",
    "put_stage": "Chuyển năm học của trường sang giai đoạn 1 hoặc 2",
    "patch_school": "Đặt số môn mà chương trình GDTX 2018 còn để ngỏ (sở, quản trị trường GDTX)",
    "get_department_progress": "Tiến độ từng trường, mỗi trường một dòng",
    "get_users": "Các tài khoản thuộc quyền quản lý",
    "post_user": "Thêm tài khoản",
    "patch_user": "Sửa họ tên, vai trò, mật khẩu, quyền; khóa hoặc đăng xuất tài khoản",
    "delete_user": "Xóa tài khoản; lịch sử của tài khoản vẫn còn",
    "get_classes": "Các lớp được phép mở, với các khối đã khóa và tiến độ",
    "get_progress": "Bảng tiến độ của trường, mỗi lớp một dòng",
    "get_class": "Chương trình từng khối của lớp và các thiết lập của lớp",
    "patch_class": "Đặt hoặc bỏ môn chuyên của lớp (quản trị trường)",
    "get_snapshot": "Lấy lớp như máy chủ đang giữ",
    "post_send": "Gửi các ô đã sửa; gửi lại cùng mã thì nhận lại đúng biên nhận cũ",
    "get_receipt": "Biên nhận của một lần gửi",
    "post_undo": "Hoàn tác một lần gửi, trừ những ô đã được sửa tiếp",
    "get_history": "Ai đã sửa gì, mới nhất trước",
    "get_findings": "Kết quả kiểm tra dữ liệu máy chủ đang giữ",
    "post_completion": "Xét hoàn thành: khóa một học kỳ của một khối",
    "post_reopening": "Mở khóa một học kỳ của một khối, có lý do",
    "get_lock_events": "Ai đã khóa và mở khóa gì, khi nào, vì sao; mới nhất trước",
}

# Copies of the database.
NOT_A_BACKUP = "tệp {file} không phải bản sao lưu của chương trình này hoặc đã hỏng"
DATABASE_IN_USE = "dịch vụ đang chạy trên cơ sở dữ liệu này, hãy dừng dịch vụ trước"
DATABASE_NOT_EMPTY = "cơ sở dữ liệu đích phải trống"
PROGRAM_MISSING = "máy này không có chương trình {program} của PostgreSQL"
PROGRAM_FAILED = "{program} báo lỗi: {told}"
