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

  // In the preview nothing is sent, wherever the form would go; what is missing is still asked for. Before the form's own script.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !form.checkValidity()) return;
    if (new URL(form.action, location.href).protocol === "mailto:") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    location.assign(notSent);
  }, { capture: true });
})();
