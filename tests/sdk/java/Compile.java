import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.littlehorse.sdk.common.proto.LittleHorseGrpc;
import io.littlehorse.sdk.common.proto.LittleHorseGrpc.LittleHorseBlockingStub;
import io.littlehorse.sdk.wfsdk.Workflow;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs generated Java under the real SDK: each class's workflow is compiled, and what it registers is recorded.
 *
 * <p>Its argument is a file with a name and a class on each line. It prints a JSON object: by name, wfSpec and puts (a
 * list of [message, request]), or error.
 */
public class Compile {

    /** Stands for the server: takes what is put and answers with empty messages. */
    private static final class Recorder extends Channel {
        private final JsonArray puts = new JsonArray();

        @Override
        public <A, B> ClientCall<A, B> newCall(MethodDescriptor<A, B> method, CallOptions options) {
            return new ClientCall<>() {
                private Listener<B> listener;

                @Override
                public void start(Listener<B> listener, Metadata headers) {
                    this.listener = listener;
                }

                @Override
                public void request(int messages) {}

                @Override
                public void cancel(String message, Throwable cause) {}

                @Override
                public void halfClose() {
                    listener.onHeaders(new Metadata());
                    listener.onMessage(method.parseResponse(new ByteArrayInputStream(new byte[0])));
                    listener.onClose(Status.OK, new Metadata());
                }

                @Override
                public void sendMessage(A message) {
                    JsonArray put = new JsonArray();
                    put.add(method.getBareMethodName());
                    put.add(json((Message) message));
                    puts.add(put);
                }
            };
        }

        @Override
        public String authority() {
            return "nobody";
        }
    }

    static JsonObject json(Message message) {
        try {
            return JsonParser.parseString(JsonFormat.printer().print(message)).getAsJsonObject();
        } catch (Exception problem) {
            throw new IllegalStateException(problem);
        }
    }

    static String trace(Throwable problem) {
        StringWriter trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static JsonObject compile(String name) throws Exception {
        Class<?> generated = Class.forName(name);
        Workflow workflow = (Workflow) generated.getMethod("getWorkflow").invoke(null);
        JsonObject result = new JsonObject();
        result.add("wfSpec", json(workflow.compileWorkflow()));
        Recorder recorder = new Recorder();
        LittleHorseBlockingStub client = LittleHorseGrpc.newBlockingStub(recorder);
        generated.getMethod("register", LittleHorseBlockingStub.class).invoke(null, client);
        JsonArray puts = new JsonArray();
        recorder.puts.forEach(put -> {
            if (!put.getAsJsonArray().get(0).getAsString().equals("PutWfSpec")) {
                puts.add(put);
            }
        });
        result.add("puts", puts);
        return result;
    }

    public static void main(String[] args) throws Exception {
        JsonObject results = new JsonObject();
        for (String line : Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8)) {
            String[] words = line.split(" ");
            try {
                results.add(words[0], compile(words[1]));
            } catch (Throwable problem) {
                JsonObject result = new JsonObject();
                result.addProperty("error", trace(problem));
                results.add(words[0], result);
            }
        }
        System.out.write(results.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
