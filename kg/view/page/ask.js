// ---- SPARQL in the page: answered by an engine in a worker, which can be stopped ----------------
const MOST_SECONDS = 30;
const MOST_ROWS = 1000; // that are listed; all are saved
let engine = null; // a promise of the worker, once it has read the triples
let running = null; // what waits for an answer
let replied = null; // { columns, rows, claims } of the last answer

async function startEngine() {
  const [script, module, triples] = [
    await inflate("engine").text(),
    await inflate("wasm").arrayBuffer(),
    await inflate("triples").text(),
  ];
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(address);
  await told(worker, { module, triples });
  URL.revokeObjectURL(address);
  return worker;
}

/** What a worker answers to a message. */
function told(worker, message) {
  return new Promise((done, fail) => {
    worker.onmessage = ({ data }) => (data.fault === undefined ? done(data) : fail(data));
    worker.onerror = (event) => {
      event.preventDefault();
      fail({ fault: event.message ?? "the browser did not start it", isLost: true });
    };
    worker.postMessage(message);
  });
}

function stopEngine() {
  engine?.then(
    (worker) => worker.terminate(),
    () => {},
  );
  engine = null;
}

/** The answer to a query; what takes too long is ended with its engine. */
function answerTo(text) {
  const fault = objection(text);
  if (fault !== null) return Promise.reject({ fault });
  engine ??= startEngine();
  const prologue = Object.entries(prefixes)
    .map(([name, space]) => `PREFIX ${name}: <${space}> `)
    .join("");
  let clock;
  return new Promise((done, fail) => {
    const end = (fault) => {
      stopEngine();
      fail({ fault });
    };
    clock = setTimeout(
      () => end(`it took longer than ${MOST_SECONDS} seconds`),
      MOST_SECONDS * 1000,
    );
    running = { stop: () => end("it was stopped") };
    engine
      .then((worker) =>
        told(worker, { prologue, text, ends: tokensOf(text).map(({ end }) => end) }),
      )
      .then(
        ({ answer }) => done(answer),
        (error) => {
          if (error.isLost !== false) stopEngine();
          fail(error);
        },
      );
  }).finally(() => {
    clearTimeout(clock);
    running = null;
  });
}

// -- questions ------------------------------------------------------------------------------------
const chosen = () => queries.find(({ name }) => name === $("question").value);
const filled = () =>
  Object.fromEntries(
    [...document.querySelectorAll("#parameters input")].map((input) => [
      input.name,
      input.value.trim(),
    ]),
  );

function fillQuestion(values = null) {
  const query = chosen();
  $("about-question").textContent =
    query?.description ??
    "Write a query. Names of this graph have the prefixes e: (things), s: (sources), c: (claims) and kg: (types and relations).";
  $("parameters").replaceChildren(
    ...(query?.parameters ?? []).map((each) =>
      make(
        "label",
        {},
        `${each.name} `,
        make("input", {
          name: each.name,
          list: each.kind in PREFIX_OF ? `choices-${each.kind}` : null,
          value: (values?.[each.name] ?? each.default ?? ANY).replace(/^\*$/, ""),
          placeholder: each.kind,
          title: each.description,
          autocomplete: "off",
          spellcheck: "false",
          on: { input: fillText },
        }),
      ),
    ),
  );
  $("query-text").open = !query;
  fillText();
}

/** Writes the query that was filled in; says why there is none, and whether there is one. */
function fillText() {
  try {
    if (chosen()) $("sparql").value = bound(chosen(), filled());
    tell("");
    return true;
  } catch ({ fault }) {
    tell(`Not asked: ${fault}.`);
    return false;
  }
}

// -- answers --------------------------------------------------------------------------------------
const tell = (words) => {
  $("ask-status").textContent = words;
};

async function run() {
  if (running) {
    running.stop();
    return;
  }
  if (chosen() && !fillText()) return;
  const text = $("sparql").value;
  const button = $("run");
  [button.textContent, replied] = ["Stop", null];
  tell(engine ? "Asking …" : "Starting the engine …");
  fillAnswer();
  try {
    const { head, results, boolean: truth } = await answerTo(text);
    const columns = head.vars ?? ["answer"];
    const rows = results
      ? results.bindings.map((row) => columns.map((column) => cellOf(row[column])))
      : [[truth ? "yes" : "no"]];
    replied = { columns, rows, claims: claimsNamed(rows) };
    const left = rows.length - MOST_ROWS;
    const found = [
      plural(rows.length, "row"),
      left > 0 ? `${left} of them not listed here` : "",
      `${plural(replied.claims.size, "claim")} in this page`,
    ];
    const unknown = unknownIn(text).map((name) => `No ${name} is known, so nothing matches it`);
    tell([found.filter(Boolean).join(", "), ...unknown].join(". "));
  } catch (error) {
    tell(readable(error, text));
  }
  button.textContent = "Ask";
  fillAnswer();
  opened = `q=${questionInAddress()}`;
  remember(true);
}

