import { createHash } from "node:crypto";

/** The sign-in page's whole stylesheet: DESIGN's tokens, then what uses them. Inline, so that one answer is the page. */
export const pageStyle = `
:root {
	color-scheme: light dark;
	--ground: oklch(0.975 0.004 80);
	--card: oklch(1 0 0);
	--ink: oklch(0.24 0.01 70);
	--ink-soft: oklch(0.47 0.012 70);
	--line: oklch(0.88 0.006 75);
	--control-line: oklch(0.6 0.01 75);
	--accent: oklch(0.74 0.14 80);
	--accent-ink: oklch(0.22 0.03 75);
	--bad: oklch(0.5 0.18 27);
	--bad-ground: oklch(0.96 0.02 27);
	--space: 4px;
	--radius-control: 6px;
	--radius-card: 10px;
}
@media (prefers-color-scheme: dark) {
	:root {
		--ground: oklch(0.19 0.006 70);
		--card: oklch(0.235 0.007 70);
		--ink: oklch(0.94 0.006 80);
		--ink-soft: oklch(0.74 0.01 80);
		--line: oklch(0.33 0.008 75);
		--control-line: oklch(0.58 0.01 75);
		--accent: oklch(0.8 0.13 85);
		--bad: oklch(0.78 0.13 25);
		--bad-ground: oklch(0.29 0.05 25);
	}
}
* { box-sizing: border-box; margin: 0; }
body {
	min-block-size: 100dvh;
	display: grid;
	place-items: center;
	padding: calc(4 * var(--space));
	background: var(--ground);
	color: var(--ink);
	font: 14px/1.5 system-ui, sans-serif;
}
main {
	inline-size: min(100%, 360px);
	padding: calc(6 * var(--space));
	background: var(--card);
	border: 1px solid var(--line);
	border-radius: var(--radius-card);
}
.brand { display: flex; align-items: center; gap: calc(2 * var(--space)); font-weight: 600; }
h1 { margin-block: calc(4 * var(--space)) var(--space); font-size: 18px; font-weight: 600; line-height: 1.3; }
p { color: var(--ink-soft); overflow-wrap: anywhere; }
nav { display: flex; gap: calc(4 * var(--space)); margin-block-start: calc(4 * var(--space)); border-block-end: 1px solid var(--line); }
nav a { padding-block: calc(2 * var(--space)); color: var(--ink-soft); text-decoration: none; border-block-end: 2px solid transparent; }
nav a[aria-current] { color: var(--ink); font-weight: 600; border-block-end-color: var(--accent); }
form { display: grid; gap: calc(3 * var(--space)); margin-block-start: calc(4 * var(--space)); }
form + form { margin-block-start: calc(2 * var(--space)); }
.field { display: grid; gap: var(--space); }
label { font-weight: 600; }
input {
	inline-size: 100%;
	min-block-size: 36px;
	padding-inline: calc(2.5 * var(--space));
	font: inherit;
	color: inherit;
	background: transparent;
	border: 1px solid var(--control-line);
	border-radius: var(--radius-control);
}
input[aria-invalid] { border-color: var(--bad); }
button {
	min-block-size: 36px;
	padding: var(--space) calc(4 * var(--space));
	overflow-wrap: anywhere;
	font: inherit;
	font-weight: 600;
	color: var(--accent-ink);
	background: var(--accent);
	border: 1px solid transparent;
	border-radius: var(--radius-control);
	cursor: pointer;
}
button.quiet { color: inherit; font-weight: 400; background: transparent; border-color: var(--control-line); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.hint { font-size: 13px; }
.problem {
	margin-block-start: calc(4 * var(--space));
	padding: calc(2 * var(--space)) calc(3 * var(--space));
	color: var(--bad);
	background: var(--bad-ground);
	border: 1px solid var(--bad);
	border-radius: var(--radius-control);
}
.problem::before { content: "▲ " / ""; }
`;

/** What the content security policy allows instead of `unsafe-inline`. */
export const pageStyleHash = `'sha256-${createHash("sha256").update(pageStyle).digest("base64")}'`;
