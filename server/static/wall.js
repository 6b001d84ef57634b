/* The wall's page, alive: it is told the name of the face that is due, and fetches it; the clock runs here. */

const $ = (id) => document.getElementById(id);
const minutes = (n, unit, hours) => (n < 90 ? `${n} ${unit}` : `${digits(n * 1000)} ${hours}`); // as 95 s are 1:35
let [source, heard] = [null, 0];

function listen() {
  source = new EventSource($("wall").dataset.stream);
  source.addEventListener("wall", ({ data }) => {
    const { face, now, rate } = JSON.parse(data);
    [heard, base] = [performance.now(), { now, at: performance.now(), rate }];
    if (face !== $("wall").dataset.face) look();
  });
}

/** The browser itself reads the page: no text becomes markup here. A refusal is a page of its own. */
function look() {
  const page = Object.assign(new XMLHttpRequest(), { responseType: "document" });
  page.onload = () => {
    if (page.status === 200) $("wall").replaceWith(page.response.getElementById("wall"));
    else if (page.status < 429) location.reload();
  };
  page.open("GET", location.href);
  page.send();
  heard = performance.now();
  if (source.readyState === EventSource.CLOSED) listen();
}

/** Minutes, the last ones with their seconds, and over: at each of these stages the laptop draws another face. */
function tick() {
  const { mode, ends, stage, unit, hours } = $("clock")?.dataset ?? {};
  const [left, quiet] = [ends - cafeNow(), performance.now() - heard];
  const due = left < 0 ? "over" : left > 180000 ? "minutes" : "last";
  const runs = mode === "run" && base.now;
  if (quiet > 20000 || (runs && due !== stage && quiet > 500)) look();
  if (runs) $("clock").textContent = unit && due === "minutes" ? minutes(Math.ceil(left / 60000), unit, hours) : digits(left);
}

listen();
setInterval(tick, 250);
