// Asks the program for the state of one leaflet, shows it, and asks again: the answer
// comes when something has changed. What stands in a catalog is only ever set as text.
"use strict";

const CSS_PX_PER_PT = 96 / 72;
const RETRY_MS = 1000;
const STATES = {
  source: ["English source", ""],
  translated: ["Translated", "good"],
  fuzzy: ["Fuzzy: needs another look", "bad"],
  missing: ["Not translated yet", "bad"],
  failing: ["Fails a check", "bad"],
};
const SHORT = { fuzzy: "fuzzy", missing: "missing", failing: "fails" };

const at = (id) => document.getElementById(id);
const view = {
  wanted: decodeURIComponent(location.hash.slice(1)),
  version: -1,
  screen: null,
  pages: [],      // {figure, image, overlay, wanted, isNear}
  current: null,  // the message in the panel, by key
  isHeld: false,  // chosen, so that the pointer no longer changes it
  hovered: null,  // the message under the pointer
  fonts: new Set(),
  question: null, // the open question for news
};

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const keyOf = (message) => JSON.stringify([message.context, message.msgid]);
const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

// --- the state -------------------------------------------------------------------

async function follow() {
  for (;;) {
    view.question = new AbortController();
    try {
      const query = new URLSearchParams({ handout: view.wanted, after: view.version });
      const answer = await fetch(`/state?${query}`, { signal: view.question.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      take(await answer.json());
    } catch (error) {
      if (error.name === "AbortError") continue;
      showBanner("The preview has ended. Start it again to go on.", []);
      view.version = -1;
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
}

function take(state) {
  if (state.version === view.version || !state.screen) return;
  view.version = state.version;
  view.screen = state.screen;
  for (const message of view.screen.messages) {
    message.key = keyOf(message);
    message.findings = [];
  }
  for (const finding of view.screen.diagnostics) {
    if (finding.message !== null) {
      view.screen.messages[finding.message].findings.push(finding);
    }
  }
  loadFonts();
  showHandouts(state.handouts);
  showStatus();
  showPages();
  showGeneral();
  showList();
  showMessage();
  document.body.dataset.version = state.version;
}

const found = (key) => view.screen?.messages.find((message) => message.key === key);
const needsMending = (message) =>
  message.findings.length > 0 || message.state in SHORT;

// The page's own fonts: many a computer has none for Khmer, or for Urdu as it is written.
function loadFonts() {
  const families = view.screen.fonts.map((url) => {
    const family = `leaflet${url.replaceAll("/", "-")}`;
    if (!view.fonts.has(family)) {
      view.fonts.add(family);
      document.fonts.add(new FontFace(family, `url("${url}")`));
    }
    return `"${family}"`;
  });
  document.body.style.setProperty("--faces", [...families, "sans-serif"].join(", "));
}

function showHandouts(handouts) {
  const options = handouts.map(({ name, errors }) => {
    const text = errors ? `${name} (${plural(errors, "error")})` : name;
    return make("option", { value: name }, text);
  });
  at("handout").replaceChildren(...options);
  at("handout").value = view.screen.handout;
}

function showStatus() {
  const { screen } = view;
  const errors = screen.diagnostics.filter((one) => one.severity === "error");
  const said = [plural(screen.pages.length, "page")];
  if (screen.body_pt) said.push(`type of ${screen.body_pt} pt`);
  said.push(screen.is_signed ? "signed" : "not signed by a reviewer");
  if (screen.is_draft) said.push("draft");
  at("summary").textContent = `${screen.locale}, ${screen.format}: ${said.join(", ")}`;
  document.title = `${screen.handout} (${screen.locale}) preview`;
  document.body.classList.toggle("stale", screen.status === "stale");
  if (screen.status === "ready") return showBanner(null, []);
  const why = plural(errors.length, "error");
  if (screen.status === "refused") {
    return showBanner(`This leaflet cannot be printed yet: ${why}.`, errors);
  }
  const kept = screen.pages.length ? " You see the pages as they were before." : "";
  return showBanner(`The leaflet cannot be drawn: ${why}.${kept}`, errors);
}

function showBanner(head, errors) {
  at("banner").hidden = head === null;
  if (head !== null && at("banner-head").textContent !== head) {
    at("banner-head").textContent = head;
  }
  at("banner-list").replaceChildren(...errors.map((one) => make("li", {}, ...told(one))));
}

// A finding in words; if it is about a message, a button that leads there.
function told(finding) {
  const text = make("bdi", {}, finding.text);
  const about = finding.message === null ? null : view.screen.messages[finding.message];
  const go = about && make("button", { type: "button" }, "Show");
  go?.addEventListener("click", () => choose(about.key));
  const place = finding.place && make("code", {}, ` ${finding.place} `);
  const hint = finding.hint && make("bdi", {}, ` ${capital(finding.hint)}. `);
  return [text, ". ", hint, place, go].filter((part) => part);
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// --- the pages -------------------------------------------------------------------

const nearness = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const page = view.pages.find((one) => one.figure === entry.target);
    if (page) page.isNear = entry.isIntersecting;
    if (page?.isNear) refresh(page);
  }
}, { root: at("pages"), rootMargin: "300px" });

function showPages() {
  const { screen } = view;
  while (view.pages.length > screen.pages.length) {
    const page = view.pages.pop();
    nearness.unobserve(page.figure);
    page.figure.remove();
  }
  while (view.pages.length < screen.pages.length) addPage();
  view.pages.forEach((page, index) => {
    const { width_pt, height_pt, picture } = screen.pages[index];
    page.figure.style.setProperty("--width", `${width_pt * CSS_PX_PER_PT}px`);
    page.figure.style.setProperty("--ratio", `${width_pt} / ${height_pt}`);
    page.label = `Page ${index + 1} of ${screen.pages.length}`;
    page.number.textContent = page.label;
    page.wanted = picture;
    page.overlay.replaceChildren();
    if (page.isNear) refresh(page);
  });
  for (const message of screen.messages) {
    for (const [number, x, y, width, height] of message.boxes) {
      const { width_pt, height_pt } = screen.pages[number - 1];
      const box = make("div", { class: needsMending(message) ? "box mend" : "box" });
      box.style.left = `${(100 * x) / width_pt}%`;
      box.style.top = `${(100 * y) / height_pt}%`;
      box.style.width = `${(100 * width) / width_pt}%`;
      box.style.height = `${(100 * height) / height_pt}%`;
      box.dataset.key = message.key;
      view.pages[number - 1].overlay.append(box);
    }
  }
}

function addPage() {
  const page = {
    image: make("img", { alt: "" }),
    overlay: make("div", { "aria-hidden": "true" }),
    number: make("figcaption", { class: "number" }),
    wanted: "",
    isNear: false,
  };
  page.figure = make("figure", { class: "page" }, page.image, page.overlay, page.number);
  view.pages.push(page);
  at("pages").append(page.figure);
  nearness.observe(page.figure);
}

// The old picture stays until the new one is there, so that nothing flickers.
async function refresh(page) {
  const { wanted } = page;
  if (page.image.getAttribute("src") === wanted || page.loading === wanted) return;
  page.loading = wanted;
  const image = make("img", { src: wanted, alt: page.label });
  try {
    await image.decode();
    if (page.wanted === wanted) {
      page.image.replaceWith(image);
      page.image = image;
    }
  } catch {
    // The next state brings another picture.
  }
  if (page.loading === wanted) page.loading = null;
}

// --- the list of messages --------------------------------------------------------

const words = (message) =>
  message.translations.find((text) => text.trim()) || message.msgid;

// Tags and placeholders keep their direction and order inside text from right to left.
const MARKUP = /(<[^<>]*>|%\(\w+\)[sd])/;
const isolated = (text) => text.split(MARKUP).map(
  (part, index) => (index % 2 ? make("bdi", { class: "code", dir: "ltr" }, part) : part),
);

function shown() {
  const asked = at("filter").value.trim().toLocaleLowerCase();
  const matches = (message) =>
    [message.msgid, message.plural, message.reference, ...message.translations]
      .some((text) => text?.toLocaleLowerCase().includes(asked));
  return view.screen.messages.filter((message) => !asked || matches(message));
}

function showList() {
  const { lang, messages } = view.screen;
  const listed = shown();
  const options = listed.map((message) => {
    const isOwn = message.translations.some((text) => text.trim());
    const badge = SHORT[message.state]
      || (message.findings.length ? plural(message.findings.length, "finding") : null)
      || (message.boxes.length ? null : "not drawn");
    const isBad = needsMending(message);
    const text = { class: "words", dir: "auto", lang: isOwn ? lang : "en" };
    const chip = badge && make("span", { class: isBad ? "chip bad" : "chip" }, badge);
    const option = make(
      "li",
      { role: "option", id: `m${messages.indexOf(message)}`, "aria-selected": "false" },
      make("span", text, ...isolated(words(message).replace(/<[^<>]*>/g, ""))),
      chip,
    );
    option.dataset.key = message.key;
    return option;
  });
  at("messages").replaceChildren(...options);
  const bad = messages.filter(needsMending).length;
  const total = listed.length === messages.length
    ? plural(messages.length, "text")
    : `${listed.length} of ${plural(messages.length, "text")}`;
  at("count").textContent = bad ? `${total}, ${bad} to mend` : total;
  at("next-finding").disabled = bad === 0;
}

function showGeneral() {
  const general = view.screen.diagnostics.filter((one) => one.message === null);
  at("general").hidden = general.length === 0;
  at("general").firstElementChild.textContent =
    `About the leaflet as a whole: ${plural(general.length, "finding")}`;
  at("general").lastElementChild.replaceChildren(...general.map(
    (one) => make("li", { class: `finding ${one.severity}` }, ...told(one)),
  ));
}

// --- one message -----------------------------------------------------------------

function mark(name, key) {
  for (const box of document.querySelectorAll(`.box.${name}`)) box.classList.remove(name);
  if (key === null) return;
  for (const box of document.querySelectorAll(".box")) {
    box.classList.toggle(name, box.dataset.key === key);
  }
}

function showMessage() {
  const message = found(view.current);
  at("welcome").hidden = Boolean(message);
  at("message").hidden = !message;
  at("let-go").hidden = !view.isHeld;
  mark("current", message ? message.key : null);
  for (const option of at("messages").children) {
    const isIt = option.dataset.key === view.current;
    option.setAttribute("aria-selected", String(isIt));
    if (isIt) at("messages").setAttribute("aria-activedescendant", option.id);
  }
  if (!message) {
    at("messages").removeAttribute("aria-activedescendant");
    return;
  }
  const [state, look] = STATES[message.state];
  at("chips").replaceChildren(
    make("span", { class: `chip ${look}` }, state),
    ...(message.is_safety ? [make("span", { class: "chip note" }, "Safety text")] : []),
  );
  showTexts(message);
  at("findings").replaceChildren(...message.findings.map(finding));
  at("room").textContent = roomOf(message);
  showComments(message);
  at("reference").textContent = message.reference;
  // Last, because the list has as much room as the message leaves.
  document.querySelector("#messages [aria-selected=true]")
    ?.scrollIntoView({ block: "nearest" });
}

function showTexts(message) {
  const { lang, direction } = view.screen;
  const texts = message.translations.filter((text) => text.trim());
  const forms = message.translations.length > 1;
  const isSource = message.state === "source";
  at("translations").previousElementSibling.hidden = isSource;
  at("translations").replaceChildren(...(isSource ? [] : texts.length ? texts : [null]).map(
    (text, form) => (text === null
      ? make("p", { class: "text none" }, "None yet: the page shows the English.")
      : make("p", { class: "text", lang, dir: direction },
        forms ? make("span", { class: "form", dir: "ltr" }, `form ${form}: `) : null, ...isolated(text))),
  ));
  at("english").replaceChildren(...[message.msgid, message.plural].filter(Boolean).map(
    (text) => make("p", { class: "text", lang: "en", dir: "ltr" }, ...isolated(text)),
  ));
}

function finding(one) {
  return make(
    "div",
    { class: `finding ${one.severity}` },
    make("p", {}, `${capital(one.severity)}: `, make("bdi", {}, one.text), ". ",
      make("span", { class: "code" }, one.code)),
    one.hint ? make("p", { class: "hint" }, `${capital(one.hint)}.`) : null,
  );
}

function roomOf(message) {
  if (!message.boxes.length) {
    return "Not drawn on a page: screen readers tell it, or another text stands instead.";
  }
  if (message.state in SHORT) return "The page shows the English here for now.";
  if (!message.room) return "";
  const { pt, letters } = message.room;
  return `Room in its last line: ${Math.round(pt)} pt, about ${plural(letters, "letter")}`
    + " more before it takes another line.";
}

function showComments(message) {
  const parts = [];
  const add = (head, lines) => {
    if (!lines.length) return;
    parts.push(make("h2", {}, head));
    parts.push(...lines.map((line) => make("p", { class: "text", dir: "auto" }, line)));
  };
  if (message.context) add("Context", [message.context]);
  add("Notes for translators", message.comments);
  add("Translator’s comments", message.remarks);
  if (!message.in_catalog && message.state !== "source") {
    add("Not in the catalog", ["Run “python make_handouts.py update” to put it there."]);
  }
  at("comments").replaceChildren(...parts);
}

// --- choosing --------------------------------------------------------------------

function show(key, { hold = view.isHeld } = {}) {
  view.current = key;
  view.isHeld = hold && key !== null;
  at("told").textContent = "";
  showMessage();
}

// Holds a message and brings it into sight.
function choose(key) {
  if (!shown().some((message) => message.key === key)) {
    at("filter").value = "";
    showList();
  }
  show(key, { hold: true });
  const box = document.querySelector(".box.current");
  box?.scrollIntoView({ block: "center", inline: "nearest" });
}

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    at("told").textContent = `Copied ${what}: ${text}`;
  } catch {
    at("told").textContent = `This browser does not let the page copy. Copy it yourself: ${text}`;
  }
}

