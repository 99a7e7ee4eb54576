import { createHash } from "node:crypto";

/** The whole stylesheet of the backend's pages: DESIGN's tokens, then what uses them. Inline, so that one answer is the page. */
export const pageStyle = `
:root {
	color-scheme: light dark;
	--ground: light-dark(oklch(0.982 0.003 85), oklch(0.185 0.006 80));
	--card: light-dark(oklch(1 0 0), oklch(0.222 0.006 80));
	--ink: light-dark(oklch(0.245 0.01 80), oklch(0.935 0.005 85));
	--ink-soft: light-dark(oklch(0.495 0.01 80), oklch(0.725 0.008 85));
	--line: light-dark(oklch(0.912 0.005 85), oklch(0.318 0.007 80));
	--control-line: light-dark(oklch(0.655 0.01 85), oklch(0.55 0.01 80));
	--control-line-hover: light-dark(oklch(0.5 0.012 85), oklch(0.68 0.012 80));
	--accent: light-dark(oklch(0.74 0.14 80), oklch(0.8 0.13 85));
	--accent-hover: light-dark(oklch(0.705 0.14 79), oklch(0.84 0.13 86));
	--accent-edge: light-dark(oklch(0.62 0.125 75), oklch(0.8 0.13 85));
	--accent-ink: light-dark(oklch(0.23 0.045 75), oklch(0.21 0.045 80));
	--focus: light-dark(oklch(0.6 0.125 74), oklch(0.8 0.13 85));
	--bad: light-dark(oklch(0.53 0.19 27), oklch(0.74 0.15 25));
	--bad-ground: light-dark(oklch(0.968 0.016 25), oklch(0.285 0.05 25));
	--warn: light-dark(oklch(0.47 0.1 65), oklch(0.83 0.11 80));
	--warn-ground: light-dark(oklch(0.972 0.03 85), oklch(0.275 0.035 78));
	--space: 4px;
	--radius-control: 6px;
	--press: 120ms ease-out;
}
* { box-sizing: border-box; margin: 0; }
body {
	min-block-size: 100dvh;
	padding: clamp(24px, 9dvh, 96px) calc(5 * var(--space)) calc(8 * var(--space));
	background: var(--ground);
	color: var(--ink);
	font: 14px/1.45 system-ui, sans-serif;
	-webkit-font-smoothing: antialiased;
}
/* From the top and not from the middle: from one page to the next nothing jumps. */
main { inline-size: min(100%, 328px); margin-inline: auto; }
.brand { display: flex; align-items: center; justify-content: center; gap: calc(2 * var(--space)); font-size: 15px; font-weight: 600; }
h1 { margin-block: calc(6 * var(--space)) calc(1.5 * var(--space)); font-size: 20px; font-weight: 600; line-height: 1.25; letter-spacing: -0.01em; text-align: center; text-wrap: balance; overflow-wrap: anywhere; }
p { color: var(--ink-soft); overflow-wrap: anywhere; text-wrap: pretty; }
h1 ~ p { text-align: center; text-wrap: balance; }
p + p { margin-block-start: calc(2 * var(--space)); }
strong { color: var(--ink); font-weight: 600; }
a { color: inherit; text-decoration-color: var(--control-line); text-underline-offset: 3px; border-radius: 2px; }
a:hover { color: var(--ink); text-decoration-color: currentColor; }
nav { margin-block-start: calc(5 * var(--space)); color: var(--ink-soft); text-align: center; }
nav a { color: var(--ink); font-weight: 600; }
form { display: grid; gap: calc(3 * var(--space)); margin-block-start: calc(5 * var(--space)); }
form + form, form + .buttons { margin-block-start: calc(2 * var(--space)); }
/* Not one more answer, but a way out. */
form + form:has(> p.hint) { margin-block-start: calc(6 * var(--space)); }
form p.hint { text-align: center; }
.field { display: grid; grid-template-columns: 1fr auto; align-items: baseline; gap: var(--space) calc(2 * var(--space)); }
.field > * { grid-column: 1 / -1; }
.field label { grid-column: 1; font-weight: 600; }
.field a { grid-area: 1 / 2; color: var(--ink-soft); font-size: 13px; }
.field a:hover { color: var(--ink); }
.field p.hint { margin: 0; text-align: start; }
input {
	inline-size: 100%;
	min-block-size: 40px;
	padding-inline: calc(3 * var(--space));
	font: inherit;
	color: inherit;
	background: var(--card);
	border: 1px solid var(--control-line);
	border-radius: var(--radius-control);
}
input:hover { border-color: var(--control-line-hover); }
input[aria-invalid] { border-color: var(--bad); }
input::placeholder { color: var(--ink-soft); opacity: 0.7; }
input.code {
	min-block-size: 48px;
	font: 600 20px/1 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace;
	letter-spacing: 0.12em;
	text-align: center;
}
button, .button {
	display: flex;
	align-items: center;
	justify-content: center;
	gap: calc(2 * var(--space));
	inline-size: 100%;
	min-block-size: 40px;
	padding: var(--space) calc(4 * var(--space));
	overflow-wrap: anywhere;
	font: inherit;
	font-weight: 600;
	text-align: center;
	text-decoration: none;
	color: var(--accent-ink);
	background: var(--accent);
	border: 1px solid var(--accent-edge);
	border-radius: var(--radius-control);
	cursor: pointer;
	transition: background-color var(--press), border-color var(--press);
}
button:hover, .button:hover { background: var(--accent-hover); }
button.quiet, .button.quiet { color: var(--ink); font-weight: 400; background: var(--card); border-color: var(--control-line); }
button.quiet:hover, .button.quiet:hover { background: var(--card); border-color: var(--control-line-hover); }
button svg, .button svg { flex: none; }
.buttons { display: grid; gap: calc(2 * var(--space)); margin-block-start: calc(5 * var(--space)); }
.buttons form { margin: 0; }
.divider {
	display: flex;
	align-items: center;
	gap: calc(3 * var(--space));
	margin-block-start: calc(5 * var(--space));
	font-size: 13px;
}
.divider + form { margin-block-start: calc(3 * var(--space)); }
.divider::before, .divider::after { content: "" / ""; flex: 1; block-size: 1px; background: var(--line); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
input:focus-visible { border-color: transparent; outline-offset: -1px; }
.hint { font-size: 13px; }
.foot { margin-block-start: calc(5 * var(--space)); font-size: 13px; }
.foot + .foot { margin-block-start: calc(2 * var(--space)); }
h1 ~ .notice, h1 ~ .problem {
	margin-block-start: calc(5 * var(--space));
	padding: calc(2.5 * var(--space)) calc(3 * var(--space));
	font-size: 13px;
	color: var(--ink);
	text-align: start;
	text-wrap: pretty;
	background: var(--card);
	border: 1px solid var(--line);
	border-radius: var(--radius-control);
}
h1 ~ .problem { color: var(--bad); background: var(--bad-ground); border-color: var(--bad); }
.problem::before { content: "▲ " / ""; }
h1 ~ .caution { color: var(--warn); background: var(--warn-ground); border-color: var(--warn); }
.caution strong { color: inherit; }
.caution::before { content: "! " / ""; font-weight: 600; }
.notice + form { margin-block-start: calc(4 * var(--space)); }
@media (prefers-reduced-motion: reduce) { button, .button { transition: none; } }
@media (forced-colors: active) {
	button:not(.quiet), .button:not(.quiet) { forced-color-adjust: none; color: HighlightText; background: Highlight; border-color: ButtonText; }
	button:not(.quiet):focus-visible, .button:not(.quiet):focus-visible { outline-color: CanvasText; }
}
`;

/** What the content security policy allows instead of `unsafe-inline`. */
export const pageStyleHash = `'sha256-${createHash("sha256").update(pageStyle).digest("base64")}'`;
