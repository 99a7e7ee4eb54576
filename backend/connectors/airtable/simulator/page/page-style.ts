/** The look of DESIGN: warm greys, one accent, hairlines before shadows, nothing that moves when motion is unwanted. */
export const pageStyle = `
@layer reset, tokens, page;
@layer reset { *, ::before, ::after { box-sizing: border-box; margin: 0; padding: 0 } }
@layer tokens {
	:root {
		--ground: oklch(0.985 0.003 80); --raised: oklch(1 0 0); --line: oklch(0.9 0.006 80);
		--text: oklch(0.25 0.01 80); --quiet: oklch(0.48 0.012 80);
		--focus: oklch(0.6 0.125 74); --arrived: oklch(0.95 0.05 85); --radius: 10px;
	}
	@media (prefers-color-scheme: dark) {
		:root {
			--ground: oklch(0.19 0.006 80); --raised: oklch(0.225 0.007 80); --line: oklch(0.32 0.008 80);
			--text: oklch(0.93 0.006 80); --quiet: oklch(0.73 0.01 80);
			--focus: oklch(0.8 0.13 85); --arrived: oklch(0.34 0.06 85);
		}
	}
}
@layer page {
	body { background: var(--ground); color: var(--text); font: 14px/1.45 system-ui, sans-serif; padding-block-end: 48px }
	header, section { inline-size: min(100% - 32px, 1080px); margin-inline: auto }
	header { display: grid; grid-template-columns: auto 1fr; gap: 4px 8px; align-items: center; padding-block: 32px 8px }
	header p { grid-column: 1 / -1; color: var(--quiet) }
	header path { fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round }
	h1 { font-size: 18px; font-weight: 600 }
	h2 { font-size: 14px; font-weight: 600; margin-block: 24px 8px }
	.count { color: var(--quiet); font-weight: 400; font-variant-numeric: tabular-nums; margin-inline-start: 4px }
	.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: var(--radius); background: var(--raised) }
	:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px }
	table { border-collapse: collapse; inline-size: 100%; font-size: 13px }
	th, td { text-align: start; vertical-align: top; padding: 8px 12px; max-inline-size: 320px; min-inline-size: 80px }
	th { color: var(--quiet); font-weight: 400; white-space: nowrap }
	td { border-block-start: 1px solid var(--line); overflow-wrap: anywhere }
	tr:target td { background: var(--arrived) }
	.text { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; white-space: pre-line }
	.text, a { unicode-bidi: plaintext }
	a { color: inherit; text-decoration-color: var(--line); text-underline-offset: 2px }
	.number { font-variant-numeric: tabular-nums; white-space: nowrap }
	.chip { display: inline-block; border: 1px solid var(--line); border-radius: 6px; padding-inline: 6px; margin-block-end: 2px;
		max-inline-size: 100%; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom }
	.picture { display: inline-block; inline-size: 32px; block-size: 32px; margin-inline-end: 4px; border-radius: 6px;
		background: var(--line); overflow: hidden }
	img { display: block; object-fit: cover }
	.empty { color: var(--quiet); padding-block: 8px }
	@media (prefers-reduced-motion: no-preference) {
		tr.arrived td { animation: arrive 1.6s ease-out }
		@keyframes arrive { from { background: var(--arrived) } }
	}
}`;
