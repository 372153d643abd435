// What axe does not look at; a list of complaints about the page as it stands.
() => {
  const complaints = [];
  const shown = (element) => element.checkVisibility({ opacityProperty: false, visibilityProperty: true });
  const name = (element) => element.outerHTML.slice(0, 160);

  if (document.documentElement.scrollWidth > window.innerWidth) {
    complaints.push(`scrolls sideways: ${document.documentElement.scrollWidth}`);
  }
  for (const key of ["U", "C", "Z"]) {
    if (document.querySelectorAll(`a[accesskey="${key}"]`).length !== 1) complaints.push(`guide point ${key}`);
  }
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((element) => shown(element) && element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && !element.closest("[inert]"));
  if (!stops[0]?.matches(".skip-link")) complaints.push("the skip link is not the first stop");

  // A link in running text is as high as its line.
  const inText = (element) => getComputedStyle(element).display === "inline" && element.matches("a");
  for (const stop of stops) {
    stop.focus();
    const { outlineStyle, outlineWidth, opacity } = getComputedStyle(stop);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2 || opacity === "0") complaints.push(`focus is not seen: ${name(stop)}`);
    const { width, height } = stop.getBoundingClientRect();
    if (!inText(stop) && (width < 24 || height < 24)) complaints.push(`small target ${width}×${height}: ${name(stop)}`);
  }
  return complaints;
};
