"""Control tables as offices copy them: tabs between cells, heads again on each page."""

from plans.documents.model import tables
from plans.readers.text import fold, read
from schedule.timetable.from_tables import Settings, read_control_tables

YEAR = 115
COLUMNS = (
    "項次",
    "課室",
    "工作名稱（配分／承辦人）",
    "考核指標",
    "查核方式（月份）",
)
OPENING = "青嵐鄉公所115年度施政計畫\n壹、目標\n附件1 青嵐鄉公所115年度管制表\n"
DRILLS = "1. 演練。(70%) 2. 物資。(30%)"
TREES = (
    "1",
    "民政課",
    "路樹養護（2分／林一樹）",
    "1. 修枝次數。(60%) 2. 補植數量。(40%)",
    "實地（3-4月）",
)
PARKS = (
    "2",
    "民政課",
    "公園清潔（3分／陳二河）",
    "1. 巡檢紀錄。(50%) 2. 改善時效。(50%)",
    "書面（每月）",
)
HALLS = ("3", "民政課", "活動中心（4分／王三山）", "1. 場次。(100%)", "網頁（7月）")
LABELS = {"民": "民政課", "社": "社會課", "建": "建設課"}


def columns_of(*names):
    """The usual heads, and more that an office has of its own."""
    return ("項次", "課室", "工作項目", "考核指標", "考核方式", *names)


def sheet(*rows, columns=COLUMNS):
    """One page: the head, and ``rows`` of texts; a dict at a row's end is its months."""
    head = "\t".join((*columns, *(f"{month}月" for month in range(1, 13))))
    return "\n".join((head, *(_typed(row, len(columns)) for row in rows), "", ""))


def _typed(row, size):
    texts = [text for text in row if isinstance(text, str)]
    months = next((cell for cell in row if isinstance(cell, dict)), {})
    cells = texts + [""] * (size - len(texts))
    return "\t".join((*cells, *(months.get(month, "") for month in range(1, 13))))


def read_sheets(*sheets, **settings):
    """What is read from these pages of one annex."""
    settings.setdefault("labels", LABELS)
    found = tables(fold(read(OPENING + "".join(sheets)), {}))
    return read_control_tables(found, Settings(YEAR, **settings))


def codes(reading):
    """The codes of all flags, in their order."""
    return [flag.code for flag in reading.flags]


def items_by_name(reading):
    """Every item by its name; the names are different."""
    return {item.name: item for item in reading.timetable.items()}
