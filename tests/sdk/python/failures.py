"""Handlers of failures."""

from littlehorse.model import LHErrorType


def _sleep(handler):
    handler.sleep(1)


def _note(handler):
    handler.execute("note", handler.declare_str("INPUT"))


def handle_any_failure(wf):
    wf.handle_any_failure(wf.execute("charge"), _sleep)


def handle_error(wf):
    charged = wf.execute("charge")
    wf.handle_error(charged, _sleep, LHErrorType.TIMEOUT)
    wf.handle_error(charged, _sleep)


def handle_exception(wf):
    charged = wf.execute("charge")
    wf.handle_exception(charged, _note, "card-declined")
    wf.handle_exception(charged, _sleep)
