import type { Command, Diagnostic, Occurrence, Semantics, State, Step, Value } from "./halter.js";

/** What can be shown: one of source, example and sitting. */
export interface Shown {
  /** Halter's readable YAML, or LittleHorse's JSON. */
  source?: string;
  /** The name of an example, such as `heartbeats`. */
  example?: string;
  /** A link's text: `1.…`. */
  sitting?: string;
  semantics?: Semantics;
  /** The step that is shown; the source's own script is played that far. */
  step?: number;
}

/** What the element tells, and what `event.detail` is. */
export interface HalterPlaygroundEvents {
  ready: CustomEvent<State | undefined>;
  occurrence: CustomEvent<Occurrence>;
  step: CustomEvent<Step>;
  problem: CustomEvent<Diagnostic[]>;
}

/** `<halter-playground>`: docs/embedding.md describes its attributes. */
export interface HalterPlaygroundElement extends HTMLElement {
  /** Shows something else. Resolves to what is wrong with it, and what is odd. */
  load(what: string | Shown): Promise<Diagnostic[]>;
  /** Posts an ExternalEvent; without an id it gets the next one. */
  post(event: string, content?: Value, options?: { id?: string }): Promise<Step>;
  /** Takes a command; without one, the next of the source's own script (undefined at its end). */
  step(command: Command): Promise<Step>;
  step(): Promise<Step | undefined>;
  /** Goes to the state after so many steps. */
  goTo(step: number): Promise<State>;
  /** The state that is shown; undefined if the source can't be run. */
  state(): Promise<State | undefined>;
  /** Hands the look on again, after a style sheet was changed. */
  restyle(): void;

  addEventListener<K extends keyof HalterPlaygroundEvents>(
    type: K,
    listener: (this: HalterPlaygroundElement, event: HalterPlaygroundEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "halter-playground": HalterPlaygroundElement;
  }
}
