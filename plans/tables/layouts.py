"""Table layouts that offices use, ready to start from; kept as data.

The numbers T1 to T22 are those of the survey of plans that this list was made from.
"""

from __future__ import annotations

from dataclasses import replace

from ..documents.model import Cell, ColumnKind, Row, RowKind
from .layout import EMPTY, column, data, layout, months, over_all, total

READY = (
    layout(  # T1
        "strategy-3",
        "要領、策略、方法三欄表",
        "一個要領之下有幾個策略，每個策略列出執行方法。",
        [
            column("實施要領", 0.7, down=True),
            column("執行策略", 1.2),
            column("執行方法", 2.4, on=True),
        ],
    ),
    layout(  # T2
        "work-items",
        "工作要項、重點、單位表",
        "構面與策略共用一個表頭，第一列先寫整體工作，不分構面。",
        [
            column("", 0.8, group="工作要項", down=True),
            column("", 1.4, group="工作要項", down=True),
            column("工作重點", 2.4, on=True),
            column("業務單位", 0.7, ColumnKind.UNIT),
        ],
        Row((Cell(span=2), EMPTY, EMPTY, EMPTY), RowKind.LEAD),
        data(4),
        data(4, None),
    ),
    layout(  # T3
        "timetable",
        "作業時程管制表（十二個月）",
        "每個專案列出課室、指標、考核方式，並在月份格塗色；適合橫印的附件。",
        [
            column("項次", 0.45, ColumnKind.NUMBER, down=True),
            column("課室", 0.6, ColumnKind.UNIT, down=True),
            column("專案（配分、承辦人）", 1.6, down=True),
            column("考核指標", 2.2, down=True),
            column("考核方式（月份）", 1.4),
            *months("{y}年"),
        ],
        data(17),
        data(17, None, None, None, None),
    ),
    layout(  # T4
        "indicators",
        "項目、指標、作法、期限表",
        "每個項目之下分指標，列出內容、具體作法與完成期限。",
        [
            column("項目", 0.6, down=True),
            column("指標", 0.8, down=True),
            column("內容", 1.5),
            column("具體作法", 2.4),
            column("完成期限", 0.7, ColumnKind.DATE),
        ],
        data(5),
        data(5, None),
    ),
    layout(  # T5
        "facets",
        "構面、策略、方法、效益表",
        "同一構面的各列共用一格預期效益。",
        [
            column("實施構面", 0.7, down=True),
            column("執行策略", 1.1),
            column("執行方法", 2.4),
            column("預期效益", 1.2, down=True),
        ],
        data(4),
        data(4, None, "", "", None),
    ),
    layout(  # T6
        "programme",
        "施政目標、計畫項目、實施內容表",
        "實施內容一格之內可再分使用、出納、會計等單位的辦理事項。",
        [
            column("施政目標", 0.8, down=True),
            column("計畫項目", 1.1),
            column("實施內容", 2.8),
        ],
    ),
)

