/** What a fence asks for: `step=3 title="An order"`. */
export interface FenceOptions {
  title?: string;
  step?: number;
  panels?: string[];
  semantics?: "documented" | "server-1.2";
  theme?: "dark" | "light";
  "read-only"?: true;
  "on-press"?: true;
}

export interface Options {
  /** Where Halter is published, such as `https://halter.example/`, or `/halter/` of the site itself. */
  playground: string;
  /** Draws the picture that is there until the playground is: an SVG. */
  draw?: (source: string, options: FenceOptions) => Promise<string> | string;
  /** The command `halter`, by name or path, which draws it. Without it and without `draw` there is no picture. */
  halter?: string;
}

/** The parts of unified's trees and files that the plugin uses; unified's own types fit. */
interface Tree {
  type: string;
}
interface File {
  fail(reason: string, options?: object): never;
}

/** Fences called `halter` become playgrounds. */
export default function remarkHalter(options: Options): (tree: Tree, file: File) => Promise<void>;
