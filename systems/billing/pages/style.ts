/** The pages' one style sheet: system fonts, both colour schemes, one column below 640 px. */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --ground: #fbfbfa; --panel: #ffffff; --line: #e3e3df; --ink: #1b1c1a; --soft: #5d605a;
  --accent: #0b5d52; --accent-ink: #ffffff; --good: #14653a; --good-ground: #e3f3e9;
  --warn: #7a4a00; --warn-ground: #fbeed8; --mark: #fff6cf;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131412; --panel: #1b1d1a; --line: #30332e; --ink: #ecede8; --soft: #a6aaa0;
    --accent: #6fd3c1; --accent-ink: #06211d; --good: #86d9a5; --good-ground: #173423;
    --warn: #f0c277; --warn-ground: #3a2b10; --mark: #35300f;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: var(--accent); text-underline-offset: 3px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 8px; background: var(--panel); padding: 8px 12px; }
header.top { border-bottom: 1px solid var(--line); background: var(--panel); }
header.top div, main, footer { max-width: 960px; margin: 0 auto; padding: 0 20px; }
header.top div { display: flex; align-items: baseline; gap: 12px; min-height: 56px; padding-top: 14px; }
header.top a { color: inherit; text-decoration: none; font-weight: 650; letter-spacing: -0.01em; }
header.top span { color: var(--soft); font-size: 14px; }
main { padding-top: 32px; padding-bottom: 48px; }
h1 { font-size: 28px; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 4px; }
h2 { font-size: 17px; letter-spacing: -0.01em; margin: 40px 0 12px; }
p { margin: 0 0 12px; }
.soft { color: var(--soft); }
.note { border-left: 3px solid var(--line); padding-left: 12px; color: var(--soft); font-size: 14px; margin: 12px 0 24px; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 15px; }
th, td { text-align: left; padding: 10px 16px; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--soft); font-size: 13px; font-weight: 550; white-space: nowrap; }
tbody th { font-weight: 550; white-space: nowrap; }
.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr:target > * { background: var(--mark); }
.id { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
.tag { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 13px; white-space: nowrap;
  background: var(--good-ground); color: var(--good); }
.tag.warn { background: var(--warn-ground); color: var(--warn); }
.head { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin-bottom: 6px; }
dl.facts { display: grid; grid-template-columns: repeat(4, 1fr); margin: 24px 0 0; }
dl.facts div { padding: 14px 16px; border-right: 1px solid var(--line); }
dl.facts div:last-child { border-right: 0; }
dt { color: var(--soft); font-size: 13px; }
dd { margin: 0; font-size: 19px; font-variant-numeric: tabular-nums; }
form.search { display: flex; gap: 8px; margin: 20px 0; align-items: end; }
form.search > div { flex: 1; max-width: 320px; }
label { display: block; font-size: 14px; font-weight: 550; margin-bottom: 4px; }
input, textarea { width: 100%; font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--soft);
  border-radius: 8px; padding: 8px 12px; }
textarea { min-height: 96px; resize: vertical; }
button { font: inherit; font-weight: 600; background: var(--accent); color: var(--accent-ink); border: 1px solid var(--accent);
  border-radius: 8px; padding: 8px 16px; min-height: 42px; cursor: pointer; }
form.comment { padding: 16px; display: grid; gap: 12px; justify-items: start; }
form.comment > div { width: 100%; }
form.comment .short { max-width: 320px; }
ol.comments { list-style: none; margin: 0 0 16px; padding: 0; display: grid; gap: 12px; }
ol.comments li { padding: 14px 16px; }
ol.comments li:target { background: var(--mark); }
ol.comments p { margin: 4px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
nav.pages { display: flex; justify-content: space-between; margin-top: 16px; }
footer { border-top: 1px solid var(--line); padding-top: 16px; padding-bottom: 32px; color: var(--soft); font-size: 14px; }
.error { background: var(--warn-ground); color: var(--warn); border-radius: 8px; padding: 10px 14px; }
@media (max-width: 640px) {
  main { padding-top: 24px; }
  dl.facts { grid-template-columns: 1fr 1fr; }
  dl.facts div:nth-child(2) { border-right: 0; }
  dl.facts div:nth-child(-n+2) { border-bottom: 1px solid var(--line); }
  th, td { padding: 9px 12px; }
  .wide { display: none; }
  header.top span { display: none; }
}
`;

/** A coin-edge mark in the accent colour. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b5d52"/><path d="M10 8h12v16l-3-2-3 2-3-2-3 2zM13 13h6M13 17h6" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/></svg>`;
