// A box above the lines of the plan: hides those that do not hold the typed words.

const form = document.getElementById("lines-form");
const box = document.getElementById("lines-filter");
const found = document.getElementById("lines-found");

if (form && box) {
  const chapters = [...form.querySelectorAll(".chapter-lines")];
  // Which chapters were open before the first letter was typed.
  let wasOpen = null;
  box.closest("[hidden]").hidden = false;
  box.addEventListener("input", () => show(box.value.trim().split(/\s+/).filter(Boolean)));
  // Enter in the box would save the form before the person has seen what was found.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });

  function show(words) {
    let count = 0;
    if (words.length > 0) wasOpen ??= new Map(chapters.map((chapter) => [chapter, chapter.open]));
    for (const chapter of chapters) {
      const inChapter = showIn(chapter, words);
      const inSight = inChapter > 0 || chapter.querySelector("input:checked") !== null;
      chapter.hidden = words.length > 0 && !inSight;
      chapter.open = words.length > 0 ? inSight : (wasOpen?.get(chapter) ?? chapter.open);
      count += inChapter;
    }
    if (words.length === 0) wasOpen = null;
    found.textContent = words.length > 0 ? `找到 ${count} 項` : "";
  }

  // What is ticked stays in sight: it is saved, too.
  function showIn(chapter, words) {
    let count = 0;
    for (const line of chapter.querySelectorAll("li")) {
      const input = line.querySelector("input");
      const fits = words.every((word) => line.textContent.includes(word));
      line.hidden = words.length > 0 && !(input && (fits || input.checked));
      if (input && fits) count += 1;
    }
    return count;
  }
}
