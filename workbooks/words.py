"""The words that a class workbook itself shows: its prompts, its report, its states. Vietnamese stands here only."""

from __future__ import annotations

from shared.problems import Severity

SCORE_TITLE = "Điểm"
SCORE_ERROR = "Giá trị này không phải điểm từ 0 đến 10. Vẫn giữ giá trị vừa gõ? Kiểm tra và Sửa nhanh sẽ giúp sửa."
CHOICE_TITLE = "Chọn trong danh sách"
CHOICE_ERROR = "Giá trị không có trong danh sách. Vẫn có thể giữ lại và sửa sau."
DATE_TITLE = "Ngày"
DATE_PROMPT = "Ghi ngày/tháng/năm, ví dụ 05/09/2005."
NUMBER_TITLE = "Số định danh"
NUMBER_PROMPT = "Đủ 12 chữ số, kể cả số 0 ở đầu."

NOT_CHECKED = "Chưa kiểm tra lần nào. Bấm “Kiểm tra” hoặc chạy kqht check."
CLEAN = "✔ Không có lỗi"
REPORT_TITLE = "KẾT QUẢ KIỂM TRA LỚP {name} – {school} – năm học {school_year}"
REPORT_COUNTS = "{errors} lỗi, {warnings} cảnh báo"
REPORT_NOTES = ", {notes} thông báo"
REPORT_LEGEND = "Màu ô trên các trang – Đỏ: lỗi · Vàng: cảnh báo · Tím: xung đột · Xanh xám: đã sửa nhưng khối đã khóa"
REPORT_COLUMNS = ("Mức độ", "Trang", "Ô", "Học sinh", "Cột", "Giá trị", "Nội dung", "Gợi ý")
GROUP = "{symbol} {cause}: {count} chỗ"
GROUP_ROWS = ", dòng {first}–{last}"
GROUP_ROW = ", dòng {first}"
SEVERITY_WORDS = {
    Severity.ERROR: "✖ Lỗi",
    Severity.WARNING: "! Cảnh báo",
    Severity.INFO: "i Thông báo",
}

OFFERS_TITLE = "ĐỀ NGHỊ SỬA: {count} đề nghị cần xem rồi mới sửa"
SINGLE_OFFERS = "Trong đó {count} đề nghị chỉ sửa một ô. Xem và chọn: kqht repair TỆP.xlsx"
OFFER_COLUMNS = ("Đề nghị", "Trang", "Ô", "Học sinh", "Môn", "Hiện có", "Sau khi sửa (* là ô thay đổi)", "")
OFFER = "⇆ {sheet} – {title}"
OFFER_MARK = "⇆ Sửa"
OFFER_CLOSED = "Chưa sửa được: {reason}."

UNCHANGED = "○ Chưa sửa"
CHANGED = "✎ Đã sửa {count} ô"
ERRORS = "✖ {count} lỗi"
WARNINGS = "! {count} cảnh báo"
CONFLICTS = "⇄ {count} xung đột"
SENT = "✔ Đã gửi {at}"
LOCKED = "■ Khóa"

FOOTER_LEFT = "Lớp {name} – {school}"
FOOTER_RIGHT = "Trang &P/&N"

# what is damaged in the workbook's memory
SECTIONS = {
    "manifest": "phần nhận dạng sổ",
    "roster": "danh sách học sinh đã lấy về",
    "base": "dữ liệu gốc đã lấy về",
    "lock": "các khóa",
    "history": "lịch sử sửa",
    "conflict": "các xung đột",
    "outbox": "lần gửi đang dở",
    "receipt": "biên nhận lần gửi cuối",
    "checksum": "dấu kiểm tra",
}
HIDDEN_PART = "trang ẩn của chương trình, {section}"

# why a file cannot be read or written, and what to do
NOT_A_FILE = "đây là thư mục"
EMPTY_FILE = "tệp rỗng"
ENCRYPTED = "tệp có mật khẩu hoặc là dạng .xls cũ"
NOT_A_ZIP = "tệp không phải dạng .xlsx"
TRUNCATED = "tệp bị đứt hoặc hỏng"
TOO_BIG = "nội dung bung ra quá lớn"
PROTECTED_FILE = "tệp có mật khẩu"
NOT_A_TABLE = "tệp không phải bảng tính hay bảng CSV"
TOO_FAR = "có ô chứa dữ liệu quá dòng {rows}"
NO_WORKBOOK = "tệp không chứa trang tính Excel"
NO_FOLDER = "không có thư mục {folder}"
NO_RIGHT = "tài khoản trên máy không có quyền ghi vào đó"
NO_RIGHT_TO_READ = "tài khoản trên máy không có quyền đọc tệp"
READ_ONLY = "tệp chỉ cho đọc"
READ_ONLY_DISK = "ổ đĩa chỉ cho đọc"
DISK_FULL = "ổ đĩa đã đầy"
NAME_TOO_LONG = "tên tệp quá dài"
IN_USE = "tệp đang mở ở chương trình khác"
IN_USE_OR_NO_RIGHT = "tệp đang mở ở chương trình khác, hoặc tài khoản trên máy không có quyền ghi"
OPEN_ELSEWHERE = "tệp đang mở ở chương trình khác (bên cạnh có tệp khóa {mark})"
OTHER_REASON = "hệ điều hành báo lỗi số {number}"
HINT_RESAVE = "Hãy mở tệp bằng Excel hoặc LibreOffice và lưu lại dạng .xlsx, hoặc dùng bản sao khác."
HINT_UNPROTECT = "Hãy mở tệp, bỏ mật khẩu, lưu lại rồi làm lại."
HINT_ONE_CLASS = "Hãy xuất từng lớp hay từng khối ra một tệp riêng rồi làm lại."
HINT_CLOSE = "Hãy đóng tệp rồi làm lại."
HINT_LOCK_FILE = "Hãy đóng tệp rồi làm lại. Nếu không còn chương trình nào mở tệp, hãy xóa tệp khóa {mark} rồi làm lại."
HINT_FOLDER = "Hãy tạo thư mục đó hoặc ghi lại đúng đường dẫn."
HINT_FILE_NAME = "Hãy ghi cả tên tệp .xlsx."
HINT_RIGHT = "Hãy nhờ người quản lý máy cấp quyền, hoặc dùng thư mục của mình."
HINT_READ_ONLY = "Hãy bỏ thuộc tính chỉ đọc của tệp, hoặc chép tệp sang chỗ khác rồi làm lại."
HINT_ELSEWHERE = "Hãy chép tệp sang chỗ khác rồi làm lại."
HINT_SPACE = "Hãy xóa bớt tệp không cần rồi làm lại."
HINT_SHORTER = "Hãy đặt tên ngắn hơn."

# oddities of a sheet
COLUMN_MISSING = "thiếu cột"
COLUMN_TWICE = "có hai cột"
TWO_PLACES = "({first} và {second})"
COLUMN_MOVED = "Trang {sheet}: cột đã chuyển chỗ, vẫn đọc đúng: {names}."
COLUMN_EXTRA = "Trang {sheet}: cột không thuộc mẫu nên không được kiểm tra và không được gửi: {names}."
OLDER_TEMPLATE = "Sổ theo mẫu cũ hơn ({found}), vẫn dùng được."
CHANGED_MEANWHILE = "tệp vừa được lưu lại trong lúc chương trình đang làm việc với nó"
HINT_AGAIN = "Bản vừa lưu được giữ nguyên; hãy làm lại lệnh này."
