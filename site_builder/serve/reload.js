// Reloads the page when the preview has built a newer one. Served by `portal serve` alone.
"use strict";
(() => {
  const events = new URL("events", document.currentScript.src);
  const notSent = new URL("not-sent", document.currentScript.src);
  const navigation = performance.getEntriesByType("navigation")[0];
  const told = navigation && navigation.serverTiming && navigation.serverTiming.find((entry) => entry.name === "portal");
  let version = told ? told.description : null;
  let source = null;

  // A hidden page listens to nothing: browsers allow six connections to one server, and open tabs would use them up.
  const listen = () => {
    if (document.hidden) {
      if (source) source.close();
      source = null;
    } else if (!source) {
      source = new EventSource(events);
      source.onmessage = (event) => {
        version = version || event.data;
        if (event.data !== version) {
          source.close();
          location.reload();
        }
      };
    }
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => { if (source) source.close(); source = null; });
  addEventListener("pageshow", listen);
  listen();

  // In the preview nothing is sent, wherever the form would go.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    const target = new URL(event.target.action, location.href);
    if (target.origin === location.origin || target.protocol === "mailto:") return;
    event.preventDefault();
    location.assign(notSent);
  });
})();
