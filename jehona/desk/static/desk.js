// What a page does beside its forms. Without it every page works; live lines alone need it.
"use strict";

// A ledger that fills: each event is the whole of it, so that who reconnects has missed nothing.
for (const place of document.querySelectorAll("[data-live]")) {
  const stream = new EventSource(place.dataset.live);
  const fill = (event) => {
    place.innerHTML = event.data;
  };
  stream.addEventListener("ledger", fill);
  stream.addEventListener("over", (event) => {
    stream.close();
    fill(event);
    // what one can do now stands around the ledger
    setTimeout(() => location.reload(), 600);
  });
}

// A form that takes a moment is sent once.
for (const form of document.querySelectorAll("form[data-slow]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  });
}
// who comes back to a page finds its buttons whole
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-slow] button")) button.disabled = false;
});

// A file that would be refused is said before it is sent.
for (const field of document.querySelectorAll("input[type=file][data-most]")) {
  field.addEventListener("change", () => {
    const large = [...field.files].some((file) => file.size > Number(field.dataset.most));
    field.setCustomValidity(large ? field.dataset.large : "");
    if (large) field.reportValidity();
  });
}
