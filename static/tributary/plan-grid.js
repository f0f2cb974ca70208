// The sheet of a plan adds up while one types, and takes a block of cells from a spreadsheet.
const grid = document.querySelector("[data-plan-grid]");
const written = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

const inputsOf = (row) => [...row.cells].map((cell) => cell.querySelector("input[inputmode=decimal]"));
const rows = grid ? [...grid.tBodies[0].rows] : [];
const amount = (input) => Number(input?.value.replaceAll(",", "")) || 0;
const sum = (inputs) => inputs.reduce((total, input) => total + amount(input), 0);

function addUp() {
  const sheet = rows.map(inputsOf);
  rows.forEach((row, index) => {
    row.querySelector("[data-row-total]").textContent = written.format(sum(sheet[index]));
  });
  grid.querySelectorAll("[data-column-total]").forEach((total, index) => {
    total.textContent = written.format(sum(sheet.map((inputs) => inputs[index + 1])));
  });
  grid.querySelector("[data-total]").textContent = written.format(sum(sheet.flat()));
}

// A block of cells is written from the cell with the cursor on, as a spreadsheet does; what does not fit is left out.
function paste(event) {
  const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
  const block = text.split(/\r?\n/).map((line) => line.split("\t"));
  if (block.length === 1 && block[0].length === 1) return;
  const row = rows.indexOf(event.target.closest("tr"));
  const column = event.target.closest("td").cellIndex;
  event.preventDefault();
  block.forEach((cells, down) => {
    const inputs = rows[row + down] ? inputsOf(rows[row + down]) : [];
    cells.forEach((value, right) => {
      const input = inputs[column + right];
      const number = value.replace(/[\s,¥$€£]/g, "");
      if (input && number) input.value = number;
    });
  });
  addUp();
}

if (grid) {
  grid.addEventListener("input", addUp);
  grid.addEventListener("paste", paste);
  addUp();
}
