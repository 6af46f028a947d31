// What the pages of all frameworks show.
export const SOURCE = `workflow: order
events: {cancel: STR}
threads:
  order:
    interrupts: {cancel: cancelled}
    do:
      - sleep: 3600
  cancelled:
    variables: {INPUT: STR}
    do:
      - fail: {name: cancelled, content: $INPUT}
script:
  - run
`;

/** Where the test serves Halter. */
export const playgroundAddress = () => new URLSearchParams(location.search).get("playground");
