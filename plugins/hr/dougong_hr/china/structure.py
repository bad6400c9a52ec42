"""The pay structure of mainland China, and the tables of its income tax.

Income tax on wages is withheld cumulatively over the calendar year (State Taxation Administration,
announcement 2018 no. 61, article 6): the taxable income of the year so far by the yearly brackets,
less what was withheld before; a negative result withholds nothing and is given back, if at all, by
the annual settlement.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from dougong_hr.china.places import CITIES
from dougong_hr.structures.models import Component, Structure
from dougong_hr.tables.models import RateRow, RateTable

#: Since the income tax law of 2018 is in force.
SINCE = dt.date(2019, 1, 1)
#: Upper bound of the taxable income of a year, rate in percent, quick deduction.
BRACKETS = [
    ("36000", "3", "0"), ("144000", "10", "2520"), ("300000", "20", "16920"),
    ("420000", "25", "31920"), ("660000", "30", "52920"), ("960000", "35", "85920"),
    (None, "45", "181920"),
]  # fmt: skip
#: Code, English, Chinese of the tables.
_TABLES = [
    ("iit_rate", "Income tax: rates", "个人所得税税率"),
    ("iit_quick", "Income tax: quick deductions", "速算扣除数"),
    ("iit_allowance", "Income tax: monthly allowance", "每月减除费用"),
    ("iit_bonus_rate", "Income tax on an annual bonus: rates", "年终奖税率"),
    ("iit_bonus_quick", "Income tax on an annual bonus: quick deductions", "年终奖速算扣除数"),
    (
        "severance_high",
        "Severance: three times the average wage, by place",
        "离职补偿：当地月平均工资三倍",
    ),
]
#: What nobody pays tax on, each month.
ALLOWANCE = "5000"

#: Branch, English and Chinese; those that employees pay too; to whom they are owed.
_BRANCHES = [
    ("pension", "Pension", "养老保险", True, "social_payable"),
    ("medical", "Medical insurance", "医疗保险", True, "social_payable"),
    ("unemployment", "Unemployment insurance", "失业保险", True, "social_payable"),
    ("injury", "Work injury insurance", "工伤保险", False, "social_payable"),
    ("maternity", "Maternity insurance", "生育保险", False, "social_payable"),
    ("housing", "Housing fund", "住房公积金", True, "housing_payable"),
]
_TAXABLE = (
    "max(0, ytd_gross + gross + ytd_benefit_income + benefit_income - ytd_allowance - allowance"
    " - ytd_relief - relief - ytd_before_tax - before_tax - ytd_extra - extra)"
)
#: Code, English, Chinese, kind, formula, purpose, shown.
_BEFORE = [
    ("bonus", "Bonus entered", "奖金（录入）", "input", None, None, False),
    ("annual_bonus", "Annual bonus entered", "年终奖（录入）", "input", None, None, False),
    ("severance", "Severance entered", "离职补偿（录入）", "input", None, None, False),
    ("salary", "Salary", "基本工资", "earning", "round(wage, 2)", "wages", True),
    (
        "unpaid", "Unpaid leave", "无薪假扣款", "earning",
        "-round(full_wage * unpaid_days / max(working_days, 1), 2)", "wages", True,
    ),
    ("bonus_pay", "Bonus", "奖金", "earning", "bonus", "wages", True),
    ("gross", "Gross pay of the month", "当月应发工资", "info", "salary + unpaid + bonus_pay", None, True),
    (
        "annual_bonus_pay", "Annual bonus", "全年一次性奖金", "earning", "annual_bonus", "wages",
        True,
    ),
    ("severance_pay", "Severance pay", "离职补偿金", "earning", "severance", "wages", True),
]  # fmt: skip
#: Both shares of benefits; the insurer or whoever provides them is paid by the employer.
_BENEFITS = [
    (
        "benefit", "Benefits", "福利个人承担", "deduction", "round(benefit_employee, 2)",
        "social_payable", True,
    ),
    (
        "benefit_employer_part", "Benefits, employer", "福利（单位承担）", "employer",
        "round(benefit_employer, 2)", "social_payable", True,
    ),
]  # fmt: skip
_AFTER = [
    (
        "relief", "Social insurance and housing fund", "三险一金", "info",
        "pension + medical + unemployment + housing", None, False,
    ),
    (
        "before_tax", "Benefits before tax", "税前福利扣除", "info",
        "round(benefit_before_tax, 2)", None, False,
    ),
    (
        "benefit_income", "Taxed benefits", "应税福利", "info", "round(benefit_taxed, 2)", None,
        False,
    ),
    ("allowance", "Basic deduction", "减除费用", "info", 'lookup("iit_allowance")', None, False),
    ("extra", "Additional deductions", "专项附加扣除", "info", "additional", None, False),
    ("taxable", "Taxable income of the year", "累计应纳税所得额", "info", _TAXABLE, None, True),
    (
        "tax_due", "Tax of the year so far", "累计应纳税额", "info",
        'round(taxable * lookup("iit_rate", taxable) / 100 - lookup("iit_quick", taxable), 2)',
        None, True,
    ),
    (
        "tax", "Income tax", "个人所得税", "deduction", "max(0, tax_due - ytd_tax)",
        "tax_withheld", True,
    ),
    (
        "annual_bonus_tax", "Income tax on the annual bonus", "全年一次性奖金个税", "deduction",
        'round(annual_bonus * lookup("iit_bonus_rate", annual_bonus / 12) / 100'
        ' - lookup("iit_bonus_quick", annual_bonus / 12), 2)',
        "tax_withheld", True,
    ),
    (
        "severance_taxed", "Severance above the exempt amount", "离职补偿应税额", "info",
        'max(0, severance - 12 * lookup("severance_high", place)) if severance > 0 else 0',
        None, False,
    ),
    (
        "severance_tax", "Income tax on severance", "离职补偿金个税", "deduction",
        'round(severance_taxed * lookup("iit_rate", severance_taxed) / 100'
        ' - lookup("iit_quick", severance_taxed), 2)',
        "tax_withheld", True,
    ),
]  # fmt: skip
#: On what contributions are counted: the base within the limits of the place.
_BASES = [
    (
        "social_base_used", "Base of social insurance", "社保缴费基数", "info",
        'min(max(social_base, lookup("pension.low", place)), lookup("pension.high", place))'
        ' if lookup("pension.employee", place) + lookup("pension.employer", place) > 0 else 0',
        None, True,
    ),
    (
        "housing_base_used", "Base of housing fund", "公积金缴存基数", "info",
        'min(max(housing_base, lookup("housing.low", place)), lookup("housing.high", place))'
        ' if lookup("housing.employee", place) + lookup("housing.employer", place) > 0 else 0',
        None, True,
    ),
]  # fmt: skip

Row = tuple[str, str, str, str, "str | None", "str | None", bool]


def china_structure(chinese: bool) -> Structure:
    """Salary, bonus, unpaid leave; social insurance and housing fund; income tax."""
    rows: list[Row] = [
        *_BEFORE, *_BASES, *_insured("employee"), *_AFTER, *_insured("employer"), *_BENEFITS,
    ]  # fmt: skip
    return Structure(
        code="CN",
        name="中国大陆" if chinese else "Mainland China",
        components=components(rows, chinese),
    )


def simple_structure(chinese: bool) -> Structure:
    """Salary and bonus, nothing kept back."""
    return Structure(
        code="SIMPLE",
        name="仅工资" if chinese else "Salary only",
        components=components([*_BEFORE, *_BENEFITS], chinese),
    )


def components(rows: list[Row], chinese: bool) -> list[Component]:
    """The components of a structure, in the words of the country."""
    return [
        Component(
            position=at,
            code=code,
            name=native if chinese else english,
            kind=kind,
            formula=formula,
            purpose=purpose,
            shown=shown,
        )
        for at, (code, english, native, kind, formula, purpose, shown) in enumerate(rows)
    ]


def china_tables(chinese: bool) -> list[RateTable]:
    """The brackets of the year, the monthly allowance, and the brackets of the annual bonus.

    A bonus that is paid once a year may be taxed by itself until the end of 2027: a twelfth of it
    finds the monthly rate and quick deduction (Ministry of Finance and State Taxation
    Administration, announcement 2023 no. 30). Severance up to three times the average yearly wage
    of the place is free of tax; what lies above is taxed by itself, by the brackets of the year
    (Ministry of Finance and State Taxation Administration, Cai Shui 2018 no. 164, article 5).
    """
    rates = [RateRow(from_on=SINCE, upto=_bound(u), value=Decimal(r)) for u, r, _q in BRACKETS]
    quick = [RateRow(from_on=SINCE, upto=_bound(u), value=Decimal(q)) for u, _r, q in BRACKETS]
    allowance = [RateRow(from_on=SINCE, value=Decimal(ALLOWANCE))]
    by_month = [(None if u is None else str(Decimal(u) / 12), r, q) for u, r, q in BRACKETS]
    bonus = [RateRow(from_on=SINCE, upto=_bound(u), value=Decimal(r)) for u, r, _q in by_month]
    bonus_quick = [
        RateRow(from_on=SINCE, upto=_bound(u), value=Decimal(q) / 12) for u, _r, q in by_month
    ]
    highest = [
        RateRow(from_on=dt.date(year, 7, 1), key=city.code, value=Decimal(limits[1]))
        for city in CITIES
        for year, limits in city.limits.items()
    ]
    tables = (rates, quick, allowance, bonus, bonus_quick, highest)
    return [
        RateTable(code=code, name=native if chinese else english, rows=rows)
        for (code, english, native), rows in zip(_TABLES, tables, strict=True)
    ]


def _insured(side: str) -> list[Row]:
    """The contributions of employee or employer: the base within its limits, times the rate."""
    found: list[Row] = []
    for branch, english, native, both, purpose in _BRANCHES:
        if side == "employee" and not both:
            continue
        base = "housing_base" if branch == "housing" else "social_base"
        within = f'min(max({base}, lookup("{branch}.low", place)), lookup("{branch}.high", place))'
        formula = f'{within} * lookup("{branch}.{side}", place) / 100'
        if side == "employee":
            formula += f' + lookup("{branch}.fixed", place)'
        mine = side == "employee"
        found.append(
            (
                branch if mine else f"{branch}_employer",
                english if mine else f"{english}, employer",
                native if mine else f"{native}（单位）",
                "deduction" if mine else "employer",
                f"round({formula}, 2)",
                purpose,
                True,
            )
        )
    return found


def _bound(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
