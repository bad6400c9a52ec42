"""What the templates say, in Chinese."""

WORDS = {
    "Planned": "计划中",
    "Under way": "进行中",
    "Done": "已完成",
    "Start": "开始",
    "Finish": "完成",
    "Date": "日期",
    "Code": "编码",
    "Name": "名称",
    "Due on": "到期日",
    "Done on": "完成日期",
    "State": "状态",
    "Note": "备注",
    "More": "更多",
    "Until": "至",
    "Item": "条目",
    "Items": "条目",
}
