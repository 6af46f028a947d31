import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.littlehorse.sdk.wfsdk.IfElseBody;
import io.littlehorse.sdk.wfsdk.ThreadFunc;
import io.littlehorse.sdk.wfsdk.Workflow;
import io.littlehorse.sdk.wfsdk.WorkflowThread;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compiles programs with the real SDK: each method of the classes that are its arguments is one, if it takes a
 * WorkflowThread.
 *
 * <p>It prints a JSON object: methods, those of WorkflowThread with their parameters, and programs, by name: calls, the
 * methods that a program calls, and wfSpec, or error.
 */
public class Corpus {

    private static String signature(Method method) {
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return method.getName() + "(" + parameters + ")";
    }

    /** The same thread, which tells what is called, in the functions that it is given as well. */
    private static WorkflowThread recording(WorkflowThread thread, Set<String> calls) {
        return (WorkflowThread) Proxy.newProxyInstance(
                Corpus.class.getClassLoader(), new Class<?>[] {WorkflowThread.class}, (proxy, method, given) -> {
                    calls.add(signature(method));
                    Object[] arguments = given == null ? new Object[0] : given.clone();
                    for (int index = 0; index < arguments.length; index++) {
                        if (arguments[index] instanceof ThreadFunc) {
                            ThreadFunc function = (ThreadFunc) arguments[index];
                            arguments[index] =
                                    (ThreadFunc) inner -> function.threadFunction(recording(inner, calls));
                        } else if (arguments[index] instanceof IfElseBody) {
                            IfElseBody body = (IfElseBody) arguments[index];
                            arguments[index] = (IfElseBody) inner -> body.body(recording(inner, calls));
                        }
                    }
                    try {
                        return method.invoke(thread, arguments);
                    } catch (InvocationTargetException problem) {
                        throw problem.getCause();
                    }
                });
    }

    private static void call(Method program, WorkflowThread thread) {
        try {
            program.invoke(null, thread);
        } catch (ReflectiveOperationException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static JsonArray array(Set<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    public static void main(String[] args) throws Exception {
        Set<String> methods = new TreeSet<>();
        for (Method method : WorkflowThread.class.getMethods()) {
            methods.add(signature(method));
        }
        JsonObject programs = new JsonObject();
        for (String name : args) {
            for (Method program : Class.forName(name).getDeclaredMethods()) {
                boolean takesThread = Arrays.equals(program.getParameterTypes(), new Class<?>[] {WorkflowThread.class});
                if (!takesThread || program.isSynthetic() || Modifier.isPrivate(program.getModifiers())) {
                    continue;
                }
                if (programs.has(program.getName())) {
                    throw new IllegalStateException("two programs are called " + program.getName());
                }
                program.setAccessible(true);
                Set<String> calls = new TreeSet<>();
                String wf = program.getName().replaceAll("([A-Z])", "-$1").toLowerCase();
                JsonObject result = new JsonObject();
                programs.add(program.getName(), result);
                try {
                    Workflow workflow =
                            Workflow.newWorkflow(wf, thread -> call(program, recording(thread, calls)));
                    result.add("wfSpec", Compile.json(workflow.compileWorkflow()));
                } catch (Exception problem) {
                    result.addProperty("error", Compile.trace(problem));
                }
                result.add("calls", array(calls));
            }
        }
        JsonObject results = new JsonObject();
        results.add("methods", array(methods));
        results.add("programs", programs);
        System.out.write(results.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
