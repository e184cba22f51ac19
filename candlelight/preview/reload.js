/* Puts the new page in place of the old one when a file was saved. Served by the preview only. */
"use strict";

(() => {
  const own = document.currentScript;
  const room = own.src.slice(0, own.src.lastIndexOf("/") + 1);
  let shown = own.dataset.generation;
  let stream = null;
  let busy = false;
  let again = false;

  function listen() {
    if (stream || document.hidden) return;
    stream = new EventSource(room + "events");
    stream.onmessage = (event) => {
      if (event.data !== shown) refresh();
    };
  }

  /* A browser opens six connections to one server: tabs that nobody sees give theirs back. */
  function rest() {
    if (stream) stream.close();
    stream = null;
  }

  async function refresh() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
      await replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (trouble) {
      setTimeout(refresh, 500);
    }
    busy = false;
    if (again) {
      again = false;
      refresh();
    }
  }

  async function replace(next) {
    const marker = next.querySelector("script[data-generation]");
    if (!marker || needsScripts(next)) {
      location.reload();
      return;
    }
    await restyle(next);
    const [x, y] = [window.scrollX, window.scrollY];
    const open = [...document.querySelectorAll(".preview-bar details")].some((one) => one.open);
    const root = document.documentElement;
    root.lang = next.documentElement.lang;
    root.dir = next.documentElement.dir;
    root.dataset.previewReloaded = "";
    document.title = next.title;
    document.body.replaceWith(document.adoptNode(next.body));
    for (const details of document.querySelectorAll(".preview-bar details")) details.open = open;
    window.scrollTo({ left: x, top: y, behavior: "instant" });
    shown = marker.dataset.generation;
    document.dispatchEvent(new CustomEvent("preview-reloaded", { detail: shown }));
  }

  /* A page with a script of its own must start it: only a real reload does. */
  function needsScripts(next) {
    return [...next.scripts].some(
      (one) => !("generation" in one.dataset) && !/json/.test(one.type),
    );
  }

  /* The new style first, then the old one goes: the page is never bare. */
  async function restyle(next) {
    const wanted = [...next.head.querySelectorAll('link[rel="stylesheet"]')];
    const had = [...document.head.querySelectorAll('link[rel="stylesheet"]')];
    const hrefs = (links) => links.map((one) => new URL(one.getAttribute("href"), location).href);
    const [now, then] = [hrefs(wanted), hrefs(had)];
    const loading = wanted
      .filter((_, index) => !then.includes(now[index]))
      .map((link) => new Promise((done) => {
        const fresh = document.importNode(link);
        fresh.onload = fresh.onerror = done;
        document.head.append(fresh);
      }));
    await Promise.all(loading);
    had.forEach((link, index) => {
      if (!now.includes(then[index])) link.remove();
    });
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", listen);
  listen();
})();
