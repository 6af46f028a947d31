"""Branches and loops."""


def do_if(wf):
    count = wf.declare_int("count")

    def many(body):
        body.execute("many")

    def few(body):
        body.execute("few")

    def none(body):
        count.assign(1)

    wf.do_if(count.is_greater_than(10), many, few)
    wf.do_if(count.is_greater_than(10), many).do_else_if(count.is_greater_than(0), few).do_else(none)


def do_if_end(wf):
    def end(body):
        body.fail("too-many", "There are too many.")

    wf.do_if(wf.declare_int("count").is_greater_than(10), end)
    wf.execute("go-on")


def do_while(wf):
    count = wf.declare_int("count")

    def step(body):
        body.execute("step")
        count.assign(count.subtract(1))

    wf.do_while(count.is_greater_than(0), step)


def organize_edges_for_else_if_execution(wf):
    count = wf.declare_int("count")

    def one(body):
        body.execute("one")

    def other(body):
        body.execute("other")

    statement = wf.do_if(count.is_equal_to(1), one)
    wf.organize_edges_for_else_if_execution(statement, count.is_equal_to(2), other)
