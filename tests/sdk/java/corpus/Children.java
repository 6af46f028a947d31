package corpus;

import io.littlehorse.sdk.common.proto.LHErrorType;
import io.littlehorse.sdk.wfsdk.SpawnedThread;
import io.littlehorse.sdk.wfsdk.SpawnedThreads;
import io.littlehorse.sdk.wfsdk.WaitForThreadsNodeOutput;
import io.littlehorse.sdk.wfsdk.WfRunVariable;
import io.littlehorse.sdk.wfsdk.WorkflowThread;
import java.util.Map;

/** Child threads, child workflows, and interrupts with their handlers. */
class Children {
    private static void rest(WorkflowThread thread) {
        thread.sleepSeconds(60);
    }

    private static SpawnedThreads both(WorkflowThread wf) {
        SpawnedThread left = wf.spawnThread(Children::rest, "left", Map.of());
        SpawnedThread right = wf.spawnThread(Children::rest, "right", null);
        return SpawnedThreads.of(left, right);
    }

    static void spawnThread(WorkflowThread wf) {
        Map<String, Object> inputs = Map.of("place", wf.declareStr("door"));
        wf.spawnThread(child -> child.execute("watch", child.declareStr("place")), "watch", inputs);
    }

    static void spawnThreadForEach(WorkflowThread wf) {
        SpawnedThreads all = wf.spawnThreadForEach(
                wf.declareJsonArr("parcels"), "deliver", child -> child.execute("deliver", child.declareStr("INPUT")));
        wf.waitForThreads(all);
    }

    static void spawnThreadForEachWithInputs(WorkflowThread wf) {
        wf.spawnThreadForEach(
                wf.declareJsonArr("parcels"),
                "deliver",
                child -> child.execute("deliver", child.declareStr("INPUT"), child.declareInt("floor")),
                Map.of("floor", 2));
    }

    static void waitForThreads(WorkflowThread wf) {
        WaitForThreadsNodeOutput waited = wf.waitForThreads(both(wf));
        waited.handleErrorOnChild(LHErrorType.CHILD_FAILURE, Children::rest);
        waited.handleExceptionOnChild("lost", Children::rest);
        waited.handleAnyFailureOnChild(Children::rest);
    }

    static void waitForFirstOf(WorkflowThread wf) {
        wf.waitForFirstOf(both(wf));
    }

    static void waitForAnyOf(WorkflowThread wf) {
        wf.waitForAnyOf(both(wf));
    }

    static void registerInterruptHandler(WorkflowThread wf) {
        WfRunVariable address = wf.declareStr("address");
        wf.registerInterruptHandler("address-changed", handler -> address.assign(handler.declareStr("INPUT")))
                .withEventType(String.class);
        wf.sleepSeconds(3600);
    }

    static void runWf(WorkflowThread wf) {
        wf.runWf("restock", Map.of("item", wf.declareStr("item")));
    }

    static void runWfByVariable(WorkflowThread wf) {
        wf.runWf(wf.declareStr("which"), Map.of());
    }

    static void waitForChildWf(WorkflowThread wf) {
        wf.waitForChildWf(wf.runWf("restock", Map.of()));
    }
}
