/* Café time on this device, and a countdown: 12:05, 1:02:05, and +0:30 when it ran out half a minute ago. */

let base = { now: 0, at: 0, rate: 1 };
const cafeNow = () => base.now + (performance.now() - base.at) * base.rate;
const setTime = (now, rate = base.rate) => (base = { now, at: performance.now(), rate });

function digits(ms) {
  const whole = Math.ceil(ms / 1000);
  return (whole < 0 ? "+" : "") + new Date(Math.abs(whole) * 1000).toISOString().slice(11, 19).replace(/^(00:)?0?/, "");
}
