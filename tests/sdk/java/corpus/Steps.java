package corpus;

import io.littlehorse.sdk.common.proto.ExponentialBackoffRetryPolicy;
import io.littlehorse.sdk.common.proto.ThreadRetentionPolicy;
import io.littlehorse.sdk.wfsdk.TaskNodeOutput;
import io.littlehorse.sdk.wfsdk.WfRunVariable;
import io.littlehorse.sdk.wfsdk.WorkflowThread;

/** Tasks, sleep, conditions to wait for, and ends. */
class Steps {
    static void execute(WorkflowThread wf) {
        ExponentialBackoffRetryPolicy backoff = ExponentialBackoffRetryPolicy.newBuilder()
                .setBaseIntervalMs(100)
                .setMaxDelayMs(5000)
                .setMultiplier(2.0f)
                .build();
        TaskNodeOutput packed = wf.execute("pack", wf.declareStr("item"), 3);
        packed.timeout(10).withRetries(2).withExponentialBackoff(backoff);
        wf.execute("label", packed);
    }

    static void executeByVariable(WorkflowThread wf) {
        wf.execute(wf.declareStr("what"), true);
    }

    static void executeByTemplate(WorkflowThread wf) {
        WfRunVariable region = wf.declareStr("region");
        wf.execute(wf.format("dispatch-{0}", region), region);
    }

    static void sleepSeconds(WorkflowThread wf) {
        wf.sleepSeconds(5);
        wf.sleepSeconds(wf.declareInt("pause"));
    }

    static void sleepUntil(WorkflowThread wf) {
        wf.sleepUntil(wf.declareTimestamp("opening"));
        wf.sleepUntil(wf.declareInt("closing"));
    }

    static void waitForCondition(WorkflowThread wf) {
        wf.waitForCondition(wf.declareInt("stock").isGreaterThan(0));
    }

    static void complete(WorkflowThread wf) {
        wf.complete();
    }

    static void completeWithOutput(WorkflowThread wf) {
        wf.complete(wf.execute("count"));
    }

    static void fail(WorkflowThread wf) {
        wf.fail("sold-out", "There is none left.");
    }

    static void failWithContent(WorkflowThread wf) {
        wf.fail(wf.declareStr("item"), "sold-out", "There is none left.");
    }

    static void withRetentionPolicy(WorkflowThread wf) {
        wf.withRetentionPolicy(ThreadRetentionPolicy.newBuilder()
                .setSecondsAfterThreadTermination(60)
                .build());
    }
}
