"""Where people stand in the menu."""

from __future__ import annotations

from dougong import MenuItem, _, pgettext

ENTRIES = [
    ("employees", _("Employees"), "users-group"),
    ("contracts", _("Contracts"), "file-certificate"),
    ("leaves", _("Leave"), "beach"),
    ("attendances", _("Attendance"), "clock-check"),
    ("rosters", _("Rosters"), "calendar-user"),
    ("claims", _("Expense claims"), "receipt-refund"),
    ("advances", _("Advances"), "cash"),
    ("payrolls", _("Payrolls"), "cash-banknote"),
    ("payslips", _("Payslips"), "file-dollar"),
    ("transfers", _("Bank transfers"), "building-bank"),
    ("benefits", _("Benefits"), "heart-handshake"),
    ("pay-inputs", _("Monthly entries"), "pencil-dollar"),
    ("deductions", _("Additional tax deductions"), "home-dollar"),
    ("tasks", _("Tasks for people"), "checkbox"),
    ("openings", _("Openings"), "speakerphone"),
    ("applicants", _("Applicants"), "user-search"),
    ("interviews", _("Interviews"), "messages"),
    ("offers", _("Offers"), "file-dollar"),
    ("courses", _("Courses"), "school"),
    ("sessions", _("Training sessions"), "presentation"),
    ("certificates", _("Certificates"), "certificate"),
    ("agreements", _("Confidentiality agreements"), "writing-sign"),
    ("appraisals", _("Appraisals"), "chart-radar"),
    ("feedback", _("Feedback"), "message-2"),
    ("cycles", _("Appraisal periods"), "calendar-repeat"),
    ("departments", _("Departments"), "hierarchy"),
    ("positions", pgettext("employee", "Jobs"), "briefcase"),
    ("plans", _("Joining and leaving plans"), "list-check"),
    ("entitlements", _("Leave entitlements"), "scale"),
    ("leave-types", _("Types of leave"), "category"),
    ("shifts", _("Shifts"), "clock-hour-8"),
    ("applicant-stages", _("Stages of applicants"), "timeline"),
    ("structures", _("Pay structures"), "math-function"),
    ("insurance-plans", _("Social insurance by place"), "shield-half"),
    ("benefit-plans", _("Benefit plans"), "gift"),
    ("rate-tables", _("Rate tables"), "table"),
]
MENU = [
    MenuItem(key="hr", label=_("People"), icon="users-group", order=60),
    *(
        MenuItem(
            key=f"hr.{slug}", label=label, to=f"hr.{slug}", parent="hr", icon=icon, order=n * 10
        )
        for n, (slug, label, icon) in enumerate(ENTRIES, 1)
    ),
    MenuItem(key="hr.my", label=_("My desk"), to="/hr/my", parent="hr", icon="user", order=1,
        needs="hr.desk.read"),
    MenuItem(
        key="hr.organisation", label=_("Organisation chart"), to="/hr/organisation", parent="hr",
        icon="sitemap", order=15, needs="hr.employee.read",
    ),
    MenuItem(
        key="hr.kiosk", label=_("Check in and out"), to="hr.kiosk", parent="hr", icon="scan",
        order=35, needs="hr.attendance.stamp",
    ),
]  # fmt: skip
