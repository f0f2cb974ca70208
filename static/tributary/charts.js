// Draws the figures of a page with ECharts, loaded only where there is one. The numbers are in the table beside it.
const source = document.querySelector("meta[name=echarts]")?.content;
let library = null;

function load() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", () => resolve(window.echarts));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return library;
}

const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

// The value of a CSS variable as plain red, green and blue: ECharts reads neither oklch() nor light-dark().
function colour(name) {
  const holder = document.createElement("i");
  holder.style.color = `var(${name})`;
  document.body.append(holder);
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = getComputedStyle(holder).color;
  holder.remove();
  probe.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = probe.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
}

// A colour in a chart's data is the name of one of our CSS variables, so that it is right in light and in dark.
function painted(value) {
  if (typeof value === "string" && value.startsWith("--")) return colour(value);
  if (Array.isArray(value)) return value.map(painted);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, painted(item)]));
  }
  return value;
}

function dressed(option) {
  const text = colour("--tblr-body-color");
  const line = colour("--tblr-border-color");
  const axis = { axisLine: { lineStyle: { color: line } }, axisLabel: { color: text }, splitLine: { lineStyle: { color: line } } };
  const label = { color: text };
  const withAxis = (given) => (given ? [given].flat().map((item) => ({ ...axis, ...item })) : given);
  const series = [option.series ?? []].flat().map((item) => ({ ...item, label: { ...label, ...item.label } }));
  return {
    animation: false,
    backgroundColor: "transparent",
    color: ["--figure-line", "--figure-quiet"].map(colour),
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: text },
    grid: { left: 8, right: 56, top: 24, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true },
    ...option,
    xAxis: withAxis(option.xAxis),
    yAxis: withAxis(option.yAxis),
    series,
  };
}

async function draw(mount) {
  const data = document.getElementById(mount.dataset.chart);
  if (!data) return;
  const echarts = await load();
  const option = JSON.parse(data.textContent);
  echarts.getInstanceByDom(mount)?.dispose();
  const chart = echarts.init(mount, null, { renderer: "canvas" });
  chart.setOption(dressed(painted(option)));
  chart.on("click", (event) => {
    const link = event.data && event.data.link;
    if (link) window.location.assign(link);
  });
}

function drawAll(root) {
  for (const mount of root.querySelectorAll("[data-chart]")) draw(mount);
}

function resizeAll() {
  for (const mount of document.querySelectorAll("[data-chart]")) window.echarts?.getInstanceByDom(mount)?.resize();
}

drawAll(document);
document.body.addEventListener("htmx:load", (event) => drawAll(event.detail.elt));
window.addEventListener("resize", resizeAll);
new MutationObserver(() => drawAll(document)).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
