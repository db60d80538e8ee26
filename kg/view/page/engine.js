// ---- in a worker, after the script that npm brings: the engine and the triples ------------------
let store;

/** An answer as SPARQL's JSON; of a graph its triples, as rows. */
function answer(query) {
  const text = store.query(query, { results_format: "json" });
  if (!text.startsWith("[")) return JSON.parse(text);
  const columns = ["subject", "predicate", "object"];
  const rows = store
    .query(query)
    .map((quad) => Object.fromEntries(columns.map((column) => [column, termOf(quad[column])])));
  return { head: { vars: columns }, results: { bindings: rows } };
}

const KINDS = { NamedNode: "uri", BlankNode: "bnode", Literal: "literal" };
const termOf = (term) => ({
  type: KINDS[term.termType] ?? "triple",
  value: term.termType === "Quad" ? term.toString() : term.value,
  datatype: term.datatype?.value,
});

/**
 * The number of the first token that cannot stand where it does; `ends` are where tokens end. The
 * place in the engine's message is no help: it is as far as its parser ever looked.
 */
function firstUnexpected(prologue, text, ends) {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mayGoOn(prologue + text.slice(0, ends[middle]) + PADDING)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Longer than every keyword, so that one looked for at the end is not taken for one found there.
const PADDING = " ".repeat(40);

/** Whether the engine reads a text to its end, and misses at most what comes after it. */
function mayGoOn(beginning) {
  try {
    new Store().query(beginning);
    return true;
  } catch (error) {
    const [line, column] = /^error at (\d+):(\d+)/.exec(error.message)?.slice(1).map(Number) ?? [
      0, 0,
    ];
    const lines = beginning.split("\n");
    return line > lines.length || (line === lines.length && column > [...lines.at(-1)].length);
  }
}

addEventListener("message", async ({ data: { module, triples, prologue, text, ends } }) => {
  try {
    if (module) {
      await __wbg_init({ module_or_path: module });
      store = new Store();
      store.load(triples, { format: "text/turtle", lenient: true });
    }
    postMessage(module ? { size: store.size } : { answer: answer(prologue + text) });
  } catch (error) {
    const isLost = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const fault = isLost ? "it was too much for the engine" : String(error.message ?? error);
    postMessage({
      fault,
      isLost,
      unexpected: fault.startsWith("error at ") ? firstUnexpected(prologue, text, ends) : null,
    });
  }
});
