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

/** The attributes, as a page's text has them. One of source, src, sitting and example says what is shown. */
export interface HalterPlaygroundAttributes {
  /** Halter's readable YAML, or LittleHorse's JSON. */
  source?: string | undefined;
  /** The address of a file that holds one. */
  src?: string | undefined;
  /** A link's text: `1.…`. */
  sitting?: string | undefined;
  /** The name of an example, such as `heartbeats`. */
  example?: string | undefined;
  semantics?: Semantics | undefined;
  /** The step that is shown; the source's own script is played that far. */
  step?: number | string | undefined;
  /** Which panels, with commas between: hint, source, graph, controls, timeline, steps, why, variables, log. */
  panels?: string | undefined;
  /** The source can be read but not changed. */
  "read-only"?: boolean | "" | "true" | "false" | undefined;
  /** Nothing is loaded before somebody presses the button. */
  "on-press"?: boolean | "" | "true" | "false" | undefined;
  /** Without it, as the page around it. */
  theme?: "dark" | "light" | undefined;
  /** What the frame is called for screen readers. */
  label?: string | undefined;
  /** Where Halter is published; without it, where the script came from. */
  playground?: string | undefined;
}

/** `<halter-playground>`: docs/embedding.md describes its attributes. */
export interface HalterPlaygroundElement extends HTMLElement {
  /** Shows something else. Resolves to what is wrong with it, and what is odd. */
  load(what: string | Shown): Promise<Diagnostic[]>;
  /** Posts an ExternalEvent; without an id it gets the next one. */
  post(event: string, content?: Value, options?: { id?: string }): Promise<Step>;
  /** Takes a command; without one, the next of the source's own script (undefined at its end). */
  get step(): { (command: Command): Promise<Step>; (): Promise<Step | undefined> };
  /** Sets the attribute: React and Vue assign where there is a property of its name. */
  set step(step: number | string | null | undefined);
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
