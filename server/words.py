"""The few Vietnamese words that the service puts into the sentences of `shared.messages` and `shared.refusals`."""

from __future__ import annotations

BLANK = "(trống)"
SOMEONE = "người nhập ban đầu"
UNKNOWN_COLUMN = "không có cột"

# What an account may not do (`auth.forbidden`).
SENDING = "gửi dữ liệu lớp"
COMPLETING = "khóa hoặc mở khóa lớp"
MANAGING = "quản trị trường"
MANAGING_ACCOUNT = "quản lý tài khoản này"
MANAGING_SCHOOLS = "quản lý các trường"
SEEING_DEPARTMENT = "xem tiến độ toàn sở"

# What is wrong in a request (`request.invalid`).
REASON_MISSING = "chưa ghi lý do"
UNDO_ID_SAME = "mã hoàn tác trùng mã lần gửi"
OWN_ACCOUNT = "không thể tự khóa hoặc xóa tài khoản đang dùng"
SCHOOL_EXISTS = "mã trường đã có"
NO_SUCH_YEAR = "trường chưa có năm học này"
NO_SUCH_CLASS = "không có lớp {name}"
BODY_NOT_JSON = "nội dung không phải JSON"
BODY_TOO_LARGE = "nội dung quá lớn"
BODY_NOT_GZIP = "nội dung nén bị hỏng"
METHOD_NOT_ALLOWED = "địa chỉ này không nhận thao tác đó"
FIELDS = "xem lại {names}"

# Copies of the database.
NOT_A_BACKUP = "tệp {file} không phải bản sao lưu của chương trình này hoặc đã hỏng"
DATABASE_IN_USE = "dịch vụ đang chạy trên cơ sở dữ liệu này, hãy dừng dịch vụ trước"
DATABASE_NOT_EMPTY = "cơ sở dữ liệu đích phải trống"
PROGRAM_MISSING = "máy này không có chương trình {program} của PostgreSQL"
PROGRAM_FAILED = "{program} báo lỗi: {told}"
