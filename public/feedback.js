/*
 * Asks a customer what they think of one decision, on any page:
 *   <div data-countersign-token="…"></div>
 *   <script async src="https://your-countersign.example/feedback.js"></script>
 * Words can be replaced: data-question, data-good, data-bad, data-comment, data-send, data-thanks, data-failed.
 * It draws into a closed shadow root, builds no markup from strings, keeps no cookie and sends none.
 */
(() => {
  const home = new URL(document.currentScript.src).origin;
  const longest = 2000;
  const drawn = new WeakSet();
  const style = `
    :host { display: block; }
    * { box-sizing: border-box; font: inherit; color: inherit; }
    form { display: grid; gap: 12px; max-width: 420px; padding: 16px; border: 1px solid; border-radius: 8px;
      border-color: color-mix(in srgb, currentColor 55%, transparent); }
    fieldset { margin: 0; padding: 0; border: 0; display: flex; gap: 8px; flex-wrap: wrap; }
    legend { padding: 0; margin-bottom: 8px; font-weight: 600; }
    button { min-height: 44px; padding: 8px 16px; border: 1px solid; border-radius: 6px; background: transparent;
      cursor: pointer; border-color: color-mix(in srgb, currentColor 55%, transparent); }
    button[aria-pressed="true"] { border: 2px solid; font-weight: 600; background: color-mix(in srgb, currentColor 12%, transparent); }
    button:focus-visible, textarea:focus-visible { outline: 3px solid; outline-offset: 2px; }
    button[disabled] { cursor: default; text-decoration: line-through; }
    label { display: grid; gap: 4px; }
    textarea { width: 100%; min-height: 80px; padding: 8px; border: 1px solid; border-radius: 6px; background: transparent;
      border-color: color-mix(in srgb, currentColor 55%, transparent); }
    p { margin: 0; }
    p:empty { display: none; }`;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  async function ask(token, said) {
    const response = await fetch(`${home}/api/v1/feedback_links/${encodeURIComponent(token)}/feedback`, {
      method: said ? "POST" : "GET",
      mode: "cors",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      ...(said ? { headers: { "Content-Type": "application/json" }, body: JSON.stringify(said) } : {}),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail);
    return answer;
  }

  function draw(host) {
    const token = host.dataset.countersignToken;
    if (!token || drawn.has(host)) return;
    drawn.add(host);
    const word = (name, otherwise) => host.dataset[name] ?? otherwise;
    const root = host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];

    let vote = null;
    const thumbs = [
      ["up", "👍", word("good", "Good")],
      ["down", "👎", word("bad", "Bad")],
    ].map(([value, sign, label]) => {
      const button = element("button", { type: "button", value });
      button.append(element("span", { ariaHidden: "true", textContent: `${sign} ` }), label);
      button.addEventListener("click", () => choose(vote === value ? null : value));
      return button;
    });
    const text = element("textarea", { maxLength: longest });
    const send = element("button", { type: "submit", textContent: word("send", "Send") });
    const result = element("p", { role: "status" });
    const form = element(
      "form",
      {},
      element(
        "fieldset",
        {},
        element("legend", { textContent: word("question", "Was this right for you?") }),
        ...thumbs,
      ),
      element("label", {}, word("comment", "In your words, if you like"), text),
      send,
      result,
    );

    function choose(value) {
      vote = value;
      for (const button of thumbs) button.ariaPressed = String(button.value === vote);
    }
    function show({ vote: said, text: words }) {
      choose(said);
      text.value = words ?? "";
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const words = text.value.trim();
      if (vote === null && words === "") return;
      send.disabled = true;
      result.textContent = "";
      try {
        show(await ask(token, { ...(vote ? { vote } : {}), ...(words ? { text: words } : {}) }));
        result.textContent = word("thanks", "Thank you. We have what you said.");
      } catch (error) {
        result.textContent = `${word("failed", "It was not sent.")} ${error.message ?? ""}`.trim();
      }
      send.disabled = false;
    });
    choose(null);
    root.append(form);
    // What was said before can be changed; a link that is over takes nothing.
    ask(token).then(show, (error) => {
      send.disabled = true;
      result.textContent = error.message ?? "";
    });
  }

  function drawAll() {
    for (const host of document.querySelectorAll("[data-countersign-token]")) draw(host);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", drawAll);
  else drawAll();
})();
