// Halter for JavaScript: see README.md beside this file, and halter.d.ts for every name.
import start, {
  Playground as Engine,
  conformance as playTrace,
  diagnostics as diagnose,
} from "./halter_wasm.js";

let started;

/** Loads the WebAssembly; everything below does so by itself. Once only: later calls wait for the first. */
export function init(wasm = new URL("halter_wasm_bg.wasm", import.meta.url)) {
  started ??= start({ module_or_path: wasm });
  return started;
}

/** A source that has errors. */
export class SourceError extends Error {
  constructor(diagnostics) {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    super(errors.map(({ span, message }) => `${span.line}:${span.column} ${message}`).join("\n"));
    this.name = "SourceError";
    this.diagnostics = diagnostics;
  }
}

/** What the engine throws are lists of diagnostics or sentences. */
function thrown(problem) {
  return Array.isArray(problem) ? new SourceError(problem) : new Error(String(problem));
}

function attempt(body) {
  try {
    return body();
  } catch (problem) {
    throw problem instanceof Error ? problem : thrown(problem);
  }
}

export async function load(source, { semantics = "documented" } = {}) {
  await init();
  return attempt(() => new Playground(new Engine(source, semantics)));
}

export async function fromLink(link) {
  await init();
  return attempt(() => new Playground(Engine.fromLink(link)));
}

export async function diagnostics(source) {
  await init();
  return diagnose(source);
}

export async function conformance(trace, semantics) {
  await init();
  return attempt(() => playTrace(trace, semantics));
}

/** One sitting. */
class Playground {
  #engine;
  #listeners = { occurrence: new Set(), step: new Set() };

  constructor(engine) {
    this.#engine = engine;
  }

  on(name, listener) {
    const listeners = this.#listeners[name];
    if (!listeners) {
      throw new Error(`there is no "${name}" to listen to: occurrence, step`);
    }
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Gives a command, and tells who listens. */
  #take(give) {
    const step = attempt(give);
    if (step) {
      for (const occurrence of step.occurrences) {
        this.#listeners.occurrence.forEach((listener) => listener(occurrence, step));
      }
      this.#listeners.step.forEach((listener) => listener(step));
    }
    return step;
  }

  step(command) {
    return this.#take(() => (command === undefined ? this.#engine.playNext() : this.#engine.step(command)));
  }

  run(variables) {
    return this.#take(() => this.#engine.run(variables));
  }

  post(event, content, { id, thread, position } = {}) {
    return this.#take(() => this.#engine.post(event, content, id, thread, position));
  }

  postCorrelated(event, key, content) {
    return this.#take(() => this.#engine.postCorrelated(event, key, content));
  }

  claim(thread, position) {
    return this.#take(() => this.#engine.claim(thread, position));
  }

  complete(thread, position, output) {
    return this.#take(() => this.#engine.complete(thread, position, output));
  }

  fail(thread, position, { type = "TASK_FAILURE", message = "" } = {}) {
    return this.#take(() => this.#engine.fail(thread, position, type, message));
  }

  throwException(thread, position, name, { message = "", content } = {}) {
    return this.#take(() => this.#engine.throwException(thread, position, name, message, content));
  }

  pass(seconds) {
    return this.#take(() => this.#engine.pass(seconds));
  }

  stop(thread = 0) {
    return this.#take(() => this.#engine.stop(thread));
  }

  resume(thread = 0) {
    return this.#take(() => this.#engine.resume(thread));
  }

  rescue(thread, { skipCurrentNode = false } = {}) {
    return this.#take(() => this.#engine.rescue(thread, skipCurrentNode));
  }

  completeUserTask(thread, position, results) {
    return this.#take(() => this.#engine.completeUserTask(thread, position, results));
  }

  cancelUserTask(thread, position) {
    return this.#take(() => this.#engine.cancelUserTask(thread, position));
  }

  get cursor() {
    return this.#engine.cursor;
  }

  get length() {
    return this.#engine.length;
  }

  goTo(steps) {
    this.#engine.goTo(Math.max(0, Math.trunc(steps)));
  }

  back() {
    this.goTo(this.cursor - 1);
  }

  forward() {
    this.goTo(this.cursor + 1);
  }

  state() {
    return this.#engine.state();
  }

  stateJson() {
    return this.#engine.stateJson();
  }

  enabled() {
    return this.#engine.enabled();
  }

  link() {
    return this.#engine.link();
  }

  trace() {
    return this.#engine.trace();
  }

  diagram(kind) {
    return attempt(() => this.#engine.diagram(kind));
  }

  free() {
    this.#engine.free();
  }
}
