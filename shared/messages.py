"""What a finding says: what is wrong with which numbers, and what to do. One sentence a code, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.problems import Code, Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

_CATALOGUE: Mapping[Code, tuple[Severity, str, str]] = {
    # profile
    Code.ID_MISSING: (_E, "Thiếu số định danh", "Chưa có số định danh cá nhân, CCCD hay CMND. Hãy nhập số CCCD/định danh 12 chữ số (lấy theo thẻ hoặc hỏi Công an xã); học sinh nước ngoài nhập số hộ chiếu."),
    Code.ID_LEADING_ZERO: (_E, "Số định danh mất số 0 ở đầu", "{where} ghi {value}, chỉ còn {digits} chữ số vì Excel bỏ số 0 ở đầu. Hãy sửa thành {fixed} và để ô ở dạng chữ (Text)."),
    Code.ID_LENGTH: (_E, "Số định danh sai độ dài", "{where} ghi {value}, có {length}. Số định danh/CCCD phải đủ 12 chữ số (CMND cũ: 9 chữ số).{hint} Hãy nhập lại theo thẻ."),
    Code.ID_SCI: (_E, "Số định danh bị Excel làm mất chữ số", "{where} ghi {value}, đã bị Excel đổi sang dạng lũy thừa và mất chữ số cuối. Hãy định dạng ô kiểu chữ (Text) rồi nhập lại đủ 12 chữ số."),
    Code.ID_DUP_FILE: (_E, "Trùng số định danh", "{where} ghi {value}, trùng với học sinh {other} (dòng {row}). Mỗi người chỉ có một số; hãy kiểm tra thẻ của cả hai học sinh."),
    Code.ID_SEX: (_W, "Số định danh không khớp giới tính", "Chữ số thứ 4 của {number} là {digit}, ứng với {implied}, nhưng Giới tính ghi {sex}. Hãy đối chiếu với giấy khai sinh và thẻ."),
    Code.ID_CENTURY: (_E, "Số định danh không khớp thế kỷ sinh", "Chữ số thứ 4 của {number} là {digit}, ứng với người sinh {century}, nhưng Ngày sinh ghi năm {year}. Hãy sửa số định danh hoặc Ngày sinh."),
    Code.ID_YEAR: (_W, "Số định danh không khớp năm sinh", "Chữ số thứ 5–6 của {number} là {digits}, ứng với năm sinh ..{digits}, nhưng Ngày sinh ghi năm {year}. Hãy đối chiếu với thẻ."),
    Code.ID_PREFIX: (_W, "Đầu số định danh lạ", "Ba số đầu {prefix} của {number} không phải mã tỉnh, thành phố nào. Hãy kiểm tra lại; nếu học sinh khai sinh ở nước ngoài thì bỏ qua."),
    Code.ID_TWO_FIELDS: (_E, "CCCD và số định danh khác nhau", "Số CCCD {card} khác Số định danh cá nhân {number}, trong khi hai số này phải là một. Hãy sửa ô sai theo thẻ."),
    Code.ID_FOREIGN: (_W, "Hộ chiếu và quốc tịch", "{what} Hãy kiểm tra Quốc tịch và Số hộ chiếu."),
    Code.DOB_TYPE: (_E, "Ngày sinh sai dạng", "Ngày sinh {value} không đọc được chắc chắn. Hãy nhập dạng chữ dd/mm/yyyy, ví dụ 12/07/2005."),
    Code.DOB_SWAP: (_W, "Có thể đảo ngày và tháng", "Ngày sinh {value} khác ngày {pulled} đã lấy về, và chỉ khác vì đảo ngày với tháng. Hãy đối chiếu giấy khai sinh; nếu nhầm hãy sửa lại thành {pulled}."),
    Code.DOB_RANGE: (_W, "Tuổi bất thường", "Ngày sinh {value}: đến 31/12/{year} học sinh {age} tuổi, {span} của lớp {grade}. Hãy kiểm tra năm sinh."),
    Code.SEX_VALUE: (_E, "Giới tính", "Giới tính ghi {value}, không hợp lệ. Chỉ nhận Nam hoặc Nữ."),
    Code.ETHNIC_VALUE: (_E, "Dân tộc", "{where} ghi {value}, không có trong danh mục dân tộc.{hint} Hãy chọn trong danh sách."),
    Code.ADDR_INCOMPLETE: (_E, "Thiếu nơi thường trú", "Thiếu {where}. Nơi thường trú phải đủ {parts} theo sổ hộ khẩu; hãy nhập thêm.{hint}"),
    Code.ADDR_NOT_IN_CATALOGUE: (_E, "Địa chỉ ngoài danh mục", "{where} ghi {value}, {what}."),
    Code.ADDR_NEW_2025: (_W, "Địa chỉ theo đơn vị hành chính của năm khác", "{where} ghi {value}, {what}."),
    Code.NAME_FORMAT: (_W, "Cách viết họ tên", "{where} {value}: {what}. Hãy kiểm tra và viết lại theo giấy khai sinh."),
    Code.DUP_STUDENT: (_W, "Có thể trùng học sinh", "Học sinh {value} trùng họ tên và ngày sinh với dòng {row}. Hãy kiểm tra có phải một em nhập hai lần."),
    Code.PROFILE_MISSING: (_E, "Hồ sơ còn thiếu", "Thiếu {where}. Hãy nhập vào hồ sơ."),
    Code.PHONE_LEADING_ZERO: (_W, "Số điện thoại mất số 0 ở đầu", "{where} ghi {value}, chỉ còn 9 chữ số vì Excel bỏ số 0 ở đầu. Hãy sửa thành {fixed} và để ô ở dạng chữ (Text)."),
    Code.CATALOGUE_VALUE: (_E, "Giá trị ngoài danh mục", "{where} ghi {value}, không có trong danh mục. Hãy chọn một trong: {choices}."),
    Code.DATE_VALUE: (_E, "Ngày tháng sai dạng", "{where} ghi {value}, không phải một ngày. Hãy nhập dạng dd/mm/yyyy."),
    Code.TEXT_CHARACTERS: (_E, "Ký tự lạ", "{where} ghi {value}, có ký tự ẩn, khoảng trắng thừa hoặc quá dài. Hãy gõ lại ô này."),
    # scores
    Code.SC_TYPE: (_E, "Điểm không phải số", "{where} ghi {value}, không phải là số. Hãy nhập điểm từ 0 đến 10; chưa có điểm thì để trống ô, không ghi gạch ngang, chữ x hay số 0; được miễn thì ghi lý do, ví dụ “Miễn”."),
    Code.SC_DECIMAL: (_W, "Cách viết điểm", "{where} ghi {value}, viết dạng chữ. Hãy sửa thành số {fixed}."),
    Code.SC_DATE: (_E, "Điểm bị đổi thành ngày", "{where} ghi {value}, đã bị Excel đổi thành ngày tháng.{hint} Hãy định dạng ô kiểu số rồi nhập lại điểm."),
    Code.SC_X10: (_E, "Điểm thiếu dấu thập phân", "{where} ghi {value}, lớn hơn 10, có thể thiếu dấu thập phân ({value} thay vì {fixed}). Hãy sửa lại điểm."),
    Code.SC_RANGE: (_E, "Điểm ngoài thang 10", "{where} ghi {value}, nằm ngoài khoảng 0 đến 10. Hãy sửa lại theo sổ điểm."),
    Code.SC_PRECISION: (_E, "Điểm quá một chữ số thập phân", "{where} ghi {value}, có nhiều hơn một chữ số thập phân. Hãy làm tròn thành {fixed}."),
    Code.SC_BLANK_STAGE1: (_E, "Thiếu kết quả giai đoạn 1", "Chưa có {where}. Giai đoạn 1 cần đủ lớp 10, lớp 11 và học kỳ I lớp 12; hãy nhập.{hint}"),
    Code.SC_BLANK_STAGE2: (_E, "Thiếu kết quả giai đoạn 2", "Chưa có {where}. Giai đoạn 2 cần đủ học kỳ II và cả năm lớp 12; hãy nhập.{hint}"),
    Code.SC_EARLY_STAGE2: (_W, "Nhập sớm giai đoạn 2", "Đang ở giai đoạn 1 mà đã nhập {count} ô HK2, CN của lớp 12 (bắt đầu từ {where}). Hãy kiểm tra có nhầm cột hay nhầm giai đoạn."),
    Code.SC_CN_FORMULA: (_E, "Điểm cả năm không khớp hai học kỳ", "Điểm cả năm môn {subject} là {value}, theo công thức ({a} + 2×{b})/3 phải là {fixed}. Hãy sửa CN thành {fixed}{others}."),
    Code.SC_CN_RETEST: (_W, "Có thể là điểm kiểm tra lại", "Điểm cả năm môn {subject} là {value}, theo công thức ({a} + 2×{b})/3 là {fixed}. Nếu là điểm kiểm tra lại trong hè thì giữ và ghi “{value} (kiểm tra lại)”; nếu không hãy sửa thành {fixed}."),
    Code.SC_TB_CN: (_W, "TB môn cả năm lệch hai học kỳ", "TB môn cả năm là {value}, còn ({a} + 2×{b})/3 là {fixed}: lệch {gap} (thường không quá 0.1). Hãy tính lại TB môn từ điểm cả năm các môn."),
    Code.SC_TB_FEASIBLE: (_E, "TB môn không thể có", "TB môn {term} là {value}, nhưng các môn đã nhập có trung bình {mean}: dù thêm {most} môn ngoài báo cáo cũng không thể ra {value}. Hãy kiểm tra TB môn và điểm các môn."),
    Code.SC_TB_LOW: (_W, "TB môn thấp so với điểm các môn", "TB môn {term} là {value}, trong khi các môn đã nhập có trung bình {mean}: các môn ngoài báo cáo phải dưới 5.0. Hãy kiểm tra lại TB môn."),
    Code.SC_SHIFT: (_E, "Dòng điểm bị lệch ô", "Từ môn {subject} trở đi điểm có vẻ bị {what}: dời lại thì {after}/{total} môn khớp công thức cả năm, hiện chỉ {before}. Hãy đối chiếu cả dòng với sổ điểm.{how}"),
    Code.SC_SERIES: (_W, "Dãy điểm tăng hoặc giảm đều", "{count} ô liền nhau từ {where} {way} đều {step} ({first} … {last}), có thể do kéo chuột tự điền. Hãy đối chiếu với sổ điểm."),
    Code.SC_CONSTANT: (_W, "Cột điểm giống hệt nhau", "{what} Hãy kiểm tra có dán nhầm cột."),
    Code.SC_COL_SWAP: (_W, "Có thể nhầm cột", "{broken}/{total} học sinh có điểm cả năm môn {subject} không khớp, nhưng khớp nếu {what}. Hãy kiểm tra có dán nhầm cột.{how}"),
    Code.SC_NN_LANG: (_E, "Môn ngoại ngữ", "{what} Hãy chọn một trong: {choices}."),
    Code.SC_NN_CHANGE: (_W, "Đổi môn ngoại ngữ", "Môn ngoại ngữ là {value}, khác {other} của lớp {grade}. Nếu học sinh đổi ngoại ngữ thì giữ và ghi “{value} (đổi ngoại ngữ)”; nếu không hãy sửa."),
    Code.GDTX_SUBJECTS: (_I, "Môn không bắt buộc của GDTX", "Chưa có kết quả môn {names}: học viên GDTX có thể không học, không phải lỗi."),
    Code.MH_UNSTUDIED: (_E, "Môn học sinh không học", "{where} ghi {value}, nhưng {what}. Hãy xóa kết quả môn này, hoặc sửa {place} ở trang Hồ sơ."),
    Code.MH_COUNT: (_E, "Số môn lựa chọn", "{what}, cần {wanted}. Hãy nhập đủ, hoặc ghi {place} ở trang Hồ sơ."),
    Code.EXEMPT: (_I, "Để trống có lý do", "{count} ô để trống vì: {reason} ({names})."),
    # ratings
    Code.HL_CODE: (_E, "Mã học lực", "{where} ghi {value}, không hợp lệ{hint}. Chỉ nhận: {choices}."),
    Code.HL_TOO_HIGH: (_E, "Xếp loại cao hơn mức cho phép", "{rating} {term} ghi {value} nhưng cao nhất chỉ được {fixed}: {why}. Hãy sửa xếp loại hoặc điểm."),
    Code.HL_LOWER: (_W, "Xếp loại thấp hơn điểm các môn", "{rating} {term} ghi {value}, theo các môn đã nhập phải là {fixed}: {why}. Hãy kiểm tra {hint}; nếu đúng thì giữ."),
    Code.HL_PROVEN_LOW: (_E, "Xếp loại thấp vô lý", "{rating} {term} ghi {value}, nhưng phải là {fixed}: {why}, mà {proof}. Hãy sửa xếp loại hoặc điểm."),
    Code.HK_CODE: (_E, "Mã hạnh kiểm, rèn luyện", "{where} ghi {value}, không hợp lệ{hint}. Chỉ nhận: {choices}."),
    Code.HK_CN: (_W, "Hạnh kiểm cả năm bất thường", "Hạnh kiểm cả năm {value} trong khi HK1 {a}, HK2 {b}. Cả năm chủ yếu căn cứ học kỳ II; hãy kiểm tra lại."),
    Code.RL_CN: (_E, "Rèn luyện cả năm sai quy tắc", "Kết quả rèn luyện cả năm ghi {value}, với HK1 {a} và HK2 {b} phải là {fixed} (Điều 8 Thông tư 22/2021). Hãy sửa thành {fixed}.{hint}"),
    Code.NX_CODE: (_E, "Mã nhận xét", "{where} ghi {value}, không hợp lệ. Môn đánh giá bằng nhận xét chỉ nhận: {choices}."),
    Code.NX_CN: (_E, "Nhận xét cả năm không khớp học kỳ II", "Môn {subject} cả năm ghi {value}, mà học kỳ II là {b}: kết quả cả năm là kết quả học kỳ II (khoản 1 Điều 9 Thông tư 22/2021). Hãy sửa thành {fixed}.{hint}"),
    Code.PROMOTION: (_W, "Chưa đủ điều kiện lên lớp", "{where} là {value}: không đủ điều kiện lên lớp mà học sinh đã học lớp trên. Hãy kiểm tra kết quả sau kiểm tra lại hoặc rèn luyện hè."),
    Code.ELIGIBLE_EXAM: (_W, "Chưa đủ điều kiện dự thi", "{where} là {value}: không đủ điều kiện dự thi tốt nghiệp. Hãy kiểm tra lại với hồ sơ."),
    # the workbook
    Code.MOET_ID: (_E, "Mã định danh bị xóa", "Dòng này có dữ liệu nhưng trống Mã định danh. Mã định danh không được sửa; hãy ghi lại mã như trong sổ đã tải về."),
    Code.MOET_ID_DUPLICATE: (_E, "Mã định danh lặp lại", "Mã định danh {value} đã có ở dòng {row}. Mỗi học sinh chỉ một dòng; hãy xóa dòng thừa hoặc ghi lại đúng mã."),
    Code.MOET_ID_UNKNOWN: (_E, "Mã định danh lạ", "Mã định danh {value} không có trong danh sách lớp. Hãy ghi lại mã đúng, hoặc xóa dòng này nếu học sinh không thuộc lớp."),
    Code.ROW_MISSING: (_E, "Thiếu dòng học sinh", "Trang {sheet} không có dòng của học sinh {student}. Hãy chép lại dòng đó từ sổ đã tải về hoặc lấy lại lớp."),
    Code.ROW_IDENTITY: (_E, "Dòng bị dán đè", "Họ tên ở dòng này là {value}, nhưng Mã định danh {student} là của {name}. Có thể dòng đã bị dán đè; hãy kiểm tra cả dòng."),
    Code.TPL_COLUMNS: (_E, "Cột của trang bị đổi", "Trang {sheet}: {what} {names}. Hãy khôi phục tiêu đề như sổ đã tải về."),
    Code.TPL_SHEET: (_E, "Thiếu trang", "Không tìm thấy trang {sheet}. Nếu trang đã bị đổi tên, hãy đặt lại đúng tên {sheet}. Nếu đã bị xóa: hãy gửi các ô đã sửa ở những trang còn lại, lấy sổ mới vào tệp khác (kqht pull LỚP -o TỆP-MỚI.xlsx), rồi nhập lại vào đó những ô chưa gửi của trang ấy."),
    Code.TPL_EXTRA_SHEET: (_I, "Trang thêm", "Trang {sheet} không thuộc mẫu nên không được kiểm tra và không được gửi."),
    Code.TPL_CLASS: (_E, "Sai lớp", "Dòng này ghi lớp {value}, sổ là của lớp {wanted}. Hãy kiểm tra có dán nhầm dòng của lớp khác."),
    Code.TPL_COUNT: (_W, "Số học sinh không khớp", "Trang {sheet} có {count} học sinh, danh sách lớp có {wanted}. Hãy kiểm tra dòng thừa hoặc thiếu."),
    Code.TPL_GHOST: (_I, "Dòng trống thừa", "Trang {sheet} có {count} dòng trống có định dạng ở cuối bảng; các dòng này được bỏ qua."),
    Code.TPL_MERGED: (_E, "Ô bị gộp", "Trang {sheet} có ô bị gộp trong vùng dữ liệu ({cell}), chỉ ô đầu còn giá trị. Hãy bỏ gộp (Unmerge) và nhập lại từng ô."),
    Code.TPL_HIDDEN_ROWS: (_I, "Dòng bị ẩn", "Trang {sheet} có {count} dòng đang ẩn; các dòng này vẫn được kiểm tra và gửi."),
    Code.TPL_FORMULA_ERR: (_E, "Công thức lỗi", "Ô {cell} có công thức lỗi ({what}). Hãy sửa công thức hoặc nhập thẳng giá trị."),
    Code.TPL_FORMULA_EMPTY: (_W, "Công thức chưa được tính", "Ô {cell} có công thức nhưng chưa có giá trị. Hãy mở sổ bằng Excel hoặc LibreOffice, lưu lại rồi kiểm tra lại."),
    # work with the service
    Code.CONFLICT: (_W, "Hai nơi cùng sửa", "{where}: trên máy là {mine}, máy chủ là {theirs} (do {by} sửa). Hãy chọn giữ giá trị nào."),
    Code.LOCKED: (_E, "Đã khóa", "{block} đã khóa hoàn thành nên ô này không gửi được. Nếu cần sửa, hãy đề nghị người có quyền mở khóa."),
    Code.SEND_STALE: (_W, "Thay đổi sau lần gửi cuối", "{what} đã thay đổi sau lần gửi cuối lúc {at}. Hãy Đặt trạng thái gửi lại rồi gửi."),
    Code.FORBIDDEN_CELL: (_E, "Không có quyền sửa", "Tài khoản không có quyền sửa ô này. Hãy nhờ người quản trị của trường cấp quyền hoặc sửa giúp."),
}  # fmt: skip

SEVERITIES: Mapping[Code, Severity] = {code: severity for code, (severity, _, _) in _CATALOGUE.items()}
CAUSES: Mapping[Code, str] = {code: cause for code, (_, cause, _) in _CATALOGUE.items()}
MESSAGES: Mapping[Code, str] = {code: words for code, (_, _, words) in _CATALOGUE.items()}

# What a tidy-up says: the value is understood, only its form is put right.
_TIDY = "{where} ghi {value} được hiểu là {fixed}. Hãy sửa ô thành {fixed} (lệnh sửa tự động làm được việc này)."
_RETYPE = "{where} {value} đang ở kiểu ngày hoặc kiểu số của Excel. Hãy đổi ô sang dạng chữ {fixed} (lệnh sửa tự động làm được việc này)."

_FONT = "{where} ghi {value} bằng phông cũ {font}, được hiểu là {fixed}. Hãy sửa ô thành {fixed} bằng phông Unicode (lệnh sửa tự động làm được việc này)."
_COPY = "{where} còn trống trong khi {source} là {fixed}: hai số này là một. Hãy chép {fixed} vào ô (lệnh sửa tự động làm được việc này)."


def message(code: Code, **params: Any) -> str:
    """The sentence of a finding; facts it lacks are left out rather than hiding the rest."""
    return MESSAGES[code].format_map(_Facts(params))


def tidy_message(**params: Any) -> str:
    """The sentence for a value that is understood but not written as it should be."""
    words = _RETYPE if params.get("value") == params.get("fixed") else _TIDY
    if "source" in params:
        words = _COPY
    elif "font" in params:
        words = _FONT
    return words.format_map(_Facts(params))


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "" if key in {"hint", "others", "how"} else "…"
