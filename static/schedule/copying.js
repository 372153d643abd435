// Addresses: selected when the cursor comes, copied at the press of a button.  Without
// scripts they are selected and copied by hand.

async function copy(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Pages without https have no clipboard of their own.
    return document.execCommand("copy");
  }
}

document.querySelectorAll("input[data-select]").forEach((field) => {
  field.addEventListener("focus", () => field.select());
});

document.querySelectorAll("button[data-copy]").forEach((button) => {
  const field = document.getElementById(button.dataset.copy);
  const told = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    told.textContent = (await copy(field)) ? "已複製。" : "請在網址上按右鍵，選「複製」。";
  });
});
