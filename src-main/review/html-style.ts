/** How an exported page looks, on a screen and on paper. Nothing in it is fetched. */
export const pageStyle = `
:root { color-scheme: light dark; --line: #c9c9c4; --soft: #66665f; --ours: #e4eefb; --bad: #a8200d; }
@media (prefers-color-scheme: dark) { :root { --line: #4a4a46; --soft: #a5a59d; --ours: #1d3350; --bad: #ff8f7d; } }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 54rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
header p, footer { color: var(--soft); }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .75rem; }
section { content-visibility: auto; contain-intrinsic-size: auto 40rem; }
article { margin: .5rem 15% .5rem 0; padding: .4rem .7rem; border: 1px solid var(--line); border-radius: .5rem;
  contain: content; break-inside: avoid; }
article.out { margin: .5rem 0 .5rem 15%; background: var(--ours); }
article p { margin: 0; }
.about { font-size: .8rem; color: var(--soft); }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.bad { color: var(--bad); }
@media print {
  :root { color-scheme: light; --line: #999; --soft: #444; --ours: #fff; --bad: #000; }
  body { font-size: 10pt; max-width: none; margin: 0; }
  h2 { break-after: avoid; }
  section { content-visibility: visible; }
  article { contain: none; }
}
`;
