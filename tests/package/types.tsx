// Not run, as types.ts: the element in React's JSX.
import type {} from "halter-playground/react";
import { createRef } from "react";
import type { HalterPlaygroundElement } from "halter-playground/element";

const element = createRef<HalterPlaygroundElement>();

export const right = (
  <halter-playground ref={element} playground="https://halter.example" example="heartbeats" step={3} read-only className="wide" onoccurrence={({ detail }) => console.log(detail.rule)}>
    <img alt="The first step" />
  </halter-playground>
);

// @ts-expect-error: there is no such theme.
export const wrong = <halter-playground theme="pink" />;
