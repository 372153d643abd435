// Saves month patterns: one request at a time for each row, and never loses one.

const RETRY = "再試一次";

/** The token of this browser now: signing in again, in another tab, renews it. */
function token() {
  const kept = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return kept?.[1] ?? JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
}

const SIGNED_OUT = "登入已結束或沒有權限，月份還沒有存入。請在新分頁登入，再回到這裡按「再試一次」。";

export class Saver {
  /**
   * url(key) is the address of a row, tell(words, kind) a live line, settle(key, pattern)
   * is called with what the server holds, clash the element in which a clash is settled,
   * name(key) what the row is called.
   */
  constructor(hooks) {
    this.hooks = hooks;
    this.held = new Map(); // key → pattern the server holds
    this.wanted = new Map(); // key → pattern not saved yet
    this.busy = new Set();
  }

  isBusy() {
    return this.busy.size > 0 || this.wanted.size > 0;
  }

  /** The row was ``before`` and is to be ``pattern``. */
  save(key, before, pattern) {
    if (!this.held.has(key)) this.held.set(key, before);
    this.wanted.set(key, pattern);
    this.send(key);
  }

  async send(key) {
    if (this.busy.has(key) || !this.wanted.has(key)) return;
    this.busy.add(key);
    const pattern = this.wanted.get(key);
    this.hooks.tell("儲存中…", "busy");
    try {
      await this.ask(key, pattern);
    } catch {
      this.keep(key, "連不上系統，月份還沒有存入。");
    } finally {
      this.busy.delete(key);
    }
    if (this.wanted.has(key) && this.wanted.get(key) !== pattern) this.send(key);
  }

  async ask(key, pattern) {
    const body = new URLSearchParams({ was: this.held.get(key), months: pattern });
    const answer = await fetch(this.hooks.url(key), {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token() },
    });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (!isOurs) {
      const isSignedOut = answer.redirected || answer.status === 403;
      this.keep(key, isSignedOut ? SIGNED_OUT : `系統沒有存入月份（代碼 ${answer.status}）。`);
      return;
    }
    this.take(key, pattern, answer.status, await answer.json());
  }

  take(key, pattern, status, told) {
    if (status === 409 && told.months) {
      this.choose(key, pattern, told);
      return;
    }
    if (status !== 200) {
      this.keep(key, told.message);
      return;
    }
    this.held.set(key, told.months);
    if (this.wanted.get(key) === pattern) {
      this.wanted.delete(key);
      this.hooks.settle(key, told.months);
    }
    this.hooks.tell(`已儲存 ${told.at}`, "done");
  }

  /** Not saved: the pattern stays on the page, with a button to send it again. */
  keep(key, words) {
    this.hooks.tell(words, "error");
    this.question(words, [[RETRY, () => this.send(key)]]);
  }

  /** Two people, one cell: mine or theirs; other cells are put together anyway. */
  choose(key, mine, told) {
    this.wanted.delete(key);
    this.hooks.tell("同一格有人先改了，請選擇。", "error");
    const before = this.held.get(key);
    this.held.set(key, told.months);
    const merged = [...told.months].map((value, month) => (mine[month] === before[month] ? value : mine[month])).join("");
    this.question(`「${this.hooks.name(key)}」：${told.message}您的修改還沒有存入。`, [
      ["用我的", () => this.save(key, told.months, merged)],
      ["用他的", () => this.settleTheirs(key, told.months)],
    ]);
  }

  settleTheirs(key, pattern) {
    this.hooks.settle(key, pattern);
    this.hooks.tell("已改用對方的月份。", "done");
  }

  question(words, choices) {
    const line = document.createElement("p");
    line.className = "message message-warning";
    line.append(words, " ");
    for (const [label, act] of choices) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "btn btn-secondary btn-sm", textContent: label });
      button.addEventListener("click", () => {
        line.remove();
        act();
      });
      line.append(button, " ");
    }
    this.hooks.clash.append(line);
  }
}
