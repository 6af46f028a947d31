// `import type {} from "halter-playground/react"`: then JSX knows <halter-playground>. For React 19, which listens to an
// element's own events by `on` and their names as they are.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { HalterPlaygroundAttributes, HalterPlaygroundElement, HalterPlaygroundEvents } from "./element.js";

type Listeners = { [K in keyof HalterPlaygroundEvents as `on${K}`]?: (event: HalterPlaygroundEvents[K]) => void };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "halter-playground": DetailedHTMLProps<HTMLAttributes<HalterPlaygroundElement>, HalterPlaygroundElement> &
        HalterPlaygroundAttributes &
        Listeners;
    }
  }
}
