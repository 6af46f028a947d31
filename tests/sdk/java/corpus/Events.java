package corpus;

import io.littlehorse.sdk.wfsdk.WfRunVariable;
import io.littlehorse.sdk.wfsdk.WorkflowThread;

/** External events and workflow events. */
class Events {
    static void waitForEvent(WorkflowThread wf) {
        WfRunVariable order = wf.declareStr("order").masked();
        wf.waitForEvent("paid").timeout(60);
        wf.waitForEvent("packed").withCorrelationId(order);
        wf.declareInt("amount").assign(wf.waitForEvent("signed").withCorrelationId(order, false));
    }

    static void throwEvent(WorkflowThread wf) {
        wf.throwEvent("shipped", wf.declareStr("order")).registeredAs(String.class);
    }
}
