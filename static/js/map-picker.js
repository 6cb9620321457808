// A click or an arrow key on the neighbourhood's map fills in the position field beside it.
(() => {
  "use strict";

  const STEP = 4; // drawing units; the map is 800 wide
  const FAR_STEP = 40;
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const DECIMALS = /^\s*(-?\d{1,3}\.\d+)\s*,\s*(-?\d{1,3}\.\d+)\s*$/;
  const SVG = "http://www.w3.org/2000/svg";

  const parts = (picker) => ({
    field: picker.querySelector("input"),
    svg: picker.querySelector("svg"),
    state: picker.querySelector("[data-map-picker-state]"),
    marker: picker.querySelector(".map__marker"),
  });

  const edges = (picker) =>
    ["south", "west", "north", "east"].map((edge) => Number(picker.dataset[edge]));

  const place = (picker, x, y) => {
    const { svg, marker } = parts(picker);
    const circle = marker || svg.appendChild(document.createElementNS(SVG, "circle"));
    circle.setAttribute("class", "map__marker");
    circle.setAttribute("r", "16");
    circle.setAttribute("cx", x);
    circle.setAttribute("cy", y);
  };

  const choose = (picker, x, y) => {
    const { field, svg, state } = parts(picker);
    const { width, height } = svg.viewBox.baseVal;
    const [south, west, north, east] = edges(picker);
    const across = Math.min(Math.max(x, 0), width);
    const down = Math.min(Math.max(y, 0), height);
    const latitude = north - (down / height) * (north - south);
    const longitude = west + (across / width) * (east - west);
    place(picker, across, down);
    field.value = `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;
    state.textContent = field.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const follow = (picker) => {
    const { field, svg, marker } = parts(picker);
    const typed = DECIMALS.exec(field.value);
    if (!typed) {
      return;
    }
    const [south, west, north, east] = edges(picker);
    const [latitude, longitude] = [Number(typed[1]), Number(typed[2])];
    if (latitude < south || latitude > north || longitude < west || longitude > east) {
      marker?.remove();
      return;
    }
    const { width, height } = svg.viewBox.baseVal;
    place(
      picker,
      ((longitude - west) / (east - west)) * width,
      ((north - latitude) / (north - south)) * height,
    );
  };

  const onClick = (event) => {
    const svg = event.currentTarget.querySelector("svg");
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(
      svg.getScreenCTM().inverse(),
    );
    choose(event.currentTarget.closest("[data-map-picker]"), point.x, point.y);
  };

  const onKey = (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    const picker = event.currentTarget.closest("[data-map-picker]");
    const { svg, marker } = parts(picker);
    const { width, height } = svg.viewBox.baseVal;
    const step = event.shiftKey ? FAR_STEP : STEP;
    const x = marker ? marker.cx.baseVal.value : width / 2;
    const y = marker ? marker.cy.baseVal.value : height / 2;
    choose(picker, x + arrow[0] * step, y + arrow[1] * step);
  };

  const start = () => {
    for (const picker of document.querySelectorAll("[data-map-picker]")) {
      const map = picker.querySelector("[data-map-picker-map]");
      map.hidden = false;
      map.addEventListener("click", onClick);
      map.addEventListener("keydown", onKey);
      picker.querySelector("input").addEventListener("input", () => follow(picker));
      follow(picker);
    }
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
