"""Children, and interrupts with their handlers."""

from littlehorse.model import WaitForThreadsStrategy
from littlehorse.workflow import SpawnedThreads


def _wait(thread):
    thread.sleep(60)


def spawn_thread(wf):
    def watch(child):
        child.execute("watch", child.declare_str("place"))

    wf.spawn_thread(watch, "watch", {"place": wf.declare_str("door")})


def spawn_thread_for_each(wf):
    def deliver(child):
        parcel = child.declare_str("INPUT")
        child.execute("deliver", parcel, child.declare_int("floor"))

    wf.spawn_thread_for_each(wf.declare_json_arr("parcels"), deliver, "deliver", {"floor": 2})


def wait_for_threads(wf):
    left = wf.spawn_thread(_wait, "left")
    right = wf.spawn_thread(_wait, "right")
    each = wf.spawn_thread_for_each(wf.declare_json_arr("list"), _wait, "each")
    wf.wait_for_threads(each)
    wf.wait_for_threads(SpawnedThreads.from_list(left, right), WaitForThreadsStrategy.WAIT_FOR_FIRST)


def wait_for_threads_any(wf):
    left = wf.spawn_thread(_wait, "left")
    right = wf.spawn_thread(_wait, "right")
    both = SpawnedThreads.from_list(left, right)
    waited = wf.wait_for_threads(both, WaitForThreadsStrategy.WAIT_FOR_ANY)
    waited.handle_any_failure_on_child(_wait)


def add_interrupt_handler(wf):
    address = wf.declare_str("address")

    def change(handler):
        address.assign(handler.declare_str("INPUT"))

    wf.add_interrupt_handler("address-changed", change).with_event_type(str)
    wf.sleep(3600)
