"""Who works and what for: names of people and queues, in Persian and in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One text in both languages."""

    en: str
    fa: str

    def told(self, language: str) -> str:
        """Return the text in a language: `fa`, or English for any other."""
        return self.fa if language == "fa" else self.en


_FIRST: Final = {
    "en": (
        "Amelia", "Ben", "Chloe", "Daniel", "Elena", "Felix", "Grace", "Hugo", "Isla", "Jack",
        "Kira", "Liam", "Maya", "Noah", "Olivia", "Priya", "Quentin", "Rosa", "Sam", "Tessa",
        "Uma", "Victor", "Wendy", "Xavier", "Yara", "Zane", "Alice", "Bruno", "Carla", "Dev",
        "Emma", "Finn", "Gina", "Harry", "Ines", "James", "Kate", "Leo", "Mona", "Nina",
    ),
    "fa": (
        "زهرا", "علی", "فاطمه", "محمد", "مریم", "حسین", "سارا", "رضا", "نرگس", "امیر",
        "الهام", "مهدی", "شیما", "سعید", "نازنین", "علی‌رضا", "پریسا", "حمید", "لیلا", "کاوه",
        "مینا", "بهرام", "آرزو", "نوید", "سمیرا", "آرش", "ریحانه", "پویا", "مهسا", "فرهاد",
        "هانیه", "کیان", "شیرین", "امیرحسین", "یاسمن", "بابک", "نیلوفر", "سینا", "ژاله", "گلنار",
    ),
}  # fmt: skip
_LAST: Final = {
    "en": (
        "Adams", "Baker", "Clarke", "D'Souza", "Evans", "Foster", "Green", "Hughes", "Irwin",
        "Jones", "Khan", "Lopez", "Moore", "Novak", "O'Brien", "Patel", "Quinn", "Reyes", "Smith",
        "Taylor", "Usman", "Vance", "Walker", "Xu", "Young", "Zimmer", "Archer", "Brooks",
        "Carter", "Dixon", "Ellis", "Fisher", "Grant", "Hill", "Ivanova", "Jensen", "Kelly",
        "Lang", "Mills", "Nash", "Owens", "Price", "Reed", "Stone", "Turner", "Underwood",
        "Vega", "Wood", "York", "Zhang",
    ),
    "fa": (
        "محمدی", "حسینی", "احمدی", "رضایی", "مرادی", "حیدری", "کریمی", "جعفری", "قاسمی",
        "رحیمی", "موسوی", "صادقی", "ابراهیمی", "هاشمی", "عباسی", "حسین‌زاده", "نوری", "شریفی",
        "اکبری", "زارع", "سلیمانی", "فرهادی", "کاظمی", "یوسفی", "باقری", "طاهری", "عزیزی",
        "نجفی", "تهرانی", "شیرازی", "اصفهانی", "کرمانی", "گیلانی", "رستمی", "بهرامی", "پورمحمد",
        "نیک‌نام", "ملکی", "فلاح", "صفری", "توکلی", "خسروی", "داوودی", "مقدم", "پناهی", "ثابتی",
        "ژیان", "چراغی", "غفاری", "وحیدی",
    ),
}  # fmt: skip

CITIES: Final = (
    Words(en="London", fa="تهران"),
    Words(en="Leeds", fa="مشهد"),
    Words(en="Bristol", fa="اصفهان"),
    Words(en="Glasgow", fa="شیراز"),
    Words(en="Cardiff", fa="تبریز"),
    Words(en="Dublin", fa="کرج"),
    Words(en="York", fa="اهواز"),
    Words(en="Belfast", fa="رشت"),
    Words(en="Derby", fa="کرمان"),
    Words(en="Exeter", fa="قم"),
)

TOPICS: Final = (
    Words(en="Sales", fa="فروش"),
    Words(en="Technical support", fa="پشتیبانی فنی"),
    Words(en="Billing", fa="امور مالی"),
    Words(en="Order tracking", fa="پیگیری سفارش"),
    Words(en="Complaints", fa="شکایات"),
    Words(en="Key customers", fa="مشتریان ویژه"),
    Words(en="Warranty", fa="گارانتی"),
    Words(en="Repairs", fa="تعمیرات"),
    Words(en="Deliveries", fa="ارسال کالا"),
    Words(en="Returns", fa="مرجوعی"),
    Words(en="Subscriptions", fa="اشتراک"),
    Words(en="Installations", fa="نصب و راه‌اندازی"),
    Words(en="Bookings", fa="رزرو"),
    Words(en="Payments", fa="پرداخت"),
    Words(en="Cards", fa="کارت"),
    Words(en="Internet", fa="اینترنت"),
    Words(en="Mobile", fa="تلفن همراه"),
    Words(en="Business", fa="مشتریان سازمانی"),
    Words(en="Partners", fa="نمایندگان"),
    Words(en="Reception", fa="پذیرش"),
)


def staff_names(count: int, language: str, rng: Random) -> Sequence[str]:
    """Return that many different names of people, at most 2,000 of them different."""
    tongue = "fa" if language == "fa" else "en"
    first = rng.sample(_FIRST[tongue], len(_FIRST[tongue]))
    last = rng.sample(_LAST[tongue], len(_LAST[tongue]))
    return [
        f"{first[i % len(first)]} {last[(i // len(first) + 3 * i) % len(last)]}"
        for i in range(count)
    ]


def caller_number(language: str, rng: Random) -> str:
    """Return a number that looks real and is nobody's."""
    if language == "fa":
        return f"091{rng.randrange(10)}000{rng.randrange(10_000):04}"
    return f"+1{rng.randrange(200, 1000)}55501{rng.randrange(100):02}"


def caller_name(language: str, rng: Random) -> str:
    """Return a caller's name."""
    tongue = "fa" if language == "fa" else "en"
    return f"{rng.choice(_FIRST[tongue])} {rng.choice(_LAST[tongue])}"