function fillAnswer() {
  const { columns, rows, claims: ids } = replied ?? { columns: [], rows: [], claims: new Set() };
  const leads = (cell) => {
    const id = namedBy(cell);
    return id === null
      ? cell
      : make("a", { href: `#${claims[id] && cell[0] === "c" ? "c" : "n"}=${id}` }, cell);
  };
  $("reply").tHead.rows[0].replaceChildren(
    ...columns.map((column) => sortable(make("th", { scope: "col" }, column.replaceAll("_", " ")))),
  );
  $("reply").tBodies[0].replaceChildren(
    ...rows
      .slice(0, MOST_ROWS)
      .map((row) =>
        make(
          "tr",
          {},
          ...row.map((cell, at) =>
            make("td", { "data-head": columns[at].replaceAll("_", " ") }, leads(cell)),
          ),
        ),
      ),
  );
  $("light-up").disabled = ids.size === 0;
  $("save-reply").disabled = rows.length === 0;
}

/** The answer in the picture: what it is about lights up, and the panel has the claims. */
function lightUp() {
  $("ask").close();
  const ids = [...replied.claims];
  callUp(ids.flatMap((id) => [claims[id].subject, claims[id].object]));
  spot = spotOn(ids);
  open(
    make(
      "div",
      { class: "head answered" },
      make("p", { class: "kind" }, `${plural(ids.length, "claim")} of the answer`),
      make("h2", {}, chosen()?.title ?? "An answer"),
    ),
    ...cards(ids, null),
  );
  announce(`${plural(ids.length, "claim")} of the answer`);
}

// -- where we are ---------------------------------------------------------------------------------
/** A named query with its values, or the text of one: `backers:actor=venezuela`, `?SELECT …`. */
function questionInAddress() {
  const query = chosen();
  if (!query) return `?${encodeURIComponent($("sparql").value)}`;
  const values = filled();
  const own = query.parameters
    .map((each) => [each.name, values[each.name] || ANY, each.default ?? ANY])
    .filter(([, value, usual]) => value !== usual);
  return [query.name, ...own.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)].join(
    ":",
  );
}

function showAsk(question) {
  showAll();
  openAsk();
  const [name, ...given] = question.split(":");
  const isOwn = question.startsWith("?");
  $("question").value = isOwn ? "" : name;
  fillQuestion(
    Object.fromEntries(
      given.map((each) => each.split("=")).map(([key, value = ""]) => [key, decoded(value)]),
    ),
  );
  if (isOwn) $("sparql").value = decoded(question.slice(1));
  if (isOwn || chosen()) {
    run();
    return;
  }
  $("question").value = queries[0]?.name ?? "";
  fillQuestion();
  tell(`No question of this page is called “${name}”.`);
}

function openAsk() {
  if ($("question").length === 0) fillChoices();
  if (!$("ask").open) $("ask").showModal();
}

/** What can be chosen, once it is asked for. */
function fillChoices() {
  for (const [kind, some] of Object.entries(choices)) {
    $("ask").append(
      make(
        "datalist",
        { id: `choices-${kind}` },
        ...some.map(([id, label]) => make("option", { value: id }, label)),
      ),
    );
  }
  $("question").append(
    ...queries.map(({ name, title }) => make("option", { value: name }, title)),
    make("option", { value: "" }, "SPARQL of your own"),
  );
  fillQuestion();
  fillAnswer();
}

function beginAsking() {
  $("open-ask").addEventListener("click", openAsk);
  $("question").addEventListener("change", () => {
    fillQuestion();
    if (!chosen()) $("sparql").focus();
  });
  $("run").addEventListener("click", run);
  $("parameters").addEventListener("keydown", (event) => {
    if (event.key === "Enter") run();
  });
  $("sparql").addEventListener("input", () => {
    $("question").value = "";
    fillQuestion();
  });
  $("sparql").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  $("light-up").addEventListener("click", lightUp);
  $("save-reply").addEventListener("click", () =>
    saveFile(
      new Blob([csvOf([replied.columns, ...replied.rows]), "\r\n"], { type: "text/csv" }),
      "answer.csv",
    ),
  );
  $("close-ask").addEventListener("click", () => $("ask").close());
  $("ask").addEventListener("click", (event) => {
    if (event.target === $("ask")) $("ask").close();
  });
  $("ask").addEventListener("close", () => {
    running?.stop();
    if (opened.startsWith("q=") && !$("details").querySelector(".answered")) {
      opened = "";
      remember(true);
    }
  });
}
