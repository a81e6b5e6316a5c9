// Words that are tried while they are typed. Without it the button does the same.
"use strict";

const PAUSE = 700; // milliseconds without a key

for (const form of document.querySelectorAll("form[data-trial]")) {
  const place = form.querySelector("#trial");
  let waiting = 0;
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const typed = new FormData(form);
    typed.append("part", "1");
    const answer = await fetch(form.dataset.trial, { method: "POST", body: typed });
    const told = await answer.text();
    // an answer to what was typed before is late
    if (answer.ok && mine === asked) place.innerHTML = told;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask().catch(() => undefined), PAUSE);
  });
}

// As text, and with its links and headings where an editor takes those.
const copied = (text, rich) => {
  if (!rich) return navigator.clipboard.writeText(text);
  const kinds = { "text/plain": text, "text/html": rich };
  const parts = Object.entries(kinds).map(([type, said]) => [type, new Blob([said], { type })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
};

// What is copied is marked too, so that a browser that refuses leaves it one key away.
for (const button of document.querySelectorAll("[data-copy]")) {
  const told = button.parentElement.querySelector("[role=status]");
  button.addEventListener("click", () => {
    const text = document.querySelector(button.dataset.copy);
    const rich = button.dataset.rich && document.querySelector(button.dataset.rich);
    text.select();
    copied(text.value, rich && rich.value).then(
      () => {
        told.textContent = button.dataset.done;
      },
      () => undefined,
    );
  });
}

// What a look asks is shown while it is asked; without this the table at its end says the same.
for (const form of document.querySelectorAll("form[data-steps]")) {
  const place = document.querySelector("#steps");
  form.addEventListener("submit", () => {
    place.replaceChildren();
    setInterval(async () => {
      const answer = await fetch(form.dataset.steps).catch(() => undefined);
      if (answer?.ok) place.innerHTML = await answer.text();
    }, 700);
  });
}
