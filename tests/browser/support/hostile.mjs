// What a hostile page could say to a playground. It runs in that page: it is handed over as text.

/** All that is no message, or is one that can't be obeyed. Each is new, as what was sent may not be sent again. */
export function malformed() {
  const own = (key, value) => JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`);
  const itself = [];
  itself.push(itself);
  const ring = {};
  ring.ring = ring;
  // Sixty-four lists, each of which holds the one before twice: small to send, and endless to read.
  let doubled = [];
  for (let depth = 0; depth < 64; depth += 1) doubled = [doubled, doubled];
  let deep = [];
  for (let depth = 0; depth < 500; depth += 1) deep = [deep];
  const huge = "x".repeat(4_200_000);
  const wrong = [
    null, true, -1, 1e308, Number.NaN, 2n ** 70n, [], {}, [huge], itself, ring, doubled, deep, new Array(4e9), new Date(Number.NaN),
    new Map([[1, 2]]), new Set([1]), /x/g, new ArrayBuffer(8), new BigInt64Array(8), new String(huge), new Blob(["x"]), new Error("x"),
    own("__proto__", { polluted: true }), own("constructor", { prototype: { polluted: true } }),
  ];
  const noMessages = [...wrong, undefined, "load", huge, { halter: 2, type: "state" }, { halter: "1", type: "state" }, { halter: 1 },
    ...wrong.map((type) => ({ halter: 1, type })), { ...own("__proto__", { halter: 1, type: "state" }) }];
  const message = (type, rest) => ({ halter: 1, type, ...rest });
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "", "LOAD", "load ", huge, "javascript:alert(1)"];
  const objects = wrong.filter((value) => typeof value === "object" && value !== null);
  const refused = [
    ...names.map((name) => message(name)),
    ...["sitting", "source", "example", "semantics"].flatMap((part) => objects.map((value) => message("load", { [part]: value }))),
    ...names.flatMap((name) => [message("load", { example: name || "no" }), message("load", { sitting: name || "no" })]),
    ...names.map((name) => message("load", { semantics: name || "no" })),
    message("load", { sitting: "1.AAAA" }), message("load", { source: huge }),
    message("load", { example: "nowhere", semantics: "server-1.2" }),
    ...[-1, 0.5, 1e308, Number.NaN, "5", 2n ** 70n, ...objects].flatMap((step) => [message("go-to", { step }), message("load", { step })]),
    ...objects.map((event) => message("post", { event })), message("post"), message("post", { event: huge }),
    ...[[huge], itself, ring, doubled, deep, new Array(4e9), new BigInt64Array(8), new String(huge), { a: Number.NaN }, 2n ** 70n]
      .map((content) => message("post", { event: "cart-updated", content })),
    ...objects.map((id) => message("post", { event: "cart-updated", id })),
    ...wrong.filter((command) => command !== undefined).map((command) => message("step", { command })),
    message("step", { command: { runWf: 1, stopWfRun: 2 } }), message("step", { command: { passTime: { seconds: -1 } } }),
    message("step", { command: { postEvent: own("__proto__", { externalEventDef: "cart-updated" }) } }),
    message("step", { command: { reportTask: { threadRunNumber: -1, position: "x" } } }),
  ];
  // The look is no matter of being obeyed: what is wrong of it is left out.
  const styles = [
    ...[...wrong, ...names].map((theme) => message("style", { theme })),
    ...[...wrong, ...names].map((properties) => message("style", { properties })),
    ...[...wrong, huge, "url(https://example.org/x)"].map((ground) => message("style", { properties: { ground } })),
    message("style", { properties: own("__proto__", { ground: "red" }) }),
    message("style", { properties: Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`n${index}`, "red"])) }),
  ];
  return { noMessages, refused, styles };
}

/** What a page may say whose origin is named. */
export function wellFormed() {
  const message = (type, rest) => ({ halter: 1, type, request: type, ...rest });
  return [
    message("load", { example: "heartbeats" }), message("post", { event: "cart-updated", content: { item: "x", price: 1 } }),
    message("step"), message("step", { command: { stopWfRun: { threadRunNumber: 0 } } }), message("go-to", { step: 0 }),
    message("state"), message("style", { theme: "dark", properties: { ground: "rgb(1, 2, 3)" } }),
  ];
}
