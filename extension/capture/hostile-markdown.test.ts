import { describe, expect, test } from "bun:test";
import { parseHTML } from "linkedom";
import { cleanTree } from "./clean.ts";
import { toMarkdown } from "./markdown.ts";

const url = "https://evil.example/page";

const markdownOf = (html: string): string => {
	const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
	return toMarkdown(cleanTree(document.body, url));
};

describe("CAP-6: markup becomes Markdown that carries no code", () => {
	const cases: [html: string, markdown: string][] = [
		["<p>a<script>alert(1)</script>b</p>", "ab"],
		['<p onclick="alert(1)" style="x">a</p>', "a"],
		['<a href="javascript:alert(1)">a</a>', "a"],
		['<a href="/b(1)">a</a>', "[a](https://evil.example/b%281%29)"],
		['<img src="x" onerror="alert(1)" alt="a">', "![a](https://evil.example/x)"],
		['<img src="data:image/svg+xml,<svg onload=alert(1)>" alt="a">', ""],
		["<svg><script>alert(1)</script><text>t</text></svg>b", "b"],
		["<math><mtext><img src=x onerror=alert(1)></mtext></math>b", "b"],
		['<iframe srcdoc="<script>alert(1)</script>"></iframe>b', "b"],
		["<custom-part>a <b>c</b></custom-part>", "a **c**"],
		["<template><img src=x onerror=alert(1)></template>b", "b"],
		["&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"],
		["[a](javascript:alert(1))", "\\[a\\](javascript:alert(1))"],
		[
			"<p># not a heading</p><p>1. not a list</p><p>- nor this</p>",
			"\\# not a heading\n\n1\\. not a list\n\n\\- nor this",
		],
		["<pre>``` still\ncode</pre>", "````\n``` still\ncode\n````"],
		["<table><tr><th>a|b</th></tr><tr><td>c<br>d</td></tr></table>", "| a\\|b |\n| --- |\n| c d |"],
	];
	const further: typeof cases = [
		['<math data-latex="a_1 + \\frac{b}{2}"><mi>a</mi></math>', "$a_1 + \\frac{b}{2}$"],
		['<p>a</p><math data-latex="~~~" display="block"></math>', "a\n\n$$\n\\~~~\n$$"],
		['<math data-latex="[a](javascript:alert(1))"></math>b', "b"],
		['<math data-latex="&lt;img src=x onerror=alert(1)&gt;"></math>b', "b"],
		['<math data-latex="https://evil.example"></math>b', "b"],
		['<math data-latex="a\\"></math>b', "b"],
		["<ruby>漢<rp>(</rp><rt>&lt;b&gt;</rt><rp>)</rp></ruby>字", "漢(&lt;b&gt;)字"],
		[
			'<table><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table>',
			"| a | b |\n| --- | --- |\n| a | c |",
		],
		["<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>", "a\n\n| b |\n| --- |"],
		['<img src="data:image/gif;base64,R0" data-src="/late.jpg" alt="a">', "![a](https://evil.example/late.jpg)"],
	];
	for (const [html, markdown] of [...cases, ...further]) test(html, () => expect(markdownOf(html)).toBe(markdown));

	test("cells over many rows and words within words end", () => {
		const cell = `<td rowspan="60000">${"x".repeat(150)}</td>`;
		const rows = `<tr>${cell.repeat(100)}</tr>${"<tr></tr>".repeat(2_000)}`;
		expect(markdownOf(`<table>${rows}</table>`).length).toBeLessThanOrEqual(100_000);
		expect(markdownOf(`${"<ruby><rt>a</rt>".repeat(5_000)}b${"</ruby>".repeat(5_000)}`)).toContain("b");
	});

	test("nesting beyond the bound is left out", () => {
		expect(markdownOf(`a${"<div>".repeat(3_000)}deep${"</div>".repeat(3_000)}b`)).toBe("a\n\nb");
	});
});

/** Markup that is only text here, and runs where a reader of the Markdown takes it for markup. */
const code = "<img src=x onerror=alert(1)>";
const shown = code.replace("<", "&lt;").replace(">", "&gt;");

