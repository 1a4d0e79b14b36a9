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
  const button = `sent ${event.submitter?.value ?? ""}`; // after one download, another button still works at once
  if (form.dataset.sent === button) event.preventDefault();
  form.dataset.sent = button;
  setTimeout(() => delete form.dataset.sent, 4000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
document.addEventListener("htmx:afterSwap", () => {
  document.querySelector("[data-focus]")?.focus();
});
// A file may be dropped where one can be chosen; it is sent with the form's own button.
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target instanceof Element ? event.target.closest("[data-drop]") : null;
    if (!zone || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    const leaving = kind === "drop" || (kind === "dragleave" && !zone.contains(event.relatedTarget));
    zone.classList.toggle("is-over", !leaving);
    if (kind !== "drop" || !event.dataTransfer.files.length) return;
    const field = zone.querySelector("input[type=file]");
    field.files = event.dataTransfer.files;
    field.focus();
  });
}
