"""Which issue went to whom."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.record import Record, mailings
from crawler.record.mailings import Mailing

AT = datetime(2026, 5, 25, 6, tzinfo=UTC)


def mailing(recipient: str, number: int = 109, digest: str = "ab") -> Mailing:
    return Mailing(number=number, recipient=recipient, digest=digest, at=AT)


def test_what_went_to_whom_is_known_whatever_the_case(record: Record) -> None:
    for one in (mailing("Ana@Reader.example"), mailing("ben@reader.example", number=110)):
        mailings.keep(record, one)
    assert mailings.went(record, 109) == {"ana@reader.example": mailing("Ana@Reader.example")}
    assert mailings.name_of(" ANA@reader.example") in mailings.went(record, 109)
    assert mailings.went(record, 111) == {}


def test_the_latest_stands_where_one_was_sent_again(record: Record) -> None:
    mailings.keep(record, mailing("ana@reader.example"))
    mailings.keep(record, mailing("ana@reader.example", digest="cd"))
    assert mailings.went(record, 109)["ana@reader.example"].digest == "cd"
