"""What other school software and teachers call our columns, beside the words of the layout: the one table of synonyms.

Case, accents, punctuation and spaces do not count. A new spelling met in a school's file is one word here.
"""

from __future__ import annotations

from collections.abc import Mapping

SUBJECT_WORDS: Mapping[str, tuple[str, ...]] = {
    "mathematics": ("Toán", "Toán học"),
    "literature": ("Ngữ văn", "Văn", "Văn học", "N.Văn"),
    "physics": ("Vật lí", "Lí", "V.Lý", "Vật lý"),
    "chemistry": ("Hóa học", "Hóa", "H.Học"),
    "biology": ("Sinh học", "Sinh", "S.Học", "Sinh vật"),
    "history": ("Lịch sử", "Sử", "L.Sử"),
    "geography": ("Địa lí", "Địa", "Đ.Lý", "Địa lý"),
    "civics": ("GDCD", "Giáo dục công dân", "Công dân", "CD"),
    "foreign_language": (
        "Ngoại ngữ", "Ngoại ngữ 1", "NN", "NN1", "N.Ngữ", "Tiếng Anh", "Anh văn", "T.Anh", "Anh", "Tiếng Nga",
        "Tiếng Pháp", "Tiếng Trung", "Tiếng Trung Quốc", "Tiếng Đức", "Tiếng Nhật", "Tiếng Hàn",
    ),
    "foreign_language_2": ("Ngoại ngữ 2", "NN2"),
    "economics_law": ("GDKT&PL", "GDKTPL", "KTPL", "KT&PL", "GDKT và PL", "Kinh tế pháp luật", "Kinh tế và pháp luật"),
    "informatics": ("Tin học", "Tin"),
    "technology": ("Công nghệ", "C.Nghệ"),
    "defence": ("GDQP-AN", "GDQP", "GDQPAN", "Quốc phòng", "QPAN", "GDQP và AN"),
    "physical_education": ("GDTC", "Thể dục", "TD", "Giáo dục thể chất"),
    "experiential_activities": ("HĐTN", "HĐTN, HN", "HĐTNHN", "TNHN", "Hoạt động trải nghiệm"),
    "local_education": ("GDĐP", "Giáo dục địa phương", "NDGDĐP", "GD địa phương"),
    "music": ("Âm nhạc", "Nhạc"),
    "fine_arts": ("Mĩ thuật", "Mỹ thuật"),
    "average_score": (
        "TB môn", "TBM", "ĐTB", "ĐTBM", "TB", "TBC", "TBCM", "ĐTBC", "Điểm TB", "Điểm TBM", "Điểm trung bình", "Trung bình",
        "TB các môn", "ĐTB các môn", "Trung bình các môn", "TB chung", "TBM chung", "TK chung", "Trung bình môn",
    ),
    "academic_rating": ("Học lực", "HL", "XLHL", "Kết quả học tập", "KQHT", "Học tập"),
    "conduct_rating": ("Hạnh kiểm", "HK", "XLHK", "Rèn luyện", "Kết quả rèn luyện", "KQRL"),
}  # fmt: skip
SUMMARIES = frozenset({"average_score", "academic_rating", "conduct_rating"})  # a subject named beside them goes before
LANGUAGE_WORDS = ("Môn ngoại ngữ", "Tên ngoại ngữ", "Môn NN", "Tên môn ngoại ngữ", "Ngoại ngữ học", "Thứ tiếng")

SURNAME, GIVEN_NAME = "surname", "given_name"
FIELD_WORDS: Mapping[str, tuple[str, ...]] = {
    "position": ("STT", "TT", "Số TT", "Số thứ tự"),
    "class_name": ("Lớp", "Tên lớp", "Lớp học", "Mã lớp"),
    "student_code": (
        "Mã định danh", "Mã định danh Bộ GD&ĐT", "Mã định danh Bộ", "Mã định danh của Bộ", "Mã định danh học sinh",
        "Mã định danh HS", "Mã học sinh", "Mã HS", "Mã số học sinh", "Mã số HS", "Mã số", "MHS",
    ),
    "full_name": (
        "Họ tên", "Họ và tên", "Họ tên học sinh", "Họ và tên học sinh", "Họ tên HS", "Họ và tên HS", "Tên học sinh",
        "Học sinh", "Họ, tên",
    ),
    SURNAME: ("Họ đệm", "Họ và đệm", "Họ và tên đệm", "Họ và chữ đệm", "Họ, tên đệm", "Họ lót", "Họ và tên lót", "Họ"),
    GIVEN_NAME: ("Tên",),
    "national_id": (
        "Số định danh cá nhân", "Số định danh", "Số ĐDCN", "ĐDCN", "Mã định danh cá nhân", "Mã ĐDCN", "Định danh cá nhân",
        "Số ĐDCN/CCCD", "Số định danh/CCCD",
    ),
    "id_card": ("Số CCCD", "CCCD", "Số căn cước", "Căn cước", "Căn cước công dân", "Số căn cước công dân", "Số CMND"),
    "birth_date": ("Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "N.Sinh", "Ng.Sinh", "NTNS"),
    "sex": ("Giới tính", "Nam/Nữ", "Phái", "GT"),
    "ethnic_group": ("Dân tộc", "DT"),
    "phone": ("Điện thoại", "Số điện thoại", "SĐT", "ĐTDĐ"),
}  # fmt: skip
IDENTITY = frozenset(
    {"position", "class_name", "student_code", "full_name", SURNAME, GIVEN_NAME}
)  # tell whose row it is
CARDS = ("national_id", "id_card")
NAMING = frozenset({"student_code", "full_name", SURNAME, GIVEN_NAME, *CARDS})  # a table has one of them

# Words round a subject's name that change nothing: “Điểm TK môn Toán” is Toán.
NOISE = frozenset((
    "diem", "tk", "tong", "ket", "mon", "cac", "cua", "so", "cot", "kq", "qua", "xep", "loai", "xl", "trung", "binh",
    "tb", "dtb", "tbm", "dtbm", "d", "dm", "bo", "hoc", "theo",
))  # fmt: skip
# Words of single marks: no result of ours stands under them.
COMPONENTS = frozenset((
    "tx", "gk", "ck", "ddg", "ddgtx", "ddggk", "ddgck", "mieng", "phut", "tiet", "giua", "cuoi", "kt", "kiem", "tra",
    "thi", "lai", "15p", "45p", "1t", "gki", "cki", "hs1", "hs2", "hs3",
))  # fmt: skip
NOT_OURS = (  # what begins like a subject of ours and is none
    "Sinh hoạt", "Địa phương", "Văn hóa", "Văn thể", "Văn nghệ", "Lý do", "Lý lịch", "Địa chỉ", "Sinh năm", "Học kỳ",
    "Văn bằng", "Anh chị em", "Họ tên cha", "Họ tên mẹ", "Họ tên bố",
)  # fmt: skip
FOOTERS = (  # how the lines under a table begin
    "tong", "cong", "si so", "nguoi lap", "hieu truong", "pho hieu truong", "gvcn", "giao vien", "ngay", "ky ten",
    "ty le", "ti le", "trung binh", "xac nhan", "ghi chu", "thu truong", "danh sach", "so luong", "nu", "gioi", "kha",
)  # fmt: skip
