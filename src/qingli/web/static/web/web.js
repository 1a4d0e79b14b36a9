// Everything works without this file. With it: errors are read out, menus close, a double click sends once, and after a
// partial reload the focus goes to the part that says data-focus.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("errors")?.focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.q-menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.q-menu[open]");
  if (!menu) return;
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
document.addEventListener("htmx:afterSwap", () => {
  document.querySelector("[data-focus]")?.focus();
});
