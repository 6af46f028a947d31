"""Tasks, sleep, conditions to wait for, and ends."""

from littlehorse.model import ExponentialBackoffRetryPolicy, ThreadRetentionPolicy


def execute(wf):
    item = wf.declare_str("item")
    backoff = ExponentialBackoffRetryPolicy(base_interval_ms=100, max_delay_ms=5000, multiplier=2.0)
    packed = wf.execute("pack", item, 3, timeout_seconds=10, retries=2, exponential_backoff=backoff)
    wf.execute("label", packed)


def execute_by_variable(wf):
    wf.execute(wf.declare_str("what"), True)


def execute_by_template(wf):
    region = wf.declare_str("region")
    wf.execute(wf.format("dispatch-{0}", region), region)


def sleep(wf):
    wf.sleep(5)
    wf.sleep(wf.declare_int("pause"))


def sleep_until(wf):
    wf.sleep_until(wf.declare_int("opening"))


def wait_for_condition(wf):
    stock = wf.declare_int("stock")
    wf.wait_for_condition(stock.is_greater_than(0))


def complete(wf):
    wf.complete(wf.execute("count"))


def complete_with_nothing(wf):
    wf.complete()


def fail(wf):
    wf.fail("sold-out", "There is none left.", wf.declare_str("item"))


def fail_with_nothing(wf):
    wf.fail("sold-out", "There is none left.")


def with_retention_policy(wf):
    wf.with_retention_policy(ThreadRetentionPolicy(seconds_after_thread_termination=60))


def run_wf(wf):
    wf.run_wf("restock", {"item": wf.declare_str("item")})


def wait_for_child_wf(wf):
    wf.wait_for_child_wf(wf.run_wf("restock"))
