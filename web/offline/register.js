// An embedded playground leaves the page around it as it is.
if (window === window.top && "serviceWorker" in navigator) {
  // Without it the page works all the same, as long as there is a network.
  addEventListener("load", () => navigator.serviceWorker.register("./sw.js").catch(() => {}));
}
