// Filters, sorts and groups the list. The page is whole without it; nothing is asked or kept
// elsewhere: the state stands in the address behind "#", so it survives a reload and can be sent.
(() => {
  "use strict";
  const table = document.getElementById("list");
  if (!table) return;
  const form = document.querySelector(".filters");
  const count = document.getElementById("count");
  const reset = form.querySelector("button");
  const nothing = document.querySelector(".nothing");
  const heads = [...table.tHead.querySelectorAll("th")];
  const blocks = [...table.tBodies];
  const words = new Intl.Collator(document.documentElement.lang);
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const cell = (tr, name) => tr.querySelector("." + name).textContent.trim();

  // --- what stands in the table ---
  const rows = blocks.flatMap((block, at) => [...block.rows].map((tr, place) => ({
    tr, block, outlet: tr.dataset.o, language: tr.dataset.l, day: tr.dataset.d,
    time: Number(tr.dataset.t), verdict: tr.dataset.v, text: at, place, shown: true,
  })));
  const outletNames = [...form.elements.o.options].map((option) => option.text);
  const dayNames = new Map([...form.elements.d.options].map((option) => [option.value, option.text]));
  const searched = (row) => row.searched ??= folded(
    row.tr.querySelector(".what").textContent + " " + row.tr.querySelector(".outlet").textContent);
  const keys = {
    when: (row) => row.time,
    outlet: (row) => outletNames[Number(row.outlet) + 1],
    headline: (row) => row.headline ??= cell(row.tr, "what"),
    spoken: (row) => row.spoken ??= cell(row.tr, "spoken"),
    text: (row) => row.text,
    decision: (row) => row.verdict === "a" ? 1 : 0,
  };

  // --- what is asked for ---
  let sorted = { by: "when", down: false };
  const wanted = () => ({
    q: folded(form.elements.q.value.trim()), o: form.elements.o.value, l: form.elements.l.value,
    d: form.elements.d.value, v: form.elements.v?.value ?? "", f: form.elements.f.checked,
    g: form.elements.g.value,
  });
  const fits = (row, want) =>
    (!want.o || row.outlet === want.o) && (!want.l || row.language === want.l) &&
    (!want.d || row.day === (want.d === "-" ? "" : want.d)) && (!want.v || row.verdict === want.v) &&
    (!want.f || row.place === 0) && (!want.q || searched(row).includes(want.q));

  const order = (one, other) => {
    const key = keys[sorted.by], a = key(one), b = key(other);
    const by = typeof a === "number" ? a - b : words.compare(a, b);
    return (sorted.down ? -by : by) || one.time - other.time || one.text - other.text || one.place - other.place;
  };

  // --- one list, grouped as asked ---
  const heading = (name, number) => {
    const tr = document.createElement("tr"), th = document.createElement("th"), small = document.createElement("small");
    tr.className = "group";
    th.colSpan = heads.length;
    th.scope = "rowgroup";
    th.dir = "auto";
    th.textContent = name + " ";
    small.textContent = String(number);
    th.append(small);
    tr.append(th);
    return tr;
  };
  const byText = () => {
    if (rows[0].tr.parentNode !== rows[0].block) for (const row of rows) row.block.append(row.tr);
    const first = new Map();
    for (const row of rows) {
      const known = first.get(row.block);
      if (!known || (!known.shown && row.shown)) first.set(row.block, row);
    }
    const ranked = [...first].sort(([, one], [, other]) => order(one, other)).map(([block]) => block);
    for (const block of ranked) block.hidden = ![...block.rows].some((tr) => !tr.hidden);
    return ranked;
  };
  const inGroups = (keyOf, nameOf) => {
    const groups = new Map();
    for (const row of [...rows].sort(order)) {
      const key = keyOf(row);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row);
    }
    return [...groups.keys()].sort((a, b) => words.compare(nameOf(a), nameOf(b))).map((key) => [key, groups.get(key)]);
  };
  const body = (some, name) => {
    const made = document.createElement("tbody");
    const shown = some.filter((row) => row.shown).length;
    if (name) made.append(heading(name, shown));
    made.append(...some.map((row) => row.tr));
    made.hidden = !shown;
    return made;
  };
  const grouped = (kind) => {
    if (!kind) return byText();
    if (kind === "o") {
      return inGroups((row) => row.outlet, (key) => outletNames[Number(key) + 1])
        .map(([key, some]) => body(some, outletNames[Number(key) + 1]));
    }
    if (kind === "d") {
      return inGroups((row) => row.day || "-", (key) => key === "-" ? "~" : key)
        .sort(([a], [b]) => (a === "-") - (b === "-") || (a < b ? -1 : 1))
        .map(([key, some]) => body(some, dayNames.get(key) ?? key));
    }
    return [body([...rows].sort(order), "")];
  };

  const draw = () => {
    const want = wanted();
    const filtered = Boolean(want.q || want.o || want.l || want.d || want.v || want.f);
    let number = 0;
    for (const row of rows) {
      row.shown = fits(row, want);
      row.tr.hidden = !row.shown;
      number += row.shown;
    }
    const bodies = grouped(want.g);
    table.replaceChildren(table.caption, table.tHead, ...bodies);
    table.classList.toggle("apart", Boolean(want.g));
    table.classList.toggle("spread", Boolean(want.g) || filtered && !want.f);
    form.classList.toggle("active", filtered);
    reset.hidden = !filtered;
    nothing.hidden = number > 0;
    count.textContent = count.dataset.told.replace("{n}", number).replace("{total}", rows.length);
    for (const head of heads) {
      if (head.dataset.by === sorted.by) head.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };

  // --- the state in the address ---
  const keep = () => {
    const state = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) state.set(name, value);
    if (sorted.by !== "when" || sorted.down) state.set("s", (sorted.down ? "-" : "") + sorted.by);
    const told = state.toString();
    try {
      history.replaceState(null, "", told ? "#" + told : location.pathname + location.search);
    } catch { /* some readers of saved files forbid it: the list works all the same */ }
  };
  const recall = () => {
    if (!location.hash.includes("=")) return;
    const state = new URLSearchParams(location.hash.slice(1));
    for (const name of ["q", "o", "l", "d", "v", "g"]) {
      if (form.elements[name]) form.elements[name].value = state.get(name) ?? "";
    }
    form.elements.f.checked = state.has("f");
    const by = (state.get("s") ?? "").replace(/^-/, "");
    if (Object.hasOwn(keys, by)) sorted = { by, down: state.get("s").startsWith("-") };
  };
  const changed = () => { draw(); keep(); };

  // --- the controls ---
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      sorted = { by: head.dataset.by, down: sorted.by === head.dataset.by && !sorted.down };
      changed();
    });
    head.replaceChildren(button);
  }
  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, event.target.name === "q" ? 120 : 0);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); changed(); });
  form.addEventListener("reset", () => setTimeout(changed));
  // a link from below to a folded or filtered row shows it
  const reveal = () => {
    const row = rows.find((one) => "#" + one.tr.id === location.hash);
    if (!row) return;
    if (!row.shown) { form.reset(); draw(); }
    const fold = row.block.querySelector(".fold");
    if (fold) fold.open = true;
    row.tr.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", reveal);

  form.hidden = rows.length < 2;
  recall();
  draw();
  reveal();
})();
