"""Expressions, comparisons and templates."""

from littlehorse.model import Comparator


def add(wf):
    count = wf.declare_int("count")
    count.assign(wf.add(count, 1))


def subtract(wf):
    count = wf.declare_int("count")
    count.assign(wf.subtract(10, count))


def multiply(wf):
    count = wf.declare_int("count")
    count.assign(wf.multiply(count, count))


def divide(wf):
    price = wf.declare_double("price")
    price.assign(wf.divide(price, 2.0))


def pow(wf):
    price = wf.declare_double("price")
    price.assign(wf.pow(price, 2))


def extend(wf):
    items = wf.declare_json_arr("items")
    items.assign(wf.extend(items, [1]))


def remove_if_present(wf):
    items = wf.declare_json_arr("items")
    items.assign(wf.remove_if_present(items, "tea"))


def remove_index(wf):
    # This SDK takes no list here, and what it gives is no value: variables have the method that works.
    wf.remove_index(0)
    items = wf.declare_json_arr("items")
    items.assign(items.remove_index(0))


def remove_key(wf):
    order = wf.declare_json_obj("order")
    order.assign(wf.remove_key(order, "state"))


def condition(wf):
    price = wf.declare_double("price")
    wf.wait_for_condition(wf.condition(price.add(1.5), Comparator.LESS_THAN_EQ, 10.0))


def format(wf):
    name = wf.declare_str("name")
    wf.execute("greet", wf.format("Hello {0}, it is {1}.", name, 7))
