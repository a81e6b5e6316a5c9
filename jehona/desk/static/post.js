// Dragging, steps without a new page, and a look at what is not saved. Without it buttons do all.
"use strict";

const PAUSE_TO_LOOK = 900; // milliseconds without a change

for (const form of document.querySelectorAll("form.post")) {
  let unsaved = "unsaved" in form.dataset;
  let leaving = false;
  let waiting = 0;
  const state = form.querySelector("[data-state]");
  const look = form.querySelector("[data-preview]");
  const change = () => {
    unsaved = true;
    state.textContent = state.dataset.changed;
    clearTimeout(waiting);
    waiting = setTimeout(() => form.checkValidity() && form.requestSubmit(look), PAUSE_TO_LOOK);
  };
  form.addEventListener("input", change);
  look.addEventListener("click", (event) => {
    // a click of a person, not ours: where there is no room beside the form it is further down
    if (event.isTrusted) document.getElementsByName("preview")[0].scrollIntoView({ block: "nearest" });
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter !== look) leaving = true;
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved && !leaving) event.preventDefault();
  });
  if (unsaved) form.requestSubmit(look);

  // one place up or down among its like; at the end of a list the server knows where to
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-move]");
    const moved = button?.closest("[data-piece], [data-block]");
    const up = button?.dataset.move === "-1";
    const beside = up ? moved?.previousElementSibling : moved?.nextElementSibling;
    if (!beside) return;
    event.preventDefault();
    if (up) beside.before(moved);
    else beside.after(moved);
    button.focus();
    change();
  });

  // --- dragging: the order of the fields is the order that is sent
  form.classList.add("drags");
  let dragged = null;
  const over = (event) => {
    if (!dragged) return null;
    const place = dragged.matches("[data-piece]") ? "[data-pieces]" : "[data-blocks]";
    // the whole of a block takes pieces
    const near = event.target.closest(place) || (dragged.matches("[data-piece]") && event.target.closest("[data-block], section")?.querySelector(place));
    return near || null;
  };
  for (const grip of form.querySelectorAll("[data-grip]")) grip.draggable = true;
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-grip]")?.closest("[data-piece], [data-block]") || null;
    if (!dragged) return;
    event.dataTransfer.setDragImage(dragged, 12, 12);
    dragged.dataset.dragged = "";
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  form.addEventListener("dragover", (event) => {
    const list = over(event);
    if (!list) return;
    event.preventDefault();
    const kind = dragged.matches("[data-piece]") ? "[data-piece]" : "[data-block]";
    const row = event.target.closest(kind);
    if (row === dragged) return;
    if (!row) {
      if (!list.contains(dragged)) list.append(dragged);
      return;
    }
    const middle = row.getBoundingClientRect();
    if (event.clientY < middle.top + middle.height / 2) row.before(dragged);
    else row.after(dragged);
  });
  form.addEventListener("drop", (event) => event.preventDefault());
  form.addEventListener("dragend", () => {
    if (!dragged) return;
    delete dragged.dataset.dragged;
    dragged = null;
    change();
  });
}
