package corpus;

import io.littlehorse.sdk.wfsdk.UserTaskOutput;
import io.littlehorse.sdk.wfsdk.WfRunVariable;
import io.littlehorse.sdk.wfsdk.WorkflowThread;

/** User tasks, and what is done about them in time. */
class Forms {
    private static UserTaskOutput form(WorkflowThread wf) {
        return wf.assignUserTask("approve", "mia", "clerks");
    }

    static void assignUserTask(WorkflowThread wf) {
        WfRunVariable user = wf.declareStr("user");
        wf.assignUserTask("approve", user, "clerks")
                .withNotes(wf.format("For {0}", user))
                .withOnCancellationException("not-approved");
        wf.declareJsonObj("answer").assign(wf.assignUserTask("approve", null, "clerks"));
    }

    static void releaseToGroupOnDeadline(WorkflowThread wf) {
        wf.releaseToGroupOnDeadline(form(wf), 60);
    }

    static void reassignUserTask(WorkflowThread wf) {
        wf.reassignUserTask(form(wf), "noa", null, wf.declareInt("patience"));
    }

    static void scheduleReminderTask(WorkflowThread wf) {
        wf.scheduleReminderTask(form(wf), 60, "remind", "mia", 1);
    }

    static void scheduleReminderTaskAfterVariable(WorkflowThread wf) {
        wf.scheduleReminderTask(form(wf), wf.declareInt("patience"), "remind");
    }

    static void scheduleReminderTaskOnAssignment(WorkflowThread wf) {
        wf.scheduleReminderTaskOnAssignment(form(wf), 60, "remind", "mia");
    }

    static void scheduleReminderTaskOnAssignmentAfterVariable(WorkflowThread wf) {
        wf.scheduleReminderTaskOnAssignment(form(wf), wf.declareInt("patience"), "remind", "mia");
    }

    static void cancelUserTaskRunAfter(WorkflowThread wf) {
        wf.cancelUserTaskRunAfter(form(wf), 60);
    }

    static void cancelUserTaskRunAfterAssignment(WorkflowThread wf) {
        wf.cancelUserTaskRunAfterAssignment(form(wf), wf.declareInt("patience"));
    }
}
