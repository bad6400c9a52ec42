"""Examples of what two cities ask for; whoever uses them compares them with the city's notice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from dougong_hr.insurance.models import InsurancePlan, InsuranceRate

NOTE = "Example figures. Compare them with the notice of the place before you pay by them."
NOTE_CN = "示例数据，正式使用前请与当地公布的标准核对。"


class City(NamedTuple):
    """A city's rates, and the limits of the base by the year from July on."""

    code: str
    name: str
    native: str
    #: Branch: employee, employer, fixed amount of the employee.
    rates: dict[str, tuple[str, str, str]]
    #: Year: low and high of social insurance, low and high of the housing fund.
    limits: dict[int, tuple[str, str, str, str]]


CITIES = [
    City(
        "shanghai", "Shanghai", "上海",
        {
            "pension": ("8", "16", "0"), "medical": ("2", "9", "0"),
            "unemployment": ("0.5", "0.5", "0"), "injury": ("0", "0.2", "0"),
            "housing": ("7", "7", "0"),
        },
        {
            2024: ("7384", "36921", "2690", "36921"),
            2025: ("7460", "37302", "2740", "37302"),
        },
    ),
    City(
        "beijing", "Beijing", "北京",
        {
            "pension": ("8", "16", "0"), "medical": ("2", "9.8", "3"),
            "unemployment": ("0.5", "0.5", "0"), "injury": ("0", "0.2", "0"),
            "housing": ("12", "12", "0"),
        },
        {
            2024: ("6821", "35283", "2420", "35283"),
            2025: ("7162", "35811", "2540", "35811"),
        },
    ),
]  # fmt: skip


def example_places(chinese: bool) -> list[InsurancePlan]:
    """Shanghai and Beijing, with the rows of 2024 and 2025."""
    return [
        InsurancePlan(
            code=city.code,
            name=city.native if chinese else city.name,
            note=NOTE_CN if chinese else NOTE,
            rates=[rate for year in city.limits for rate in _rates(city, year)],
        )
        for city in CITIES
    ]


def _rates(city: City, year: int) -> list[InsuranceRate]:
    low, high, housing_low, housing_high = city.limits[year]
    return [
        InsuranceRate(
            branch=branch,
            from_on=dt.date(year, 7, 1),
            employee=Decimal(employee),
            employer=Decimal(employer),
            fixed=Decimal(fixed),
            low=Decimal(housing_low if branch == "housing" else low),
            high=Decimal(housing_high if branch == "housing" else high),
        )
        for branch, (employee, employer, fixed) in city.rates.items()
    ]
