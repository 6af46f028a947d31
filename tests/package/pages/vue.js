// The element and the engine in Vue.
import "halter-playground/element";
import { load } from "halter-playground";
import { createApp } from "vue";
import { SOURCE, playgroundAddress } from "./order.js";

const app = createApp({
  data: () => ({ playground: playgroundAddress(), source: SOURCE, step: 1, rules: [], threads: [] }),
  async mounted() {
    const playground = await load(SOURCE);
    playground.run();
    playground.post("cancel", "changed my mind");
    this.threads = playground.state().threads.map(({ spec, status }) => `${spec} ${status}`);
  },
  template: `
    <main>
      <button @click="step = 0">Back to the start</button>
      <button @click="$refs.element.post('cancel', 'changed my mind')">Cancel it</button>
      <halter-playground ref="element" :playground="playground" :source="source" :step="step" panels="graph,controls,steps" read-only
        @occurrence="rules.push($event.detail.rule)">
        <p>An order that can be cancelled.</p>
      </halter-playground>
      <output id="rules">{{ rules.join(" ") }}</output>
      <output id="threads">{{ threads.join(", ") }}</output>
    </main>`,
});
app.config.compilerOptions.isCustomElement = (tag) => tag === "halter-playground";
app.mount("#app");
