// Tells values and interactions of patches and tokens when they are pointed at. The page reads
// without it: heat maps, tokens and tables are there already.
"use strict";
(() => {
  const RAISES = "#e0203a";
  const LOWERS = "#2f7de1";
  const STRONGEST_PATCH = 0.72;
  const STRONGEST_TOKEN = 0.5;

  const largest = (values) => values.reduce((most, v) => Math.max(most, Math.abs(v ?? 0)), 0);

  // As many decimals as show three digits of values up to `scale`.
  function decimalsFor(scale) {
    if (!(scale > 0)) return 3;
    return Math.max(0, Math.min(9, 2 - Math.floor(Math.log10(scale))));
  }

  function signed(value, decimals) {
    const digits = Math.abs(value).toFixed(decimals);
    if (Number(digits) === 0) return digits;
    return (value < 0 ? "\u2212" : "+") + digits;
  }

  function withError(value, error, decimals) {
    return signed(value, decimals) + (error === null ? "" : " \u00b1 " + error.toFixed(decimals));
  }

  function rgba(value, scale, strongest) {
    const strength = scale > 0 ? Math.min(1, Math.abs(value) / scale) : 0;
    const hue = value < 0 ? LOWERS : RAISES;
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(hue.slice(at, at + 2), 16));
    return `rgba(${r},${g},${b},${(strength * strongest).toFixed(3)})`;
  }

  // One model's heat map and tokens of one sample.
  class ModelPanel {
    constructor(figure) {
      const data = JSON.parse(figure.dataset.figures);
      this.columns = data.grid[1];
      this.patches = data.patches;
      this.patchErrors = data.patchErrors;
      this.tokens = data.tokens;
      this.tokenErrors = data.tokenErrors;
      this.pairs = data.pairs;
      this.pairScale = largest(data.pairs.map((pair) => pair[2]));
      this.patchDecimals = decimalsFor(largest(data.patches));
      this.tokenDecimals = decimalsFor(largest(data.tokens));
      this.pairDecimals = decimalsFor(this.pairScale);
      this.cells = [...figure.querySelectorAll(".cells > path")];
      this.words = [...figure.querySelectorAll(".token")];
      this.readout = figure.querySelector(".readout");
      this.figure = figure;
      this.cellFills = this.cells.map((cell) => cell.getAttribute("style") ?? "");
      this.wordStyles = this.words.map((word) => word.getAttribute("style") ?? "");
      this.listen();
      this.restore();
    }

    listen() {
      this.cells.forEach((cell, patch) => {
        cell.querySelector("title")?.remove();
        cell.addEventListener("pointerenter", () => this.showPatch(patch));
        cell.addEventListener("pointerleave", () => this.restore());
      });
      this.words.forEach((word, token) => {
        word.removeAttribute("title");
        word.tabIndex = 0;
        for (const begin of ["pointerenter", "focus"]) {
          word.addEventListener(begin, () => this.showToken(token));
        }
        for (const end of ["pointerleave", "blur"]) {
          word.addEventListener(end, () => this.restore());
        }
      });
    }

    place(patch) {
      return `row ${Math.floor(patch / this.columns) + 1}, column ${(patch % this.columns) + 1}`;
    }

    spelled(token) {
      return "\u201c" + this.words[token].textContent.trim() + "\u201d";
    }

    restore() {
      this.cells.forEach((cell, i) => cell.setAttribute("style", this.cellFills[i]));
      this.words.forEach((word, i) => word.setAttribute("style", this.wordStyles[i]));
      this.figure.classList.remove("paired");
      this.readout.textContent = this.pairs.length
        ? "Point at a patch or a token for its value and its interactions."
        : "Point at a patch or a token for its value.";
    }

    showPatch(patch) {
      const value = withError(this.patches[patch], this.patchErrors[patch], this.patchDecimals);
      const pairs = this.pairs.filter((pair) => pair[0] === patch);
      const partner = pairs.length
        ? `; with ${this.spelled(pairs[0][1])} ${signed(pairs[0][2], this.pairDecimals)}`
        : "";
      this.readout.textContent = `${this.place(patch)}: ${value}${partner}`;
      if (!pairs.length) return;
      this.figure.classList.add("paired");
      this.words.forEach((word) => (word.style.background = "none"));
      for (const [, token, both] of pairs) {
        this.words[token].style.background = rgba(both, this.pairScale, STRONGEST_TOKEN);
      }
    }

    showToken(token) {
      const value = withError(this.tokens[token], this.tokenErrors[token], this.tokenDecimals);
      const pairs = this.pairs.filter((pair) => pair[1] === token);
      let partners = "";
      if (pairs.length) {
        const both = signed(pairs[0][2], this.pairDecimals);
        partners = `; map: its interactions, strongest ${both} at ${this.place(pairs[0][0])}`;
      } else if (this.pairs.length) {
        partners = `; none of the ${this.pairs.length} strongest interactions`;
      }
      this.readout.textContent = `${this.spelled(token)}: ${value}${partners}`;
      if (!pairs.length) return;
      this.figure.classList.add("paired");
      this.cells.forEach((cell) => (cell.style.fillOpacity = "0"));
      for (const [patch, , both] of pairs) {
        this.cells[patch].style.fill = both < 0 ? LOWERS : RAISES;
        const strength = this.pairScale > 0 ? Math.abs(both) / this.pairScale : 0;
        this.cells[patch].style.fillOpacity = (strength * STRONGEST_PATCH).toFixed(3);
      }
    }
  }

  function addToggle(panel) {
    if (!panel.querySelector(".cells")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "toggle";
    button.textContent = "Hide heat maps";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const hidden = panel.classList.toggle("plain");
      button.setAttribute("aria-pressed", String(hidden));
      button.textContent = hidden ? "Show heat maps" : "Hide heat maps";
    });
    panel.before(button);
  }

  document.querySelectorAll("figure.model[data-figures]").forEach((f) => new ModelPanel(f));
  document.querySelectorAll(".panel").forEach(addToggle);
})();
