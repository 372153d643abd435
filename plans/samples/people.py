"""The fictional offices of the sample data, with their units and people."""

from __future__ import annotations

from dataclasses import dataclass

from offices.models import Role

# Known to everyone, so sample accounts belong on a trial installation only.
PASSWORD = "Demo-plan-114"  # noqa: S105 - published on purpose


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """One account; ``unit`` is the label of a unit of the same office, or ""."""

    username: str
    full_name: str
    title: str
    unit: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class SampleOffice:
    """One agency; ``units`` are (name, label), ``plan`` the file of its plan."""

    code: str
    name: str
    short_name: str
    units: tuple[tuple[str, str], ...]
    people: tuple[SamplePerson, ...]
    parent: str = ""
    plan: str = ""


OWNER = (Role.OWNER,)
HEAD = (Role.UNIT_HEAD,)
CHIEF = (Role.CHIEF,)
READER = (Role.READER,)
COORDINATOR = (Role.COORDINATOR,)

CIVIL_AFFAIRS = SampleOffice(
    code="MS00",
    name="明山市政府民政局",
    short_name="民政局",
    units=(("戶政科", "戶"), ("區政科", "區"), ("秘書室", "秘")),
    people=(
        SamplePerson("ding", "丁若嵐", "科長", "戶", (Role.SUPERIOR, Role.READER)),
        SamplePerson("jin", "金犇宇", "股長", "區", (Role.SUPERIOR,)),
        SamplePerson("shao", "邵于庭", "科員", "秘", COORDINATOR),
    ),
)

DONGHU = SampleOffice(
    code="MS01",
    name="明山市東湖戶政事務所",
    short_name="東湖戶所",
    units=(("戶籍登記課", "登"), ("戶籍行政課", "行"), ("秘書室", "秘")),
    people=(
        SamplePerson("zhou", "周品堃", "課員", "行", COORDINATOR),
        SamplePerson("wu", "吳沛芩", "課員", "登", OWNER),
        SamplePerson("xu", "許泓哲", "課長", "登", HEAD),
        SamplePerson("lin", "林喆維", "主任", "", CHIEF),
        SamplePerson("chen", "陳𡍼安", "秘書", "秘", CHIEF),
        SamplePerson("lai", "賴映竹", "書記", "秘", READER),
    ),
    parent="MS00",
    plan="donghu-114.txt",
)

NANPU = SampleOffice(
    code="MS02",
    name="明山市南埔戶政事務所",
    short_name="南埔戶所",
    units=(
        ("戶籍登記課", "登"),
        ("戶籍行政課", "行"),
        ("秘書室", "秘"),
        ("人事管理員", "人"),
    ),
    people=(
        SamplePerson("he", "何語恩", "課員", "行", COORDINATOR),
        SamplePerson("ruan", "阮柏翰", "課長", "登", HEAD),
        SamplePerson("fu", "傅家寧", "管理員", "人", OWNER),
    ),
    parent="MS00",
    plan="nanpu-114.txt",
)

ZHUYUAN = SampleOffice(
    code="MS03",
    name="明山市竹園區戶政事務所",
    short_name="竹園戶所",
    units=(("登記課", "登"), ("行政課", "行"), ("資料課", "資")),
    people=(
        SamplePerson("jian", "簡峯齊", "課員", "行", COORDINATOR),
        SamplePerson("you", "游采縈", "主任", "", CHIEF),
    ),
    parent="MS00",
    plan="zhuyuan-114.txt",
)

HEDONG = SampleOffice(
    code="MS11",
    name="明山市河東區公所",
    short_name="河東區公所",
    units=(
        ("民政課", "民"),
        ("社會課", "社"),
        ("經建課", "經"),
        ("兵役課", "兵"),
        ("人文課", "文"),
        ("秘書室", "秘"),
    ),
    people=(
        SamplePerson("gu", "谷昱辰", "研考", "秘", (Role.COORDINATOR, Role.OWNER)),
        SamplePerson("hou", "侯知遠", "區長", "", CHIEF),
        SamplePerson("pan", "潘羽彤", "課長", "民", HEAD),
        SamplePerson("cao", "曹仲犇", "課員", "民", OWNER),
        SamplePerson("wen", "溫筱喆", "里幹事", "民", OWNER),
        SamplePerson("luo", "駱承峯", "課員", "民", OWNER),
        SamplePerson("fang", "方堃瑜", "課員", "民", OWNER),
        SamplePerson("chi", "池婉如", "課員", "社", OWNER),
        SamplePerson("ji", "紀思穎", "課員", "社", OWNER),
        SamplePerson("gao", "高珈妤", "課員", "社", OWNER),
        SamplePerson("bo", "顧柏勛", "技士", "經", OWNER),
        SamplePerson("mai", "麥予安", "技佐", "經", OWNER),
        SamplePerson("zeng", "曾雋", "課員", "兵", OWNER),
        SamplePerson("bai", "白于晴", "課員", "兵", OWNER),
        SamplePerson("tu", "塗家華", "課員", "兵", OWNER),
        SamplePerson("duan", "段玟蓁", "課員", "文", OWNER),
        SamplePerson("yin", "尹亦騰", "課員", "文", OWNER),
    ),
    parent="MS00",
    plan="hedong-114.txt",
)

SHIPING = SampleOffice(
    code="HA21",
    name="海岸縣石坪鄉戶政事務所",
    short_name="石坪戶所",
    units=(("登記組", "登"), ("行政組", "行")),
    people=(
        SamplePerson("lan", "藍羿璿", "戶籍員", "行", COORDINATOR),
        SamplePerson("mo", "莫曉嵐", "主任", "", CHIEF),
        SamplePerson("qiu", "邱靖淳", "戶籍員", "登", OWNER),
    ),
    plan="shiping-114.txt",
)

# A parent stands before the offices below it.
OFFICES = (CIVIL_AFFAIRS, DONGHU, NANPU, ZHUYUAN, HEDONG, SHIPING)

# While 周品堃 is away, 吳沛芩 acts for him: (person, deputy).
DEPUTY = ("zhou", "wu")
