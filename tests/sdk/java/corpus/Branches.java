package corpus;

import io.littlehorse.sdk.wfsdk.WfRunVariable;
import io.littlehorse.sdk.wfsdk.WorkflowThread;

/** Branches and loops. */
class Branches {
    static void doIf(WorkflowThread wf) {
        WfRunVariable count = wf.declareInt("count");
        wf.doIf(count.isGreaterThan(10), body -> body.execute("many"))
                .doElseIf(count.isGreaterThan(0), body -> body.fail("too-few", "There are too few."))
                .doElse(body -> count.assign(1));
    }

    static void doIfVariable(WorkflowThread wf) {
        wf.doIf(wf.declareBool("flag"), body -> body.execute("go"));
    }

    static void doIfElse(WorkflowThread wf) {
        wf.doIfElse(
                wf.declareInt("count").isNotEqualTo(1),
                body -> body.execute("several"),
                body -> body.execute("one"));
    }

    static void doIfElseVariable(WorkflowThread wf) {
        wf.doIfElse(wf.declareBool("flag"), body -> body.execute("go"), body -> body.execute("stay"));
    }

    static void doWhile(WorkflowThread wf) {
        WfRunVariable count = wf.declareInt("count");
        wf.doWhile(count.isGreaterThan(0), body -> {
            body.execute("step");
            count.assign(count.subtract(1));
        });
    }
}
