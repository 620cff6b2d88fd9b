// The day: a slider over the years in which things change, with a mark where they do, that plays and jumps.
const DAY = 86400000;
const dayNumber = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
const dayText = (count) => new Date(count * DAY).toISOString().slice(0, 10);
const slider = document.getElementById('slider'), dateBox = document.getElementById('date'), density = document.getElementById('density');
let playing = 0;

function setUpDates() {
  document.getElementById('time-bar').hidden = SPAN === undefined;
  document.getElementById('all-dates-row').hidden = SPAN === undefined;
  if (!SPAN) return;
  [slider.min, slider.max] = SPAN.map((day) => String(dayNumber(day)));
  document.getElementById('first-year').textContent = SPAN[0].slice(0, 4);
  document.getElementById('last-year').textContent = SPAN[1].slice(0, 4);
}
/** A bar a month, as high as so many relations begin or end in it. */
function drawDensity() {
  if (!SPAN) return;
  const scale = window.devicePixelRatio || 1, wide = density.clientWidth, high = density.clientHeight;
  density.width = Math.round(wide * scale);
  density.height = Math.round(high * scale);
  const context = density.getContext('2d'), first = dayNumber(SPAN[0]), days = dayNumber(SPAN[1]) - first + 1;
  const columns = new Array(Math.max(1, Math.floor(wide / 3))).fill(0);
  for (const [day, began, ended] of CHANGES) {
    const at = Math.floor(((dayNumber(day) - first) / days) * columns.length);
    if (at >= 0 && at < columns.length) columns[at] += began + ended;
  }
  const most = Math.max(1, ...columns);
  context.scale(scale, scale);
  context.fillStyle = getComputedStyle(density).color;
  columns.forEach((count, i) => {
    const tall = count === 0 ? 0 : Math.max(2, high * Math.sqrt(count / most));
    context.fillRect((i * wide) / columns.length, high - tall, Math.max(1, wide / columns.length - 1), tall);
  });
}

function setDay(day) {
  shown.day = day;
  slider.value = String(dayNumber(day));
  slider.setAttribute('aria-valuetext', day);
  if (dateBox.value !== day) dateBox.value = day;
  applyFilters();
  const change = CHANGES.find(([each]) => each === day);
  document.getElementById('change').textContent = change ? word('changed')(...change) : '';
  if (chosen !== undefined) showNode(NODES.get(chosen));
}
function moveTo(day) {
  document.getElementById('all-dates').checked = shown.allDates = false;
  setDay(day);
}
/** Goes to the next day within the slider's years on which something changes. @return false where there is none */
function jump(forward) {
  const days = CHANGES.map(([day]) => day).filter((day) => day >= SPAN[0] && day <= SPAN[1]);
  const to = forward ? days.find((day) => day > shown.day) : days.reverse().find((day) => day < shown.day);
  if (to === undefined) return false;
  moveTo(to);
  return true;
}
function play(on) {
  clearInterval(playing);
  playing = 0;
  if (on) {
    if (!CHANGES.some(([day]) => day > shown.day && day <= SPAN[1])) moveTo(SPAN[0]);
    playing = setInterval(() => { if (!jump(true)) play(false); }, 300);
  }
  const button = document.getElementById('play');
  button.textContent = playing ? '■' : '▶';
  button.setAttribute('aria-label', word(playing ? 'stop' : 'play'));
}
slider.addEventListener('input', () => moveTo(dayText(Number(slider.value))));
dateBox.addEventListener('change', () => { if (dateBox.value) moveTo(dateBox.value); });
document.getElementById('all-dates').addEventListener('change', (event) => { shown.allDates = event.target.checked; setDay(shown.day); });
document.getElementById('play').addEventListener('click', () => play(!playing));
document.getElementById('later').addEventListener('click', () => jump(true));
document.getElementById('earlier').addEventListener('click', () => jump(false));
