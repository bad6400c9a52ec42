"""The rows a new house begins with: plain tables."""

from __future__ import annotations

#: Code, symbol, name.
CURRENCIES = [
    ("AED", "AED", "UAE dirham"), ("ARS", "$", "Argentine peso"), ("AUD", "A$", "Australian dollar"),
    ("BDT", "৳", "Bangladeshi taka"), ("BGN", "лв", "Bulgarian lev"), ("BHD", "BD", "Bahraini dinar"),
    ("BRL", "R$", "Brazilian real"), ("CAD", "C$", "Canadian dollar"), ("CHF", "CHF", "Swiss franc"),
    ("CLP", "$", "Chilean peso"), ("CNY", "¥", "Chinese yuan"), ("COP", "$", "Colombian peso"),
    ("CZK", "Kč", "Czech koruna"), ("DKK", "kr", "Danish krone"), ("DZD", "DA", "Algerian dinar"),
    ("EGP", "E£", "Egyptian pound"), ("ETB", "Br", "Ethiopian birr"), ("EUR", "€", "Euro"),
    ("GBP", "£", "Pound sterling"), ("GHS", "GH₵", "Ghanaian cedi"), ("HKD", "HK$", "Hong Kong dollar"),
    ("HUF", "Ft", "Hungarian forint"), ("IDR", "Rp", "Indonesian rupiah"), ("ILS", "₪", "Israeli shekel"),
    ("INR", "₹", "Indian rupee"), ("IQD", "IQD", "Iraqi dinar"), ("ISK", "kr", "Icelandic krona"),
    ("JOD", "JD", "Jordanian dinar"), ("JPY", "¥", "Japanese yen"), ("KES", "KSh", "Kenyan shilling"),
    ("KRW", "₩", "South Korean won"), ("KWD", "KD", "Kuwaiti dinar"), ("KZT", "₸", "Kazakhstani tenge"),
    ("LKR", "Rs", "Sri Lankan rupee"), ("MAD", "DH", "Moroccan dirham"), ("MNT", "₮", "Mongolian togrog"),
    ("MOP", "MOP$", "Macanese pataca"), ("MXN", "$", "Mexican peso"), ("MYR", "RM", "Malaysian ringgit"),
    ("NGN", "₦", "Nigerian naira"), ("NOK", "kr", "Norwegian krone"), ("NZD", "NZ$", "New Zealand dollar"),
    ("OMR", "OMR", "Omani rial"), ("PEN", "S/", "Peruvian sol"), ("PHP", "₱", "Philippine peso"),
    ("PKR", "Rs", "Pakistani rupee"), ("PLN", "zł", "Polish zloty"), ("QAR", "QR", "Qatari riyal"),
    ("RON", "lei", "Romanian leu"), ("RSD", "din", "Serbian dinar"), ("RUB", "₽", "Russian rouble"),
    ("SAR", "SR", "Saudi riyal"), ("SEK", "kr", "Swedish krona"), ("SGD", "S$", "Singapore dollar"),
    ("THB", "฿", "Thai baht"), ("TND", "DT", "Tunisian dinar"), ("TRY", "₺", "Turkish lira"),
    ("TWD", "NT$", "New Taiwan dollar"),
    ("TZS", "TSh", "Tanzanian shilling"), ("UAH", "₴", "Ukrainian hryvnia"),
    ("UGX", "USh", "Ugandan shilling"), ("USD", "$", "US dollar"), ("UYU", "$U", "Uruguayan peso"),
    ("UZS", "soʻm", "Uzbekistani som"), ("VND", "₫", "Vietnamese dong"),
    ("XAF", "FCFA", "Central African franc"),
    ("XOF", "CFA", "West African franc"), ("ZAR", "R", "South African rand"),
]  # fmt: skip

#: Code, English, Chinese, family, how many reference units, decimal places.
UNITS = [
    ("pc", "Piece", "件", "piece", "1", 0), ("set", "Set", "套", "piece", "1", 0),
    ("pair", "Pair", "双", "piece", "2", 0), ("dozen", "Dozen", "打", "piece", "12", 0),
    ("kg", "Kilogram", "千克", "weight", "1", 3), ("g", "Gram", "克", "weight", "0.001", 3),
    ("t", "Tonne", "吨", "weight", "1000", 6), ("lb", "Pound", "磅", "weight", "0.45359237", 3),
    ("m", "Metre", "米", "length", "1", 3), ("cm", "Centimetre", "厘米", "length", "0.01", 3),
    ("mm", "Millimetre", "毫米", "length", "0.001", 3),
    ("km", "Kilometre", "千米", "length", "1000", 6), ("in", "Inch", "英寸", "length", "0.0254", 3),
    ("m2", "Square metre", "平方米", "area", "1", 3), ("l", "Litre", "升", "volume", "1", 3),
    ("ml", "Millilitre", "毫升", "volume", "0.001", 3),
    ("m3", "Cubic metre", "立方米", "volume", "1000", 6), ("h", "Hour", "小时", "time", "60", 2),
    ("day", "Day", "天", "time", "480", 3), ("min", "Minute", "分钟", "time", "1", 2),
]  # fmt: skip

#: By country, the generic ones under "": code, name, percent, scope.
TAXES = {
    "": [
        ("S0", "Sales tax 0 %", "0", "sale"), ("S7", "Sales tax 7 %", "7", "sale"),
        ("S19", "Sales tax 19 %", "19", "sale"), ("P0", "Purchase tax 0 %", "0", "purchase"),
        ("P7", "Purchase tax 7 %", "7", "purchase"), ("P19", "Purchase tax 19 %", "19", "purchase"),
    ],
    "CN": [
        ("S0", "销项税 0%", "0", "sale"), ("S3", "销项税 3%(小规模)", "3", "sale"),
        ("S6", "销项税 6%", "6", "sale"), ("S9", "销项税 9%", "9", "sale"),
        ("S13", "销项税 13%", "13", "sale"), ("P0", "进项税 0%", "0", "purchase"),
        ("P3", "进项税 3%", "3", "purchase"), ("P6", "进项税 6%", "6", "purchase"),
        ("P9", "进项税 9%", "9", "purchase"), ("P13", "进项税 13%", "13", "purchase"),
    ],
}  # fmt: skip

#: Code, English, Chinese, instalments (kind, value, days, end of month).
TERMS = [
    ("NOW", "Due at once", "立即付款", [("remainder", "0", 0, False)]),
    ("NET14", "14 days net", "14 天付清", [("remainder", "0", 14, False)]),
    ("NET30", "30 days net", "30 天付清", [("remainder", "0", 30, False)]),
    ("NET60", "60 days net", "60 天付清", [("remainder", "0", 60, False)]),
    ("EOM30", "30 days, end of month", "月结 30 天", [("remainder", "0", 30, True)]),
    ("HALF", "Half at once, half in 30 days", "预付 50%,余款 30 天",
     [("percent", "50", 0, False), ("remainder", "0", 30, False)]),
]  # fmt: skip
