"""Reading a workbook costs no more than it must."""

import subprocess
import sys
from pathlib import Path

from tests.workbooks.sample import edited, full_state, written


def test_reading_brings_in_no_writer(tmp_path: Path) -> None:
    workbook = written(tmp_path, full_state())
    with edited(workbook) as book:
        book["Lớp 12"]["F4"] = "=G4"
        book["Lớp 12"].row_dimensions[5].hidden = True
    script = (
        "import sys; from pathlib import Path; from workbooks.files import FileWorkbook; "
        f"FileWorkbook(Path({str(workbook.path)!r})).read(); "
        "print([name for name in ('openpyxl', 'xlsxwriter', 'flask', 'sqlalchemy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
