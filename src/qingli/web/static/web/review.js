// A passage and its card light up together; keys for those who want them; after a step the focus goes to the next card.
// Without this file every button works, and the links lead from passage to card and back.
"use strict";
(() => {
  const KEYS = "qingli-review-keys";
  const dock = () => document.querySelector(".q-dock");

  function light(event) {
    const here = event.target.closest?.("[data-act]");
    if (!here) return;
    for (const lit of document.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
    for (const one of document.querySelectorAll(`[data-act="${here.dataset.act}"]`)) one.classList.add("is-lit");
  }
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
  document.addEventListener("click", light);

  function go(card) {
    if (!card) return;
    const field = card.querySelector("[data-open] [aria-invalid]") ?? card.querySelector("[data-open] .q-cut, [data-open] textarea");
    card.scrollIntoView({ block: "start", behavior: "instant" });
    (field ?? card).focus({ preventScroll: true });
    if (field?.matches("textarea")) field.setSelectionRange(field.value.length, field.value.length);
  }

  const cards = () => [...document.querySelectorAll(".q-panes__cards > .q-card")];
  function present() {
    return document.activeElement?.closest(".q-card") ?? document.querySelector(".q-card.is-lit, .q-card:target");
  }
  function step(by) {
    const all = cards();
    const at = all.indexOf(present());
    if (at < 0) return by > 0 ? all.find((card) => "todo" in card.dataset) ?? all[0] : all[0];
    return all[Math.min(Math.max(at + by, 0), all.length - 1)];
  }

  document.addEventListener("click", (event) => {
    const next = event.target.closest("[data-next]");
    if (next) {
      const all = cards();
      const from = all.indexOf(present());
      const card = [...all.slice(from + 1), ...all.slice(0, from + 1)].find((one) => "todo" in one.dataset);
      if (card) {
        event.preventDefault();
        go(card);
      }
      return;
    }
    const mark = event.target.closest("[data-at], .q-source[href^='#'], .q-span[href^='#']");
    const target = mark && document.getElementById(mark.dataset.at ?? mark.getAttribute("href").slice(1));
    if (target && target.matches(".q-card, .q-span")) {
      event.preventDefault();
      target.classList.contains("q-card") ? go(target) : (target.scrollIntoView({ block: "center", behavior: "instant" }), target.focus());
    }
  });

  const keysOn = () => localStorage.getItem(KEYS) !== "off";
  document.addEventListener("keydown", (event) => {
    if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const card = present();
    const deeds = {
      j: () => go(step(1)),
      k: () => go(step(-1)),
      a: () => card?.querySelector("[data-accept]")?.click(),
      e: () => card?.querySelector("[data-edit]")?.click(),
      u: () => document.querySelector("[data-undo]")?.click(),
    };
    if (!Object.hasOwn(deeds, event.key)) return;
    event.preventDefault();
    deeds[event.key]();
  });

  function showKeys() {
    const box = document.querySelector("[data-keys]");
    if (!box) return;
    const button = box.querySelector("[data-keys-switch]");
    box.hidden = false;
    button.setAttribute("aria-pressed", String(keysOn()));
    button.textContent = keysOn() ? button.dataset.on : button.dataset.off;
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-keys-switch]")) return;
    localStorage.setItem(KEYS, keysOn() ? "off" : "on");
    showKeys();
  });
  document.addEventListener("DOMContentLoaded", showKeys);
  document.addEventListener("htmx:afterSettle", showKeys);

  // A row comes back with the card to go to. Anything else (signed out, refused) is shown as the page it is.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answer = event.detail.xhr;
    if (answer.getResponseHeader("HX-Trigger-After-Settle") || answer.getResponseHeader("HX-Redirect")) return;
    event.detail.shouldSwap = false;
    location.reload();
  });
  document.addEventListener("htmx:sendError", () => {
    const said = document.createElement("p");
    said.className = "q-wrong";
    said.textContent = dock().dataset.offline;
    document.getElementById("said").replaceChildren(said);
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  document.addEventListener("review", (event) => {
    const card = document.getElementById(`a-${event.detail.card}`);
    card ? go(card) : document.querySelector("[data-next]")?.focus();
  });
  document.addEventListener("DOMContentLoaded", () => {
    const card = location.hash.startsWith("#a-") && document.getElementById(location.hash.slice(1));
    if (card) go(card);
  });
})();