function copyPlace() {
  const message = found(view.current);
  if (message) copy(message.reference, "the place");
}

function copyEnglish() {
  const message = found(view.current);
  if (message) copy(message.msgid, "the English");
}

// Goes `step` messages on in the list; `toMend`: to those that something is wrong with.
function move(step, { toMend = false } = {}) {
  const listed = shown();
  let index = listed.findIndex((message) => message.key === view.current);
  if (index < 0) index = step > 0 ? -1 : listed.length;
  do index += step; while (listed[index] && toMend && !needsMending(listed[index]));
  if (listed[index]) choose(listed[index].key);
  else if (toMend) at("told").textContent = "No more texts to mend this way.";
}

function moveTo(index) {
  const message = shown().at(index);
  if (message) choose(message.key);
}

// --- pointer and keys ------------------------------------------------------------

at("pages").addEventListener("pointermove", (event) => {
  const key = event.target.dataset.key ?? null;
  if (key !== view.hovered) mark("hovered", key);
  view.hovered = key;
  if (key !== null && !view.isHeld && key !== view.current) show(key);
});

at("pages").addEventListener("pointerleave", () => {
  mark("hovered", null);
  view.hovered = null;
});

at("pages").addEventListener("click", (event) => {
  const key = event.target.dataset.key ?? null;
  show(key, { hold: true });
  if (key !== null) copyPlace();
});

