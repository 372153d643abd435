// Only the settings that the chosen way of scoring uses; without this all are shown.

const choice = document.querySelector("[name=scheme]");
const parts = document.querySelectorAll("[data-schemes]");

function show() {
  for (const part of parts) part.hidden = !part.dataset.schemes.split(" ").includes(choice.value);
}

choice.addEventListener("change", show);
show();
