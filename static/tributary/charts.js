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

// A series of core.ui.figures as ECharts draws it. The values of a single row of columns or points are written at them.
function drawnSeries(figure, series) {
  const flat = figure.kind === "bars";
  const alone = figure.series.length === 1 && !flat;
  const data = series.values.map((value, index) => ({
    value,
    link: series.links[index],
    ...(series.texts[index] && { label: { show: true, position: "right", formatter: series.texts[index] } }),
  }));
  const said = (item) => series.written[item.dataIndex];
  const drawn = { name: series.name, data, label: { show: alone, position: "top", formatter: said } };
  if (series.role === "plan" && !flat) {
    const named = { show: true, formatter: "{a}", color: colour("--tblr-body-color") };
    return { ...drawn, type: "line", step: "middle", symbol: "none", lineStyle: { type: "dashed" }, endLabel: named };
  }
  if (!alone && !flat) nameAtBar(figure, series, data);
  if (figure.kind === "line") return { ...drawn, type: "line" };
  return { ...drawn, type: "bar", itemStyle: { color: colour(series.role === "actual" ? "--figure-line" : "--figure-quiet") } };
}

// Columns of several series: each name stands at one of its columns, far from those of the others.
function nameAtBar(figure, series, data) {
  const known = series.values.flatMap((value, index) => (value ? [index] : []));
  if (!known.length || !series.name) return;
  const at = series.role === "comparison" ? known[0] : known[known.length - 1];
  data[at].label = { show: true, position: "top", formatter: series.name, align: at === 0 ? "left" : "center" };
}

// Two millions as people of the page's language say them: 200万, 2M.
const compact = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" });

// What is said to who points at a column: its label, then every series with its value as the server wrote it.
function pointed(figure) {
  return (items) => {
    const lines = items.map((item) => {
      const series = figure.series[item.seriesIndex];
      return [series.name, series.written[item.dataIndex]].filter(Boolean).join(": ");
    });
    return [items[0].name, ...lines].join("\n");
  };
}

// What a figure shows comes from the server, how it looks is said here.
function optionOf(figure) {
  const labels = { type: "category", data: figure.labels };
  const values = { type: "value", axisLabel: { formatter: (value) => compact.format(value) } };
  const series = figure.series.map((one) => drawnSeries(figure, one));
  if (figure.kind === "bars") {
    const written = figure.series.some((one) => one.texts.length);
    return {
      xAxis: { ...values, axisLabel: { show: false }, ...(written && { splitLine: { show: false } }) },
      yAxis: { ...labels, inverse: true },
      ...(written && { grid: { left: 8, right: 160, top: 8, bottom: 8, containLabel: true } }),
      series,
    };
  }
  if (figure.maximum !== null) Object.assign(values, { min: 0, max: figure.maximum });
  if (figure.series.every((one) => one.values.every(Number.isInteger))) values.minInterval = 1;
  return { xAxis: labels, yAxis: values, series };
}

function dressed(option) {
  const text = colour("--tblr-body-color");
  const line = colour("--tblr-border-color");
  const axis = { axisLine: { lineStyle: { color: line } }, axisLabel: { color: text }, splitLine: { lineStyle: { color: line } } };
  const label = { color: text };
  const dress = (item) => ({ ...axis, ...item, axisLabel: { ...axis.axisLabel, ...item.axisLabel } });
  const withAxis = (given) => (given ? [given].flat().map(dress) : given);
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
  const figure = JSON.parse(data.textContent);
  echarts.getInstanceByDom(mount)?.dispose();
  const chart = echarts.init(mount, null, { renderer: "canvas" });
  const option = dressed(optionOf(figure));
  chart.setOption({ ...option, tooltip: { ...option.tooltip, formatter: pointed(figure) } });
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
