package corpus;

import io.littlehorse.sdk.common.proto.LHErrorType;
import io.littlehorse.sdk.wfsdk.WorkflowThread;

/** Handlers of failures. */
class Failures {
    private static void rest(WorkflowThread handler) {
        handler.sleepSeconds(1);
    }

    static void handleAnyFailure(WorkflowThread wf) {
        wf.handleAnyFailure(wf.execute("charge"), Failures::rest);
    }

    static void handleError(WorkflowThread wf) {
        wf.handleError(wf.execute("charge"), Failures::rest);
    }

    static void handleErrorOfType(WorkflowThread wf) {
        wf.handleError(wf.waitForEvent("paid").timeout(5), LHErrorType.TIMEOUT, Failures::rest);
    }

    static void handleException(WorkflowThread wf) {
        wf.handleException(wf.execute("charge"), Failures::rest);
    }

    static void handleExceptionOfName(WorkflowThread wf) {
        wf.handleException(
                wf.execute("charge"), "card-declined", handler -> handler.execute("note", handler.declareStr("INPUT")));
    }
}
