"""Stop signals: the program exits cleanly, and only after a step that must not be interrupted."""

import os
import signal
import threading

import pytest

from site_builder.write.interrupts import STOP_SIGNALS, exit_on_signal, set_stop_handler, uninterrupted


@pytest.fixture(autouse=True)
def as_before():
    before = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_request_is_answered_by_ending_in_order():
    set_stop_handler(exit_on_signal)
    with pytest.raises(SystemExit) as ended:
        os.kill(os.getpid(), signal.SIGTERM)
    assert ended.value.code == 128 + signal.SIGTERM


def test_what_nohup_ignores_stays_ignored():
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    set_stop_handler(exit_on_signal)
    os.kill(os.getpid(), signal.SIGHUP)
    assert signal.getsignal(signal.SIGTERM) is exit_on_signal


def test_requests_wait_for_the_end_of_a_step_and_each_is_answered_once():
    done = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda request, _: done.append(signal.Signals(request).name))
    with uninterrupted():
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
            os.kill(os.getpid(), number)
        done.append("the step")
    assert done == ["the step", "SIGTERM", "SIGINT"]
    os.kill(os.getpid(), signal.SIGINT)
    assert done[3:] == ["SIGINT"]


def test_in_another_thread_than_the_first_nothing_is_changed():
    failed = []

    def work():
        try:
            set_stop_handler(exit_on_signal)
            with uninterrupted():
                pass
        except ValueError as error:  # from signal.signal
            failed.append(error)

    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert failed == []
    assert signal.getsignal(signal.SIGTERM) is before
