// What every page does beyond plain HTML; without it everything still works.

const messages = () => document.getElementById("messages");

/** Tell the person, in the same place as the server's own notices. */
export function tell(text, kind = "error") {
  const line = document.createElement("p");
  const label = document.createElement("strong");
  label.className = "message-kind";
  label.textContent = kind === "error" ? "錯誤" : "說明";
  line.className = `message message-${kind}`;
  line.append(label, text);
  messages()?.replaceChildren(line);
  line.scrollIntoView({ block: "nearest" });
}

const REASONS = {
  400: "送出的內容有誤，請檢查後再試一次。",
  403: "沒有權限做這個動作，或頁面開太久；請重新整理頁面後再試。",
  404: "找不到這筆資料，可能已被刪除；請重新整理頁面。",
  413: "送出的內容太大。",
};

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  tell(REASONS[status] ?? `系統沒有完成這個動作（代碼 ${status}），輸入的文字還在，請稍後再試。`);
});

document.addEventListener("htmx:sendError", () => {
  tell("連不上系統，輸入的文字還在；請檢查網路後再試一次。");
});

// Menus are <details>: they also close on Escape and on a click elsewhere.
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  openMenus().forEach((menu) => menu.contains(event.target) || (menu.open = false));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  openMenus().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// Text kept in this tab is the person's who typed it: it leaves together with them.
document.addEventListener("submit", (event) => {
  if (event.target.hasAttribute("data-sign-out")) sessionStorage.clear();
});

// After a refused form the cursor stands where the first mistake is mended.
document.querySelector(".is-invalid")?.focus();
