package corpus;

import io.littlehorse.sdk.common.proto.VariableMutationType;
import io.littlehorse.sdk.common.proto.VariableType;
import io.littlehorse.sdk.common.proto.WfRunId;
import io.littlehorse.sdk.wfsdk.WfRunVariable;
import io.littlehorse.sdk.wfsdk.WorkflowThread;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Variables of every type, and what changes them. */
class Variables {
    static void addVariable(WorkflowThread wf) {
        wf.addVariable("kept", "here").searchable().asPublic();
        wf.addVariable("other", VariableType.WF_RUN_ID)
                .withDefault(WfRunId.newBuilder().setId("abc").build());
    }

    static void declareBool(WorkflowThread wf) {
        wf.declareBool("flag").withDefault(true);
    }

    static void declareBytes(WorkflowThread wf) {
        wf.declareBytes("picture").withDefault(new byte[] {0, -1});
    }

    static void declareDouble(WorkflowThread wf) {
        wf.declareDouble("price").withDefault(2.5);
    }

    static void declareInt(WorkflowThread wf) {
        wf.declareInt("count").required();
    }

    static void declareJsonArr(WorkflowThread wf) {
        wf.declareJsonArr("items").withDefault(List.of("tea", 1)).searchableOn("$.[0]", VariableType.STR);
    }

    static void declareJsonObj(WorkflowThread wf) {
        wf.declareJsonObj("order").withDefault(Map.of("state", "new")).searchableOn("$.state", VariableType.STR);
    }

    static void declareStr(WorkflowThread wf) {
        wf.declareStr("name").masked();
    }

    static void declareTimestamp(WorkflowThread wf) {
        wf.declareTimestamp("since").withDefault(Instant.parse("2026-01-31T12:00:00Z"));
    }

    static void mutate(WorkflowThread wf) {
        WfRunVariable items = wf.declareJsonArr("items");
        WfRunVariable order = wf.declareJsonObj("order");
        wf.mutate(items, VariableMutationType.EXTEND, order.get("lines").get(0));
        wf.mutate(order.jsonPath("$.count"), VariableMutationType.ASSIGN, items.size());
    }
}
