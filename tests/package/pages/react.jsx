// The element and the engine in React.
import "halter-playground/element";
import { load } from "halter-playground";
import { useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { SOURCE, playgroundAddress } from "./order.js";

function Order() {
  const element = useRef(null);
  const [step, setStep] = useState(1);
  const [rules, setRules] = useState([]);
  const [threads, setThreads] = useState([]);

  useEffect(() => {
    load(SOURCE).then((playground) => {
      playground.run();
      playground.post("cancel", "changed my mind");
      setThreads(playground.state().threads.map(({ spec, status }) => `${spec} ${status}`));
    });
  }, []);

  return (
    <main>
      <button onClick={() => setStep(0)}>Back to the start</button>
      <button onClick={() => element.current.post("cancel", "changed my mind")}>Cancel it</button>
      <halter-playground
        ref={element}
        playground={playgroundAddress()}
        source={SOURCE}
        step={step}
        panels="graph,controls,steps"
        read-only
        onoccurrence={({ detail }) => setRules((before) => [...before, detail.rule])}
      >
        <p>An order that can be cancelled.</p>
      </halter-playground>
      <output id="rules">{rules.join(" ")}</output>
      <output id="threads">{threads.join(", ")}</output>
    </main>
  );
}

createRoot(document.querySelector("#app")).render(<Order />);
