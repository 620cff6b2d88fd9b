// Names on the graph: drawn on a canvas above it, of one size on the screen whatever the zoom, each only where no more
// important one stands. Chosen and marked nodes come first, then the most important.
const labelCanvas = document.getElementById('labels'), pen = labelCanvas.getContext('2d');
const LABEL_FONT = '12px "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "Microsoft YaHei", "PingFang SC", sans-serif';
const MOST_LABEL_WIDTH = 170;
let drawnLabels = [];

const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Which boxes of the screen are taken, by squares of it. */
class Taken {
  constructor() { this.squares = new Map(); }
  *squaresOf(box) {
    for (let x = Math.floor(box[0] / 160); x <= Math.floor(box[2] / 160); ++x)
      for (let y = Math.floor(box[1] / 160); y <= Math.floor(box[3] / 160); ++y) yield `${x},${y}`;
  }
  take(box) {
    const squares = [...this.squaresOf(box)];
    if (squares.some((s) => (this.squares.get(s) || []).some((each) => meet(box, each)))) return false;
    for (const s of squares) this.squares.has(s) ? this.squares.get(s).push(box) : this.squares.set(s, [box]);
    return true;
  }
}

const widths = new Map();
function fitted(text) {
  if (!widths.has(text)) {
    if (widths.size > 20000) widths.clear();
    let short = text, width = pen.measureText(text).width;
    while (width > MOST_LABEL_WIDTH && short.length > 2) {
      short = `${[...short.replace(/…$/, '')].slice(0, -1).join('')}…`;
      width = pen.measureText(short).width;
    }
    widths.set(text, [short, width]);
  }
  return widths.get(text);
}

function labelOrder(n) {
  const each = record(n);
  return (n.selected() ? -1e9 : 0) + (n.hasClass('way') ? -1e8 : 0) + (each.mark ? -1e7 : 0) + each.rank;
}

/** The labels that have room: {text, box}. */
function arrangeLabels() {
  pen.font = LABEL_FONT;
  const zoom = cy.zoom(), pan = cy.pan(), wide = cy.width(), high = cy.height(), taken = new Taken(), labels = [];
  const put = (text, x, y) => {
    const [short, width] = fitted(text), half = width / 2 + 5;
    // At the border of the drawing a name moves inwards.
    const middle = Math.min(Math.max(x, half), Math.max(half, wide - half)), box = [middle - half, y, middle + half, y + 18];
    if (Math.abs(middle - x) <= half && box[0] >= 0 && box[1] >= 0 && box[2] <= wide && box[3] <= high && taken.take(box)) labels.push({ text: short, box });
  };
  const order = cy.nodes().filter((n) => !n.hasClass('gone') && !n.hasClass('faded')).toArray().map((n) => [labelOrder(n), n]).sort((a, b) => a[0] - b[0]);
  for (const [, n] of order) {
    const at = n.position(), x = at.x * zoom + pan.x, y = at.y * zoom + pan.y;
    if (x < 0 || y < 0 || x > wide || y > high) continue;
    put(labelOf(record(n).labels, record(n).id), x, y + (n.data('size') / 2) * zoom + 2);
    if (labels.length >= 400) break;
  }
  cy.edges('.near').forEach((e) => {
    if (e.hasClass('gone')) return;
    const at = e.midpoint();
    put(typeLabel(EDGE_TYPES, record(e).type), at.x * zoom + pan.x, at.y * zoom + pan.y - 8);
  });
  return labels;
}

function paintLabels(context, labels) {
  context.font = LABEL_FONT;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = ground();
  context.fillStyle = ink();
  for (const { text, box } of labels) {
    context.strokeText(text, (box[0] + box[2]) / 2, box[1] + 1);
    context.fillText(text, (box[0] + box[2]) / 2, box[1] + 1);
  }
}
function drawLabels() {
  const scale = window.devicePixelRatio || 1, wide = Math.round(cy.width() * scale), high = Math.round(cy.height() * scale);
  if (labelCanvas.width !== wide || labelCanvas.height !== high) { labelCanvas.width = wide; labelCanvas.height = high; }
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, cy.width(), cy.height());
  drawnLabels = arrangeLabels();
  paintLabels(pen, drawnLabels);
}
let labelFrame = 0;
function drawLabelsSoon() {
  if (labelFrame === 0) labelFrame = requestAnimationFrame(() => { labelFrame = 0; drawLabels(); });
}

/** A picture of what is on the screen, for saving. */
async function savePicture() {
  const drawing = await createImageBitmap(await cy.png({ output: 'blob-promise', full: false, scale: 2, bg: ground() }));
  const canvas = document.createElement('canvas');
  canvas.width = drawing.width;
  canvas.height = drawing.height;
  const context = canvas.getContext('2d');
  context.drawImage(drawing, 0, 0);
  context.scale(2, 2);
  paintLabels(context, drawnLabels);
  canvas.toBlob((blob) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = 'chokepoint.png';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}
