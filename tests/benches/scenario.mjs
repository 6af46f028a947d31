// One scenario for both sides: a parent waits for an event, with N children that wait for events; an interrupt halts
// them all; a two-step handler runs; then all go on. A cycle is three commands: interrupt, first, second.
import { assign, createActor, enqueueActions, sendTo, setup } from "xstate";

/** The scenario as Halter's source. */
export function source(children) {
  const started = Array.from({ length: children }, (_, i) => `      - start-thread: child\n        as: child-${i}`);
  const waited = Array.from({ length: children }, (_, i) => `child-${i}`).join(", ");
  return `workflow: bench
events: {interrupt: , first: , second: , child-done: , done: }
threads:
  parent:
    interrupts: {interrupt: handler}
    do:
${started.join("\n")}
      - wait-for-event: done
      - wait-for-threads: [${waited}]
  child:
    do:
      - wait-for-event: child-done
  handler:
    do:
      - wait-for-event: first
      - wait-for-event: second
`;
}

/** Indices of the events above. */
export const INTERRUPT = 0;
export const FIRST = 1;
export const SECOND = 2;

// The same with XState's running actors: the parent is told of events as a WfRun is, and passes them on; children are
// actors of their own, told to halt and to resume; each handler is an actor of its own, started for one interrupt.
const child = setup({}).createMachine({
  id: "child",
  initial: "running",
  states: {
    running: { on: { HALT: "halted", "child-done": "completed" } },
    halted: { on: { RESUME: "running" } },
    completed: { type: "final" },
  },
});

const handler = setup({}).createMachine({
  id: "handler",
  initial: "first",
  states: {
    first: { on: { first: "second" } },
    second: { on: { second: "completed" } },
    completed: { type: "final" },
  },
});

/** The parent as an XState machine. */
export function machine(children) {
  const names = Array.from({ length: children }, (_, i) => `child-${i}`);
  const toChildren = (type) => names.map((name) => sendTo(name, { type }));
  return setup({ actors: { child, handler } }).createMachine({
    id: "parent",
    context: { handled: 0 },
    entry: enqueueActions(({ enqueue }) => {
      for (const id of names) enqueue.spawnChild("child", { id });
    }),
    initial: "running",
    states: {
      running: {
        on: { interrupt: { target: "halted", actions: toChildren("HALT") }, done: "completed" },
      },
      halted: {
        invoke: {
          id: "handler",
          src: "handler",
          onDone: {
            target: "running",
            actions: [assign({ handled: ({ context }) => context.handled + 1 }), ...toChildren("RESUME")],
          },
        },
        on: {
          first: { actions: sendTo("handler", { type: "first" }) },
          second: { actions: sendTo("handler", { type: "second" }) },
        },
      },
      completed: { type: "final" },
    },
  });
}

/** A running parent with its children. */
export function actors(children) {
  const actor = createActor(machine(children));
  actor.start();
  return actor;
}

/** Statuses of parent and children, to see that both sides do the same work. */
export function statuses(actor, children) {
  const snapshot = actor.getSnapshot();
  const of = (value) => ({ running: "RUNNING", halted: "HALTED" })[value];
  return [of(snapshot.value), ...Array.from({ length: children }, (_, i) => of(snapshot.children[`child-${i}`].getSnapshot().value))];
}
