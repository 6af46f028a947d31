package corpus;

import io.littlehorse.sdk.common.proto.Comparator;
import io.littlehorse.sdk.wfsdk.WfRunVariable;
import io.littlehorse.sdk.wfsdk.WorkflowThread;

/** Expressions, comparisons and templates. */
class Values {
    static void add(WorkflowThread wf) {
        WfRunVariable count = wf.declareInt("count");
        count.assign(wf.add(count, 1));
    }

    static void subtract(WorkflowThread wf) {
        WfRunVariable count = wf.declareInt("count");
        count.assign(wf.subtract(10, count));
    }

    static void multiply(WorkflowThread wf) {
        WfRunVariable count = wf.declareInt("count");
        count.assign(wf.multiply(count, count));
    }

    static void divide(WorkflowThread wf) {
        WfRunVariable price = wf.declareDouble("price");
        price.assign(wf.divide(price, 2.0));
    }

    static void pow(WorkflowThread wf) {
        WfRunVariable price = wf.declareDouble("price");
        price.assign(wf.pow(price, 2));
    }

    static void extend(WorkflowThread wf) {
        WfRunVariable items = wf.declareJsonArr("items");
        items.assign(wf.extend(items, wf.declareJsonArr("more")));
    }

    static void removeIfPresent(WorkflowThread wf) {
        WfRunVariable items = wf.declareJsonArr("items");
        items.assign(wf.removeIfPresent(items, "tea"));
    }

    static void removeIndex(WorkflowThread wf) {
        WfRunVariable items = wf.declareJsonArr("items");
        items.assign(wf.removeIndex(items, wf.declareInt("index")));
    }

    static void removeKey(WorkflowThread wf) {
        WfRunVariable order = wf.declareJsonObj("order");
        order.assign(wf.removeKey(order, "state"));
    }

    static void condition(WorkflowThread wf) {
        WfRunVariable price = wf.declareDouble("price");
        wf.waitForCondition(wf.condition(price.add(1.5), Comparator.LESS_THAN_EQ, 10.0));
    }

    static void format(WorkflowThread wf) {
        wf.execute("greet", wf.format("Hello {0}, it is {1}.", wf.declareStr("name"), 7));
    }
}
