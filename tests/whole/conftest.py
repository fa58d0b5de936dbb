"""For tests on a real PBX: phones that call each other, and a supervisor's desk beside them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.asterisk_lab import AsteriskLab
from support.lab_desk import LabDesk
from support.lab_phones import LabPhones


@pytest.fixture
def phones(lab: AsteriskLab) -> Iterator[LabPhones]:
    with LabPhones(lab) as made:
        yield made


@pytest.fixture
def desk(lab: AsteriskLab, phones: LabPhones) -> Iterator[LabDesk]:
    with LabDesk(lab) as made:
        yield made