MORE = (
    layout(  # T7
        "lead-units",
        "策略、方法、主辦單位、作法表",
        "每個構面一個表，主辦單位可有好幾個。",
        [
            column("執行策略", 1, down=True),
            column("執行方法", 1.8, on=True),
            column("主辦單位", 0.7, ColumnKind.UNIT),
            column("具體作法", 2),
        ],
    ),
    layout(  # T8
        "requirements",
        "要項、策略、方法、承辦單位表",
        "依實施要項分策略與方法，最後一欄寫承辦單位。",
        [
            column("實施要項", 0.8, down=True),
            column("執行策略", 1.2),
            column("執行方法", 2.2),
            column("承辦單位", 0.7, ColumnKind.UNIT),
        ],
    ),
    layout(  # T9
        "two-columns",
        "項目與作法兩欄表",
        "左欄寫實施項目，右欄寫具體作法。",
        [column("實施項目", 1), column("具體作法", 3)],
    ),
    layout(  # T10
        "evaluation",
        "評核項目、指標與檢討表",
        "評核項目、指標、次指標三層，附預期目標、承辦單位與管考方式；配分寫在表名。",
        [
            column("評核項目", 0.7, down=True),
            column("評核指標", 0.9, down=True),
            column("次評核指標", 1),
            column("具體作法", 2),
            column("預期目標", 1, ColumnKind.TARGET),
            column("承辦單位", 0.7, ColumnKind.UNIT),
            column("檢討管考", 0.8, ColumnKind.STATUS),
        ],
        title="（一）○○構面（○○分）",
    ),
    layout(  # T11
        "weighted-goals",
        "策略績效目標與衡量指標表（權重）",
        "目標與指標各有權重，指標列出評估方式、計算公式與目標值，表頭兩列。",
        [
            column("策略績效目標", 1.2, down=True),
            column("權重％", 0.5, ColumnKind.WEIGHT, down=True),
            column("指標", 1.2, group="衡量指標"),
            column("權重％", 0.5, ColumnKind.WEIGHT, group="衡量指標"),
            column("評估體制", 0.6, group="衡量指標"),
            column("評估方式", 0.8, group="衡量指標"),
            column("衡量標準", 1.6, group="衡量指標"),
            column("{y}年度目標值", 0.8, ColumnKind.TARGET),
        ],
    ),
    layout(  # T12
        "budget-plan",
        "業務別施政計畫與預算表",
        "依業務別列計畫項目、實施內容與預算金額。",
        [
            column("業務別", 0.7, down=True),
            column("重要施政計畫項目", 1.2),
            column("實施內容", 2.2),
            column("預算金額（千元）", 0.8, ColumnKind.MONEY),
            column("備註", 0.6, ColumnKind.NOTE),
        ],
        data(5),
        data(5, None),
        total(5, "合計", span=3),
    ),
    layout(  # T13
        "targets-4-years",
        "關鍵績效指標四年目標表",
        "每個指標列出本年度起四年的目標值。",
        [
            column("序號", 0.4, ColumnKind.NUMBER),
            column("關鍵績效指標", 1.4),
            column("衡量標準", 1.6),
            column("{y}年", 0.5, ColumnKind.TARGET, group="年度目標值"),
            column("{y1}年", 0.5, ColumnKind.TARGET, group="年度目標值"),
            column("{y2}年", 0.5, ColumnKind.TARGET, group="年度目標值"),
            column("{y3}年", 0.5, ColumnKind.TARGET, group="年度目標值"),
        ],
    ),
    layout(  # T14
        "baselines",
        "績效指標現況與階段目標表",
        "指標的定義、現況與第一階段要達到的值。",
        [
            column("範疇", 0.7, down=True),
            column("績效指標", 1.1),
            column("衡量或量化基準", 1.6),
            column("現況數據", 0.8, ColumnKind.TARGET),
            column("第一階段達成值", 0.8, ColumnKind.TARGET),
        ],
    ),
    layout(  # T15
        "milestones",
        "查核點與累計進度表",
        "每個查核點的預定完成日期、累計進度與支用數。",
        [
            column("工作內容", 1.4, down=True),
            column("內容狀態", 1, group="查核點"),
            column("預定完成日期", 0.8, ColumnKind.DATE, group="查核點"),
            column("累計預定進度％", 0.7, ColumnKind.TARGET),
            column("累計預定支用數", 0.8, ColumnKind.MONEY),
            column("查核點說明", 1.4, ColumnKind.NOTE),
        ],
    ),
    layout(  # T16
        "expenses",
        "經費概算表（分類小計）",
        "分人事費、業務費、資本門，每類有小計，最後總計；列出補助與配合款。",
        [
            column("項目", 1.2),
            column("單價", 0.6, ColumnKind.MONEY, group="計畫經費明細"),
            column("單位", 0.4, group="計畫經費明細"),
            column("數量", 0.4, ColumnKind.TARGET, group="計畫經費明細"),
            column("合計", 0.7, ColumnKind.MONEY, group="計畫經費明細"),
            column("支用說明", 1.4, ColumnKind.NOTE, group="計畫經費明細"),
            column("補助（A）", 0.7, ColumnKind.MONEY, group="經費來源"),
            column("配合款（F）", 0.7, ColumnKind.MONEY, group="經費來源"),
            column("總計（G=A+F）", 0.8, ColumnKind.MONEY, group="經費來源"),
        ],
        over_all(9, "人事費"),
        data(9),
        total(9, "小計", span=4),
        over_all(9, "業務費"),
        data(9),
        total(9, "小計", span=4),
        over_all(9, "資本門"),
        data(9),
        total(9, "小計", span=4),
        total(9, "總計", span=4),
    ),
    layout(  # T17
        "self-assessment",
        "單位績效目標自評表",
        "目標與配分、預期與執行成果、評分標準與自評，表頭兩列。",
        [
            column("單位績效目標（配分％）", 1.1, down=True),
            column("預期成果", 1.2, group="績效衡量指標"),
            column("執行成果", 1.2, group="績效衡量指標"),
            column("項目", 1, group="評分標準"),
            column("配分", 0.4, ColumnKind.POINTS, group="評分標準"),
            column("自評", 0.4, ColumnKind.POINTS, group="評分標準"),
            column("自評分數", 0.5, ColumnKind.POINTS, down=True),
            column("自我評估報告", 1.2, down=True),
        ],
        data(8),
        data(8, None, "", "", "", "", "", None, None),
        total(8, "合計", span=4),
    ),
    layout(  # T18
        "judged-groups",
        "受評機關分組表",
        "每組列出受評機關名稱與機關數。",
        [
            column("組別", 0.5, down=True),
            column("機關名稱", 2.5),
            column("機關數", 0.5, ColumnKind.TARGET),
        ],
        data(3, "甲組"),
        data(3, "乙組"),
    ),
    layout(  # T19
        "core-business",
        "核心業務與中斷容忍時間表",
        "每項核心業務的系統、重要性、影響與最大可容忍中斷時間。",
        [
            column("核心業務", 1),
            column("資通系統", 1),
            column("重要性說明", 1.4),
            column("業務失效影響", 1.4),
            column("最大可容忍中斷時間", 0.9, ColumnKind.TARGET),
        ],
    ),
    layout(  # T20
        "schedule-2-sides",
        "時間與活動並列表（一列兩筆）",
        "活動流程左右並列，一列印兩筆。",
        [
            column("時間", 0.7, ColumnKind.DATE),
            column("活動內容", 1.6),
            column("時間", 0.7, ColumnKind.DATE),
            column("活動內容", 1.6),
        ],
    ),
    layout(  # T21
        "duties",
        "單位業務分掌表",
        "左欄為單位，右欄分項寫所掌業務。",
        [column("單位", 0.7, ColumnKind.UNIT), column("業務分掌", 3)],
    ),
    layout(  # T22
        "comparison",
        "修正對照表",
        "修正規定、現行規定與說明三欄；適合橫印的附件。",
        [column("修正規定", 2), column("現行規定", 2), column("說明", 1.4)],
    ),
    layout(  # T22
        "revision-list",
        "歷次修訂一覽表",
        "每次修訂的日期、次別、文號與動作。",
        [
            column("日期", 0.8, ColumnKind.DATE),
            column("次別", 0.6),
            column("文號", 1.6),
            column("動作", 0.6, ColumnKind.STATUS),
        ],
    ),
    layout(
        "empty",
        "空白兩欄表",
        "從兩個空白的欄開始，自己加欄、命名。",
        [column("第一欄"), column("第二欄")],
    ),
)

LAYOUTS = {
    each.key: each for each in (*(replace(each, ready=True) for each in READY), *MORE)
}
