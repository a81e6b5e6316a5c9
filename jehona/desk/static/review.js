// Review by keys: decide and go on at once. Every button works without this.
"use strict";
(() => {
  let busy = false;
  let looking = null;
  const one = (what, within = document) => within.querySelector(what);

  function typing(at) {
    if (at.isContentEditable || at.tagName === "TEXTAREA" || at.tagName === "SELECT") return true;
    return at.tagName === "INPUT" && !["checkbox", "radio", "submit", "button"].includes(at.type);
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target)) {
      // a note goes with the next decision: to end it decides nothing
      if (event.key === "Escape" || (event.key === "Enter" && event.target.id === "note")) {
        event.preventDefault();
        event.target.blur();
      }
      return;
    }
    if (one("dialog[open]")) return;
    const at = [...document.querySelectorAll("[data-key]")].find(
      (each) => each.dataset.key === event.key.toLowerCase(),
    );
    if (!at) return;
    event.preventDefault();
    // a key that is held down, or pressed before the next card shows, decides nothing
    if (busy || event.repeat) return;
    if (at.tagName === "INPUT") at.focus();
    else at.click();
  }

  async function sent(event) {
    const form = event.target;
    if (!form.matches("[data-card]")) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const told = new URLSearchParams(new FormData(form, event.submitter));
    const headers = { "x-jehona": "card" };
    try {
      const answer =
        form.method === "get"
          ? await fetch(`${form.action}?${told}`, { headers })
          : await fetch(form.action, { method: "POST", body: told, headers });
      show(await answer.text());
    } catch {
      notReached(form);
    } finally {
      busy = false;
    }
  }

  function notReached(form) {
    const line = document.createElement("p");
    line.className = "notice bad";
    line.setAttribute("role", "alert");
    line.textContent = form.closest("[data-offline]").dataset.offline;
    one("main > .notice")?.remove();
    one("main").prepend(line);
  }

  function show(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    one("main").replaceWith(one("main", page));
    document.title = page.title;
    const here = one("[data-here]");
    if (here) history.replaceState(null, "", here.dataset.here);
    window.scrollTo(0, 0);
    one("#headline")?.focus({ preventScroll: true });
    prepare();
  }

  function prepare() {
    for (const each of document.querySelectorAll("[data-hides]")) each.hidden = true;
    for (const each of document.querySelectorAll("[data-help], [data-all]")) each.hidden = false;
    behind();
  }

  // the same text elsewhere takes a moment: it comes when the card is looked at, not before
  function behind() {
    looking?.abort();
    const place = one("#story");
    if (!place?.dataset.from) return;
    const mine = (looking = new AbortController());
    setTimeout(async () => {
      if (mine.signal.aborted) return;
      try {
        const answer = await fetch(place.dataset.from, { signal: mine.signal });
        if (answer.ok && place.isConnected) place.innerHTML = await answer.text();
      } catch {
        // the link to it stands there still
      }
    }, 300);
  }

  document.addEventListener("keydown", pressed);
  document.addEventListener("submit", sent);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-help]")) one("#keys").showModal();
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest("[data-sends]")) event.target.form.requestSubmit();
    if (!event.target.matches("[data-all]")) return;
    for (const each of document.querySelectorAll('tbody input[type="checkbox"]'))
      each.checked = event.target.checked;
  });
  prepare();
})();
