// Not run: the compiler reads it, to see that the declarations say what the README promises.
import { SourceError, conformance, diagnostics, fromLink, init, load } from "halter-playground";
import remarkHalter from "../../integrations/remark-halter/index.js";
import type { HalterPlaygroundElement } from "halter-playground/element";
import type { Occurrence, Playground, State, Step, Value } from "halter-playground";
import type { HalterPlaygroundProps } from "halter-playground/vue";

await init(new URL("https://example.org/halter_wasm_bg.wasm"));
const playground: Playground = await load("workflow: x", { semantics: "server-1.2" });
const end: () => boolean = playground.on("occurrence", (occurrence: Occurrence, step: Step) => {
  const cause: number | null = occurrence.cause;
  console.log(step.command, cause);
});
end();
const taken: Step = playground.run({ total: 12n, ratio: 0.5, items: ["tea", { price: 9007199254740993n }] });
playground.post("cancel", "why", { thread: 1 });
const last: Step | undefined = playground.step();
const given: Step = playground.step({ postEvent: { externalEventDef: "cancel" } });
const state: State = playground.state();
const value: Value | undefined = state.threads[0]?.variables["total"];
const text: string | undefined = await conformance("{}");
const codes: string[] = (await diagnostics("")).map(({ code }) => code);
console.log(taken, last, given, value, text, codes, (await fromLink(playground.link())).diagram("graphviz"));
try {
  await load("");
} catch (error) {
  if (error instanceof SourceError) {
    console.log(error.diagnostics[0]?.span.line);
  }
}

const element = document.createElement("halter-playground");
const shown: HalterPlaygroundElement = element;
element.addEventListener("occurrence", ({ detail }) => console.log(detail.rule));
console.log((await shown.load({ example: "heartbeats", step: 3 })).length, (await shown.post("cancel", 5n)).occurrences);
console.log((await shown.state())?.threads, (await shown.step())?.command, (await shown.goTo(1)).status);
// What frameworks do: the step that is assigned is the attribute.
element.step = 3;
const inTemplate: HalterPlaygroundProps = { example: "heartbeats", step: 3, "read-only": true, onOccurrence: ({ detail }) => console.log(detail.rule) };
console.log(inTemplate);

const remark = remarkHalter({ playground: "/halter/", draw: async (source, { step = 0 }) => `<svg>${source.length + step}</svg>` });
const done: Promise<void> = remark({ type: "root" }, { fail: (reason: string): never => { throw new Error(reason); } });
console.log(done);

// @ts-expect-error: it has to know where Halter is.
remarkHalter({});
// @ts-expect-error: there is no such theme.
const wrong: HalterPlaygroundProps = { theme: "pink" };
console.log(wrong);
// @ts-expect-error: there are no such semantics.
await load("workflow: x", { semantics: "guessed" });
// @ts-expect-error: nothing else can be heard.
playground.on("everything", () => {});
// @ts-expect-error: a function is no value.
playground.post("cancel", () => {});