describe("CAP-6: what a page shows as code is code in the Markdown, and never markup beside it", () => {
	const fence = "```";
	const cases: [what: string, html: string, markdown: string][] = [
		["a fence of tildes", `<p>~~~</p><pre>~~~\n${shown}</pre>`, `\\~~~\n\n${fence}\n~~~\n${code}\n${fence}`],
		["one in pieces", `<p>~<i></i>~<i></i>~</p><pre>~~~\n${shown}</pre>`, `~ ~ ~\n\n${fence}\n~~~\n${code}\n${fence}`],
		["one behind a space", `<p>&nbsp;~~~</p><pre>~~~\n${shown}</pre>`, `\\~~~\n\n${fence}\n~~~\n${code}\n${fence}`],
		["one behind a control character", `<p>&#x1;~~~</p>`, "\\~~~"],
		[
			"a carriage return in a list",
			`<ul><li><pre>a&#13;${shown}</pre></li></ul>`,
			`- ${fence}\n  a\n  ${code}\n  ${fence}`,
		],
		[
			"a dropped character in a fence",
			`<pre>\`\`&#xFEFF;\`\n${shown}</pre>`,
			`${fence}\`\n${fence}\n${code}\n${fence}\``,
		],
		["a dropped character in a run", `<code>a\`&#x1;\`b${shown}</code>`, `${fence}a\`\`b${code}${fence}`],
		["two codes that touch", `<code>a</code><kbd>\`${shown}</kbd>`, `\`a\` \`\` \`${code} \`\``],
		["two that touch in a heading", `<h2><code>a</code><code>b</code></h2>`, "## `a` `b`"],
		["a tilde before code", `<p>a~<code>${shown}</code></p>`, `a~ \`${code}\``],
		[
			"a backslash before a pipe in a cell",
			`<table><tr><td>a</td><td>b</td></tr><tr><td><code>\\|${shown}</code></td></tr></table>`,
			`| a | b |\n| --- | --- |\n| \`\\ \\|${code}\` |  |`,
		],
		[
			"code in a definition",
			"<dl><dt>a</dt><dd><pre>&lt;script&gt;alert(1)&lt;/script&gt;</pre></dd></dl>",
			`a\n\n${fence}\n<script>alert(1)</script>\n${fence}`,
		],
		["a backtick in an address", `<a href="https://a.example/?\`\\">a</a>`, "[a](https://a.example/?%60%5c)"],
	];
	for (const [what, html, markdown] of cases) test(what, () => expect(markdownOf(html)).toBe(markdown));

	test("a text that is cut ends with a whole line, or before its first code", () => {
		const filler = "x ".repeat(49_990).trim();
		expect(markdownOf(`<p>a</p><p>${filler}<code>${shown}</code> end</p>`)).toBe("a");
		const long = markdownOf(`<p>${filler}<code>${shown.repeat(3)}</code> end</p>`);
		expect(long.length).toBeLessThanOrEqual(100_000);
		expect(long).not.toContain("<");
	});

	// Each takes minutes where the work grows with the square of the page.
	const floods: [what: string, html: string][] = [
		["spaces in code", `<pre>a${" ".repeat(1_000_000)}b</pre>`],
		["backslashes in a cell", `<table><tr><td>${"\\".repeat(500_000)}</td></tr></table>`],
		["backticks", `<pre>${"` ".repeat(500_000)}</pre><p><code>${"` ".repeat(500_000)}</code></p>`],
		["lines in quotes in quotes", `${"<blockquote>".repeat(90)}<pre>a${"\n".repeat(2_000_000)}b</pre>`],
		["lines in a list", `<ul><li><pre>a${"\n".repeat(1_000_000)}b</pre></li></ul>`],
		["rows and columns", `<table><tr>${"<td>a".repeat(20_000)}</tr>${"<tr><td>a</td></tr>".repeat(20_000)}</table>`],
		["pieces of text", `<p>${"a<b></b>".repeat(100_000)}</p>`],
	];
	for (const [what, html] of floods) {
		test(`a flood of ${what} is written in one pass`, () => {
			expect(markdownOf(html).length).toBeLessThanOrEqual(100_000);
		}, 180_000);
	}
});
