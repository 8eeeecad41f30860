// The print button, for those who do not look for it in the browser's menu; without this the menu still works.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
