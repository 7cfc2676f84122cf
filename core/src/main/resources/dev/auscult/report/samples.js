// Sorts and filters the list of all samples. Without it the list is in pages of a hundred.
"use strict";
(() => {
  const PER_PAGE = 100;
  const BALANCED = 0.1;
  const NOISE = 1;
  const CORRECT = 2;

  const table = document.querySelector("table.samples");
  const models = JSON.parse(table.dataset.models);
  const total = Number(table.dataset.samples);
  const portions = Number(table.dataset.portions);
  const asked = table.dataset.task === "vqa";
  const body = table.querySelector("tbody");
  const rows = [];

  const view = { text: "", show: "all", sort: "order", model: 0, down: false, page: 1 };

  const delta = (cell) => (cell && cell[0] !== null ? 2 * cell[0] - 1 : null);

  const SHOWN = {
    all: { title: "all samples", of: () => true },
    balanced: { title: "balanced, |delta| < 0.1", of: (c) => Math.abs(delta(c) ?? 1) < BALANCED },
    image: { title: "leans on the image, delta \u2264 \u22120.1", of: (c) => (delta(c) ?? 0) <= -BALANCED },
    text: { title: "leans on the text, delta \u2265 0.1", of: (c) => (delta(c) ?? 0) >= BALANCED },
    noisy: { title: "noise-dominated", of: (c) => c !== null && (c[3] & NOISE) > 0 },
    clear: { title: "not noise-dominated", of: (c) => c !== null && (c[3] & NOISE) === 0 },
    undefined: { title: "undefined or skipped", of: (c) => delta(c) === null },
  };
  if (asked) {
    SHOWN.right = { title: "answered right", of: (c) => c !== null && (c[3] & CORRECT) > 0 };
    SHOWN.wrong = { title: "answered wrong", of: (c) => c !== null && (c[3] & CORRECT) === 0 };
  }

  const SORTED = {
    order: { title: "order of the data", by: (row) => row[0] },
    id: { title: "id", by: (row) => row[1] },
    delta: { title: "delta", by: (row) => delta(row[5][view.model]) },
    size: {
      title: "|delta|",
      by: (row) => {
        const value = delta(row[5][view.model]);
        return value === null ? null : Math.abs(value);
      },
    },
    error: { title: "standard error of delta", by: (row) => row[5][view.model]?.[1] ?? null },
    score: { title: "score", by: (row) => row[5][view.model]?.[2] ?? null },
  };
  if (models.length > 1) {
    SORTED.spread = {
      title: "difference between models",
      by: (row) => {
        const deltas = row[5].map(delta).filter((value) => value !== null);
        return deltas.length > 1 ? Math.max(...deltas) - Math.min(...deltas) : null;
      },
    };
  }

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function figure(value, error) {
    const sign = value < 0 ? "\u2212" : value > 0 ? "+" : "";
    const error3 = error === null ? "" : " \u00b1 " + error.toFixed(3);
    return sign + Math.abs(value).toFixed(3) + error3;
  }

  function cellOf(cell) {
    const made = element("td", { className: "cell" });
    if (cell === null) {
      made.append("skipped");
      return made;
    }
    if (cell[0] === null) {
      made.append("NA");
    } else {
      const text = element("span", { className: "of-text" });
      text.style.width = (100 * cell[0]).toFixed(1) + "%";
      made.append(element("div", { className: "share" }, text));
      made.append(element("p", { className: "delta" }, figure(delta(cell), cell[1])));
    }
    if (cell[3] & NOISE) made.append(element("span", { className: "badge" }, "noise-dominated"));
    if (cell.length > 4) {
      const verdict = cell[3] & CORRECT ? "answer right" : "answer wrong";
      made.append(element("p", { className: verdict }, cell[4]));
    }
    return made;
  }

  function rowOf([number, id, text, answer, image, cells]) {
    const href = String(number).padStart(6, "0") + ".html";
    const picture = element("td");
    if (image) {
      const link = element("a", { href, tabIndex: -1, ariaHidden: "true" });
      const thumbnail = element("img", { alt: "", loading: "lazy", width: 72, height: 72 });
      thumbnail.src = image;
      link.append(thumbnail);
      picture.append(link);
    }
    const name = element("th", { scope: "row", className: "words" }, element("a", { href }, id));
    name.append(element("p", { className: "excerpt" }, text));
    if (answer) name.append(element("p", { className: "excerpt" }, element("b", {}, answer)));
    return element("tr", {}, picture, name, ...cells.map(cellOf));
  }

  function chosen() {
    const wanted = view.text.trim().toLowerCase();
    const show = SHOWN[view.show].of;
    const found = rows.filter((row) => show(row[5][view.model]) && matches(row, wanted));
    const by = SORTED[view.sort].by;
    const keyed = found.map((row) => [by(row), row]);
    keyed.sort(([a, rowA], [b, rowB]) => compare(a, b) || rowA[0] - rowB[0]);
    return keyed.map((pair) => pair[1]);
  }

  function matches(row, wanted) {
    if (!wanted) return true;
    const answers = row[5].map((cell) => cell?.[4] ?? "");
    return [row[1], row[2], row[3], ...answers].join("\n").toLowerCase().includes(wanted);
  }

  // Undefined figures come last, whichever way is up.
  function compare(a, b) {
    if (a === null || b === null) return (a === null) - (b === null);
    const order = typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a - b;
    return view.down ? -order : order;
  }

  const summary = document.querySelector(".summary");
  const pager = document.querySelector("nav.pages");

  function render() {
    const found = chosen();
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
    view.page = Math.min(Math.max(1, view.page), pages);
    const from = (view.page - 1) * PER_PAGE;
    body.replaceChildren(...found.slice(from, from + PER_PAGE).map(rowOf));
    const loaded = rows.length < total ? `, ${rows.length} of them loaded` : "";
    summary.textContent = `${found.length} of ${total} samples${loaded}.`;
    pager.replaceChildren(buttons(pages));
    table.dataset.ready = String(rows.length === total);
  }

  function buttons(pages) {
    const list = element("ul");
    const step = (title, page, enabled) => {
      const button = element("button", { type: "button", disabled: !enabled }, title);
      button.addEventListener("click", () => {
        view.page = page;
        update();
        table.scrollIntoView();
      });
      list.append(element("li", {}, button));
    };
    step("Previous", view.page - 1, view.page > 1);
    list.append(element("li", {}, `page ${view.page} of ${pages}`));
    step("Next", view.page + 1, view.page < pages);
    return list;
  }

  function update() {
    const hash = new URLSearchParams(Object.entries(view).map(([k, v]) => [k, String(v)]));
    history.replaceState(null, "", "#" + hash);
    render();
  }

  function readHash() {
    const hash = new URLSearchParams(location.hash.slice(1));
    view.text = hash.get("text") ?? "";
    view.show = Object.hasOwn(SHOWN, hash.get("show") ?? "") ? hash.get("show") : "all";
    view.sort = Object.hasOwn(SORTED, hash.get("sort") ?? "") ? hash.get("sort") : "order";
    view.model = Math.min(models.length - 1, Math.max(0, parseInt(hash.get("model")) || 0));
    view.down = hash.get("down") === "true";
    view.page = Math.max(1, parseInt(hash.get("page") ?? table.dataset.page) || 1);
  }

  function field(title, control) {
    return element("label", {}, title + " ", control);
  }

  function select(name, options) {
    const made = element("select", { name });
    options.forEach(([value, title]) => made.append(element("option", { value }, title)));
    made.value = String(view[name]);
    made.addEventListener("change", () => {
      view[name] = name === "model" ? Number(made.value) : made.value;
      view.page = 1;
      update();
    });
    return made;
  }

  function controls() {
    const form = element("form", { className: "controls" });
    form.addEventListener("submit", (event) => event.preventDefault());
    const search = element("input", { type: "search", name: "text", value: view.text });
    search.addEventListener("input", () => {
      view.text = search.value;
      view.page = 1;
      update();
    });
    const down = element("input", { type: "checkbox", name: "down", checked: view.down });
    down.addEventListener("change", () => {
      view.down = down.checked;
      view.page = 1;
      update();
    });
    const titles = (choices) => Object.entries(choices).map(([key, { title }]) => [key, title]);
    form.append(field("Find", search), field("Show", select("show", titles(SHOWN))));
    if (models.length > 1) {
      form.append(field("under", select("model", models.map((name, i) => [String(i), name]))));
    }
    form.append(field("Sort by", select("sort", titles(SORTED))), field("descending", down));
    return form;
  }

  function load(portion) {
    if (portion > portions) return;
    const script = element("script", { src: `rows-${portion}.js` });
    script.addEventListener("error", () => {
      summary.textContent = `rows-${portion}.js is missing: the list is not whole.`;
    });
    document.head.append(script);
  }

  window.auscultSamples = {
    add(portion, more) {
      rows.push(...more);
      render();
      load(portion + 1);
    },
  };

  readHash();
  table.closest(".scroll").before(controls());
  load(1);
})();
