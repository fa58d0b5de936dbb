"""What is meant to fill the memory does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.campaign import size_of_campaign
from support.faultd import FAULTS, FaultServer
from support.rest_site import ApiSite

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the system does not tell the peak of memory"
)

TESTS = Path(__file__).resolve().parents[2]
MOST_MIB = 32
BOMBS = (
    "packed_bomb",
    "packed_twice",
    "endless",
    "endless_without_length",
    "endless_redirect",
    "endless_head",
    "endless_continue",
    "too_long",
    "too_deep",
    "too_many_digits",
)

_CLIENT = """
import pathlib, sys, time
sys.path.insert(0, sys.argv[3])
from support.clocks import HandClock
from wallboard.domain.errors import SourceError
from wallboard.sources.rest.settings import account_of
from wallboard.sources.rest.source import RestSource

def peak_kib():
    told = pathlib.Path("/proc/self/status").read_text()
    return int(told.split("VmHWM:")[1].split()[0])

clock = HandClock()
told = {"url": sys.argv[1], "secret": "canary-geheim-1234", "poll": "1"}
source = RestSource(account_of(told), clock)
source.fetch()
print("ready", flush=True)
sys.stdin.readline()
before, began_s = peak_kib(), time.process_time()
for _ in range(int(sys.argv[2])):
    try:
        source.fetch()
    except SourceError:
        continue
    sys.exit("a bomb was taken for a picture")
print((peak_kib() - before) / 1024, time.process_time() - began_s, flush=True)
sys.stdin.readline()
source.fetch()
print("well", flush=True)
"""


@pytest.mark.parametrize("name", BOMBS)
def test_that_a_bomb_costs_little_memory_and_little_time(
    name: str, server: FaultServer, site: ApiSite
) -> None:
    times = size_of_campaign(4, 40)
    command = [sys.executable, "-c", _CLIENT, server.address, str(times), str(TESTS)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as client:
        assert client.stdin is not None
        assert client.stdout is not None
        assert client.stdout.readline() == "ready\n"
        server.break_down(FAULTS[name])
        client.stdin.write("\n")
        client.stdin.flush()
        grown_mib, cpu_s = map(float, client.stdout.readline().split())
        server.recover()
        client.stdin.write("\n")
        client.stdin.flush()
        assert client.stdout.readline() == "well\n"
    print(f"  {name}: +{grown_mib:.1f} MiB, {1000 * cpu_s / times:.0f} ms each")  # noqa: T201
    assert grown_mib <= MOST_MIB
    assert cpu_s / times <= (0.8 if FAULTS[name].slow else 0.5)
