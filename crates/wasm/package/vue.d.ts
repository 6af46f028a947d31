// `import type {} from "halter-playground/vue"`: then templates know <halter-playground>.
import type { HTMLAttributes } from "vue";
import type { HalterPlaygroundAttributes, HalterPlaygroundEvents } from "./element.js";

type Listeners = { [K in keyof HalterPlaygroundEvents as `on${Capitalize<K>}`]?: (event: HalterPlaygroundEvents[K]) => void };

/** What the element takes in a template. */
export type HalterPlaygroundProps = HTMLAttributes & HalterPlaygroundAttributes & Listeners;

declare module "vue" {
  interface GlobalComponents {
    "halter-playground": new () => { $props: HalterPlaygroundProps };
  }
}