at("messages").addEventListener("click", (event) => {
  const option = event.target.closest("li");
  if (!option) return;
  choose(option.dataset.key);
  copyPlace();
});

at("handout").addEventListener("change", () => {
  view.wanted = at("handout").value;
  location.hash = encodeURIComponent(view.wanted);
  view.version = -1;
  at("filter").value = "";
  show(null);
  at("pages").scrollTo({ top: 0, behavior: "instant" });
  view.question?.abort();
});

at("filter").addEventListener("input", () => {
  showList();
  showMessage();
});
at("next-finding").addEventListener("click", () => move(1, { toMend: true }));
at("copy-place").addEventListener("click", copyPlace);
at("copy-english").addEventListener("click", copyEnglish);
at("let-go").addEventListener("click", letGo);

function letGo() {
  show(null);
  at("messages").focus();
}

const LIST_KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Home: () => moveTo(0),
  End: () => moveTo(-1),
  Enter: copyPlace,
};
const KEYS = {
  n: () => move(1, { toMend: true }),
  p: () => move(-1, { toMend: true }),
  e: copyEnglish,
  "/": () => at("filter").focus(),
  Escape: letGo,
};

document.addEventListener("keydown", (event) => {
  if (!view.screen || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target === at("filter")) {
    filterKey(event);
    return;
  }
  const isList = event.target === at("messages") || event.target === document.body;
  const isPages = event.target === at("pages");
  const isChooser = event.target === at("handout");
  const act = (isList && LIST_KEYS[event.key])
    || (isPages && event.key === "Enter" && copyPlace)
    || (!isChooser && KEYS[event.key]);
  if (!act) return;
  event.preventDefault();
  act();
});

function filterKey(event) {
  if (event.key === "Escape") {
    at("filter").value = "";
    showList();
    showMessage();
  } else if (event.key === "Enter" || event.key === "ArrowDown") {
    moveTo(0);
  } else {
    return;
  }
  event.preventDefault();
  at("messages").focus();
}

follow();
