// Until the page's own program runs: what stands there meanwhile, and what if it never does. Documents and drafts are kept
// by the browser; nothing here touches them.
(() => {
  const started = () => {
    for (const [name, listener] of listeners) window.removeEventListener(name, listener, true);
  };
  const say = (why) => {
    started();
    const boot = document.getElementById("boot");
    if (!boot) return;
    const says = boot.querySelector("[data-boot]");
    says.setAttribute("role", "alert");
    says.dataset.boot = "failed";
    says.textContent =
      `Halter could not be loaded: ${why} What you wrote is kept by this browser and opens with the page.`;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "quiet";
    again.textContent = "Load it again";
    again.addEventListener("click", () => location.reload());
    boot.append(again);
  };
  const listeners = [
    ["TrunkApplicationStarted", started],
    // Only the script that starts the page stands in it; it does without the editor, which has an address.
    ["error", ({ target, message }) => {
      if (target instanceof HTMLScriptElement ? !target.src : !(target instanceof Element)) say(reason(message));
    }],
    ["unhandledrejection", (event) => say(reason(event.reason?.message))],
  ];
  const reason = (message) => {
    if (typeof WebAssembly !== "object") return "this browser has no WebAssembly, or it is switched off.";
    return message ? `${message.replace(/\.?$/, ".")}` : "a part of it did not arrive.";
  };
  for (const [name, listener] of listeners) window.addEventListener(name, listener, true);
})();
