/** The rules to play by: as LittleHorse's documentation promises them, or as LittleHorse server 1.2.1 follows them. */
export type Semantics = "documented" | "server-1.2";

export type Status = "STARTING" | "RUNNING" | "HALTING" | "HALTED" | "COMPLETED" | "ERROR" | "EXCEPTION";

export type ThreadType = "ENTRYPOINT" | "CHILD" | "INTERRUPT" | "FAILURE_HANDLER";

/** What may stand in a JSON_OBJ or a JSON_ARR. Whole numbers beyond 2^53 are bigints. */
export type Json = null | boolean | number | bigint | string | Json[] | { [key: string]: Json };

/**
 * A value of LittleHorse: INT is a bigint (a whole number is taken too), DOUBLE a number, STR and WF_RUN_ID a string,
 * BOOL a boolean, TIMESTAMP a Date, BYTES a Uint8Array, JSON_OBJ and JSON_ARR plain objects and lists; null is no value.
 */
export type Value = Json | Date | Uint8Array;

/** A place in a source; lines and columns count from 1, columns in characters. */
export interface Span {
  line: number;
  column: number;
  end_line: number;
  end_column: number;
}

export interface Diagnostic {
  code: string;
  severity: "error" | "warning";
  message: string;
  span: Span;
}

/** Something that happened. */
export interface Occurrence {
  /** Counts from 0 over the whole sitting. */
  id: number;
  /** The rule by which it happened, such as `R-HALT`. */
  rule: string;
  /** In words. */
  sentence: string;
  /** The id of the occurrence that it is because of; null: the command itself. */
  cause: number | null;
}

/** What became of a command. */
export interface Step {
  /** The command in words. */
  command: string;
  /** Why it was refused, with LittleHorse's code; null: it was taken. */
  refused: { code: string; message: string } | null;
  occurrences: Occurrence[];
}

export interface HaltReason {
  /** LittleHorse's name, such as `PARENT_HALTED`. */
  name: string;
  /** The other ThreadRun that it is about. */
  thread: number | null;
  sentence: string;
}

export interface ThreadRun {
  number: number;
  /** The name of its ThreadSpec. */
  spec: string;
  type: ThreadType;
  status: Status;
  parent: number | null;
  haltReasons: HaltReason[];
  /** The position of its current NodeRun, and the name of that node. */
  position: number | null;
  node: string | null;
  /** What it waits for and what would move it; empty if it is over. */
  waits: string;
  /** Its own variables by name; undefined if masked. */
  variables: Record<string, Value | undefined>;
}

export interface ExternalEvent {
  /** The name of its ExternalEventDef. */
  def: string;
  /** undefined if it would tell a masked correlation key. */
  id: string | undefined;
  /** undefined if masked. */
  content: Value | undefined;
  claimed: boolean;
}

export interface ChildWfRun {
  /** The name of its WfSpec; with the NodeRun that started it, if there are several. */
  name: string;
  workflow: string;
  /** The NodeRuns that started it and its parents, from the first WfRun on. */
  path: { thread: number; position: number }[];
  status: Status;
  threads: ThreadRun[];
  events: ExternalEvent[];
}

export interface State {
  status: Status;
  /** The virtual clock, in milliseconds. */
  now: number;
  threads: ThreadRun[];
  events: ExternalEvent[];
  /** The child WfRuns that are played: those of the document's `workflows`. */
  childWfRuns: ChildWfRun[];
}

/** A command in the form of the recorded traces, such as `{ postEvent: { externalEventDef: "cancel" } }`. */
export type Command = { [name: string]: Record<string, unknown> };

/** A source has errors. */
export class SourceError extends Error {
  diagnostics: Diagnostic[];
}

/**
 * Loads the WebAssembly. Call it only to say where that lies: everything else calls it, too.
 * By default it lies beside this module.
 */
export function init(wasm?: URL | string | Request | Response | BufferSource | WebAssembly.Module): Promise<unknown>;

/** Starts a sitting with a source: Halter's readable YAML, or LittleHorse's JSON. Throws a {@link SourceError}. */
export function load(source: string, options?: { semantics?: Semantics }): Promise<Playground>;

/** Opens a link: its text, its fragment, or the whole address. */
export function fromLink(link: string): Promise<Playground>;

/** What is wrong with a source, and what is odd. */
export function diagnostics(source: string): Promise<Diagnostic[]>;

/** Plays a recorded trace: undefined if the engine agrees with it, or a text that says where it does not. */
export function conformance(trace: string, semantics?: Semantics): Promise<string | undefined>;

/** A sitting: a source, the commands so far, and the state after them. A command takes back those after the cursor. */
export interface Playground {
  /** Takes a command; without one, the next of the source's own script (undefined at its end). */
  step(command: Command): Step;
  step(): Step | undefined;
  /** Starts the WfRun. */
  run(variables?: Record<string, Value>): Step;
  /** Posts an ExternalEvent; without an id it gets the next one. */
  post(event: string, content?: Value, options?: { id?: string; thread?: number; position?: number }): Step;
  /** Posts an event that finds its NodeRuns by a key. */
  postCorrelated(event: string, key: string, content?: Value): Step;
  /** A worker takes a scheduled TaskRun. */
  claim(thread: number, position: number): Step;
  /** The worker is done. */
  complete(thread: number, position: number, output?: Value): Step;
  /** The worker failed with a technical ERROR. */
  fail(thread: number, position: number, options?: { type?: string; message?: string }): Step;
  /** The worker throws a business EXCEPTION. */
  throwException(thread: number, position: number, name: string, options?: { message?: string; content?: Value }): Step;
  /** Seconds pass. */
  pass(seconds: number): Step;
  /** Halts a ThreadRun by hand; 0 is the WfRun. */
  stop(thread?: number): Step;
  resume(thread?: number): Step;
  /** Tries a failed ThreadRun again, or goes past the failed node. */
  rescue(thread: number, options?: { skipCurrentNode?: boolean }): Step;
  completeUserTask(thread: number, position: number, results?: Record<string, Value>): Step;
  cancelUserTask(thread: number, position: number): Step;

  /** Hears each occurrence, or each step, as it happens. Returns what ends that. */
  on(name: "occurrence", listener: (occurrence: Occurrence, step: Step) => void): () => boolean;
  on(name: "step", listener: (step: Step) => void): () => boolean;

  /** How many commands the state has behind it. */
  readonly cursor: number;
  /** How many commands there are, those after the cursor too. */
  readonly length: number;
  goTo(steps: number): void;
  back(): void;
  forward(): void;

  /** The state at the cursor. */
  state(): State;
  /** The same in LittleHorse's own JSON, as the recorded traces have it. */
  stateJson(): Record<string, unknown>;
  /** What can come next, in words, such as `Post event cancel`. */
  enabled(): string[];

  /** The fragment of a link that opens this sitting in a playground: `#sitting=1.…`. */
  link(): string;
  /** The run as a trace in the form of the recorded ones. */
  trace(): Record<string, unknown>;
  /** The run as text for Mermaid or Graphviz. */
  diagram(kind: "mermaid-state" | "mermaid-sequence" | "graphviz"): string;

  /** Gives the memory back; without it the garbage collector does. */
  free(): void;
}
