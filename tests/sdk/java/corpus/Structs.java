package corpus;

import io.littlehorse.sdk.worker.LHStructDef;
import io.littlehorse.sdk.wfsdk.WorkflowThread;

/** Structs, arrays and maps with types. */
class Structs {
    /** A car. */
    @LHStructDef("car")
    public static class Car {
        public String model;
    }

    static void buildStruct(WorkflowThread wf) {
        wf.execute("drive", wf.buildStruct("car").put("model", "old"));
    }

    static void buildStructOfVersion(WorkflowThread wf) {
        wf.execute("drive", wf.buildStruct("car", 1).put("model", "old"));
    }

    static void buildInlineStruct(WorkflowThread wf) {
        wf.execute("drive", wf.buildStruct("car").put("owner", wf.buildInlineStruct().put("name", "mia")));
    }

    static void declareStruct(WorkflowThread wf) {
        wf.declareStruct("car", "car");
    }

    static void declareStructOfVersion(WorkflowThread wf) {
        wf.declareStruct("car", "car", 1);
    }

    static void declareStructOfClass(WorkflowThread wf) {
        wf.declareStruct("car", Car.class);
    }

    static void declareArray(WorkflowThread wf) {
        wf.declareArray("names", String.class);
    }

    static void declareMap(WorkflowThread wf) {
        wf.declareMap("counts", String.class, Long.class);
    }
}
